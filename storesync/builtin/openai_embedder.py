"""Embeddings of any server that speaks OpenAI's API: OpenAI, or one on this machine.

https://platform.openai.com/docs/api-reference/embeddings/create
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from storesync.diagnostics import did_you_mean, printable
from storesync.errors import UserError
from storesync.plugins.embedder import EmbedderCapabilities, EmbedderSetting, EmbedRequest

KEY = "OPENAI_API_KEY"
_HOME = "https://api.openai.com/v1"
_OPTIONS = frozenset(
    {"base_url", "model", "dimensions", "languages", "question_prefix", "passage_prefix"}
)
# OpenAI takes 2,048 inputs a request, and 300,000 tokens; smaller ones show progress.
_BATCH = 256
_SECONDS = 30.0
_RETRIES = 2


def open_openai(setting: EmbedderSetting) -> OpenAIEmbedder:
    """Return the embedder for `{base_url, model, dimensions, languages, …prefix}`.

    `base_url` is OpenAI's where it is left out; `question_prefix` and `passage_prefix` are what
    some models want before a text ("query: "). Raises UserError where an option is unknown, the
    key is missing, or the server is another machine that is not spoken to in private.
    """
    for name in setting.options:
        if name not in _OPTIONS:
            raise UserError(
                f'the embedder openai has no option "{printable(name)}"',
                hint=did_you_mean(name, _OPTIONS) or f"it has {', '.join(sorted(_OPTIONS))}",
            )
    if "model" not in setting.options:
        raise UserError(
            "the embedder openai needs a model",
            hint="storesync.yaml: search: {options: {model: text-embedding-3-small}}",
        )
    url = setting.options.get("base_url", _HOME)
    near = urlsplit(url).hostname in {"127.0.0.1", "::1", "localhost"}
    if urlsplit(url).scheme != "https" and not near:
        raise UserError(
            f"search.options.base_url {printable(url)} is not encrypted", hint="use https://"
        )
    key = setting.environment.get(KEY, "")
    if not key and url == _HOME:
        raise UserError(f"{KEY} is not set", hint="set it, or name a server that needs no key")
    try:
        import openai  # noqa: F401 - is it there?
    except ImportError as error:
        raise UserError(
            "the embedder openai needs the package openai", hint='pip install "storesync[ai]"'
        ) from error
    return OpenAIEmbedder(setting, url, key)


class OpenAIEmbedder:
    """Asks a server; every failure of it is a UserError without the key."""

    def __init__(self, setting: EmbedderSetting, url: str, key: str) -> None:
        options = setting.options
        self._url, self._key = url, key
        self._model = options["model"]
        self._dimensions = int(options.get("dimensions", 0))
        self._prefixes = (options.get("passage_prefix", ""), options.get("question_prefix", ""))
        self.capabilities = EmbedderCapabilities(
            # Another server, length or prefix is another model.
            model="|".join([self._model, url, str(self._dimensions), *self._prefixes]),
            dimensions=self._dimensions,
            languages=frozenset(options.get("languages", "").split()),
            needs_network=True,
            batch_size=_BATCH,
        )

    def embed(self, request: EmbedRequest) -> list[list[float]]:
        """Return a vector for each text, as many requests as it takes."""
        prefix = self._prefixes[request.question]
        texts = [f"{prefix}{text}" for text in request.texts]
        found: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            found += self._ask(texts[start : start + _BATCH])
        return found

    def _ask(self, texts: list[str]) -> list[list[float]]:
        import openai

        more = {"dimensions": self._dimensions} if self._dimensions else {}
        try:
            answer = self._client.embeddings.create(
                model=self._model, input=texts, encoding_format="float", **more
            )
            rows = sorted(answer.data, key=lambda row: row.index)
            vectors = [_scaled(row.embedding) for row in rows]
        except openai.APIStatusError as error:
            raise self._failed(f"says {error.status_code}") from None
        except openai.OpenAIError as error:
            raise self._failed(f"cannot be asked ({type(error).__name__})") from None
        except (TypeError, ValueError, AttributeError):
            raise self._failed("gave no embeddings") from None
        if len(vectors) != len(texts) or len({len(vector) for vector in vectors}) != 1:
            raise self._failed(f"gave {len(vectors)} embeddings for {len(texts)} texts")
        return vectors

    def _failed(self, what: str) -> UserError:
        host = printable(urlsplit(self._url).netloc.rpartition("@")[2])
        return UserError(
            f"the embeddings server {host} {what}",
            hint="is it running, and are base_url, model and key right?",
        )

    @cached_property
    def _client(self) -> Any:
        import openai

        return openai.OpenAI(
            api_key=self._key or "none",
            base_url=self._url,
            timeout=_SECONDS,
            max_retries=_RETRIES,
        )


def _scaled(vector: Sequence[float]) -> list[float]:
    """Return a vector at length 1. Raises ValueError where it has none."""
    length = math.sqrt(sum(value * value for value in vector))
    if not math.isfinite(length) or not length:
        raise ValueError
    return [value / length for value in vector]
