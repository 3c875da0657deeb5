"""How fast search is: thousands of past campaigns of one brand, made up from the judged ones."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.search import corpus, score
from storesync.plugins.embedder import Embedder, EmbedderSetting, EmbedRequest
from storesync.plugins.registry import open_embedder
from storesync.search.concepts import lexicon
from storesync.search.index import Place
from storesync.search.search import Question
from storesync.search.session import Session
from storesync.source.emit import dump
from storesync.source.tree import MemoryTree

BRAND = "chain"
LIMIT = 10


class Took(NamedTuple):
    """Seconds: the median and the 95th percentile by the clock, the median of processor time."""

    median: float
    most: float
    processor: float


# Ours and plain ChromaDB's.
Both = tuple[Took, Took]


@dataclass(frozen=True)
class Speed:
    """Seconds; `cold` and `cold_processor` are 0 where the index was there.

    Questions with embedding them, and with their vectors given, each asked for the first time in
    its process.
    """

    campaigns: int
    passages: int
    cold: float
    cold_processor: float
    unchanged: float
    one_change: float
    embedded: Both
    given: Both


def make_files(count: int, seed: int = 1) -> dict[str, bytes]:
    """Return a brand with many campaigns: sentences of judged ones, thrown together by chance."""
    chance = random.Random(seed)
    brands = corpus.read_brands()
    entries = [entry for brand in brands.values() for entry in brand["campaigns"].values()]
    first = next(iter(brands.values()))["brand"]
    files: dict[str, Any] = {"storesync.yaml": corpus.SETTINGS}
    files[f"brands/{BRAND}/brand.yaml"] = {**first, "name": "Chain", "locales": ["en-GB", "de-DE"]}
    for number in range(count):
        entry = _mixed(chance, entries, number)
        campaign = corpus.campaign_file(entry, ["en-GB", "de-DE"])
        campaign.pop("select", None)
        files[f"brands/{BRAND}/campaigns/c{number}/campaign.yaml"] = campaign
    written = {path: dump(data).encode() for path, data in files.items()}
    for path in corpus.TEMPLATES.rglob("template.yaml"):
        written[f"templates/shared/{path.parent.name}/template.yaml"] = path.read_bytes()
    return written


def _mixed(chance: random.Random, entries: list[Any], number: int) -> dict[str, Any]:
    """Return a campaign of some languages, every text of sentences from three others."""
    base = dict(chance.choice([entry for entry in entries if "template" not in entry]))
    base.pop("results", None)
    base.pop("offer", None)
    for language in ("en", "de"):
        if language in base:
            others = chance.sample([entry for entry in entries if language in entry], 3)
            parts = [chance.choice(entry[language][1].split(". ")) for entry in others]
            base[language] = [others[0][language][0], f"{'. '.join(parts)} ({number})"]
    base.pop("fr", None)
    if not {"en", "de"} & set(base):
        base["en"] = [f"Offer {number}", f"Something for the garden, number {number}"]
    return {**base, "name": f"{base['name']} {number}"}


def measure(folder: Path, count: int) -> Speed:
    """Build an index of many campaigns, unless the folder has it, and ask it."""
    files = make_files(count)
    embedder = open_embedder("minilm", EmbedderSetting(), [], folder)
    embedder.embed(EmbedRequest(["get ready"]))
    place = Place(folder / "search", folder / "chroma", None, "benchmark")

    def session(tree: MemoryTree) -> Session:
        return Session(place, tree, lexicon(), embedder, print)

    cold, done = _timed(lambda: session(MemoryTree(files)).refresh(BRAND))
    unchanged = _timed(lambda: session(MemoryTree(files)).refresh(BRAND))[0]
    path = f"brands/{BRAND}/campaigns/c{count // 2}/campaign.yaml"
    files[path] = files[path].replace(b"name: ", b"name: Changed ", 1)
    last = session(MemoryTree(files))
    one_change = _timed(lambda: last.refresh(BRAND))[0]
    texts = list(dict.fromkeys(query.text for query in score.read_queries()))
    kept = _Kept(embedder)
    meaning = last.search(BRAND)._meaning  # noqa: SLF001 - its parts are what is measured
    vectors = meaning._vectors  # noqa: SLF001 - the very collection is what is compared with
    meaning._embedder = kept  # noqa: SLF001 - so that embedding can be left out

    def plain(text: str) -> object:
        [vector] = kept.embed(EmbedRequest([text], question=True))
        return vectors._collection.query(query_embeddings=[vector], n_results=LIMIT)  # noqa: SLF001

    def ours(text: str) -> object:
        return last.ask(BRAND, Question(text, LIMIT))

    for text in texts:
        said = meaning._said(text)  # noqa: SLF001 - as it is embedded
        kept.embed(EmbedRequest([text, said], question=True))
    for way in (ours, plain):
        way("get ready")

    def forget() -> None:
        kept.vectors.clear()
        meaning._asked.clear()  # noqa: SLF001 - so that nothing is left out

    given = _in_turns(texts, ours, plain, lambda: None)
    embedded = _in_turns(texts, ours, plain, forget)
    passages = vectors.count()
    last.close()
    files[path] = files[path].replace(b"name: Changed ", b"name: ", 1)
    session(MemoryTree(files)).refresh(BRAND)  # so that the folder is as it was
    built = done.embedded == passages
    return Speed(
        done.campaigns, passages, *(cold if built else (0.0, 0.0)), unchanged[0], one_change[0],
        embedded, given,
    )  # fmt: skip


class _Kept:
    """An embedder that remembers, so that the same vectors are used on both sides."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.capabilities = embedder.capabilities
        self.vectors: dict[str, list[float]] = {}

    def embed(self, request: EmbedRequest) -> list[list[float]]:
        for text in request.texts:
            if text not in self.vectors:
                [self.vectors[text]] = self._embedder.embed(EmbedRequest([text], question=True))
        return [self.vectors[text] for text in request.texts]


def _timed(work: Callable[[], Any]) -> tuple[tuple[float, float], Any]:
    """Return seconds by the clock and of the processor, and what came out."""
    start, processor = time.perf_counter(), time.process_time()
    found = work()
    return (time.perf_counter() - start, time.process_time() - processor), found


def _in_turns(
    texts: list[str],
    ours: Callable[[str], object],
    plain: Callable[[str], object],
    before: Callable[[], object],
) -> Both:
    """Ask both the same questions, each first in turns: who asks second finds all of it at hand."""
    times: dict[Callable[[str], object], list[tuple[float, float]]] = {ours: [], plain: []}
    for number, text in enumerate(texts):
        for way in (ours, plain) if number % 2 else (plain, ours):
            before()
            times[way].append(_timed(lambda way=way, text=text: way(text))[0])
    return _took(times[ours]), _took(times[plain])


def _took(times: list[tuple[float, float]]) -> Took:
    clock, processor = zip(*times, strict=True)
    return Took(
        statistics.median(clock),
        statistics.quantiles(clock, n=20)[-1],
        statistics.median(processor),
    )


def table(speed: Speed) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield f"| {speed.campaigns:,} campaigns, {speed.passages:,} passages | seconds |"
    yield "|---|---:|"
    if speed.cold:
        yield f"| index, cold | {speed.cold:.1f}, processor {speed.cold_processor:.1f} |"
    yield f"| index, nothing changed | {speed.unchanged:.2f} |"
    yield f"| index, one campaign changed | {speed.one_change:.2f} |"
    yield ""
    yield "| a question, ms | p50 | p95 | CPU | plain p50 | p95 | CPU | ratio of CPU | at most |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    rows = (("with embedding it", *speed.embedded), ("its vector given", *speed.given))
    for name, ours, plain in rows:
        cells = [f"{value * 1000:.1f}" for value in (*ours, *plain)]
        yield f"| {name} | {' | '.join(cells)} | {ours.processor / plain.processor:.2f} | 1.5 |"
