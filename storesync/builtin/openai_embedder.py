"""Embeddings of any server that speaks OpenAI's API: OpenAI, or one on this machine.

https://platform.openai.com/docs/api-reference/embeddings/create
"""

from __future__ import annotations

import importlib.util
import math
import weakref
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from storesync.builtin.openai_url import HOME, KEY, host_of, is_near
from storesync.diagnostics import did_you_mean, printable
from storesync.errors import UserError
from storesync.plugins.embedder import EmbedderCapabilities, EmbedderSetting, EmbedRequest

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
    if not setting.options.get("dimensions", "0").isdecimal():
        raise UserError("search.options.dimensions is no number", hint="write 512, or leave it out")
    url = setting.options.get("base_url", HOME)
    if urlsplit(url).scheme != "https" and not is_near(url):
        raise UserError(
            f"search.options.base_url {printable(url)} is not encrypted", hint="use https://"
        )
    key = _key_for(url, setting.environment)
    if not key and url == HOME:
        raise UserError(f"{KEY} is not set", hint="set it, or name a server that needs no key")
    if importlib.util.find_spec("openai") is None:
        raise UserError(
            "the embedder openai needs the package openai", hint='pip install "storesync[ai]"'
        )
    return OpenAIEmbedder(setting, url, key)


def _key_for(url: str, environment: Mapping[str, str]) -> str:
    """Return the key where it may go: to OpenAI, or to the server that the environment names.

    The address comes out of a file, which a pull request can change; the key does not follow it.
    """
    home = environment.get("OPENAI_BASE_URL") or HOME
    same = url.rstrip("/") in {HOME, home.rstrip("/")}
    return environment.get(KEY, "").strip() if same else ""


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
        return UserError(
            f"the embeddings server {host_of(self._url)} {what}",
            hint="is it running, and are base_url, model and key right?",
        )

    @cached_property
    def _client(self) -> Any:
        import openai

        from storesync.builtin.openai_line import Line

        line = Line(self._url, self._key, _SECONDS)
        weakref.finalize(self, line.close)
        return openai.OpenAI(
            api_key=self._key or "none",
            base_url=self._url,
            timeout=_SECONDS,
            max_retries=_RETRIES,
            http_client=line,
        )


def _scaled(vector: Sequence[float]) -> list[float]:
    """Return a vector at length 1. Raises ValueError where it has none."""
    length = math.sqrt(sum(value * value for value in vector))
    if not math.isfinite(length) or not length:
        raise ValueError
    return [value / length for value in vector]
