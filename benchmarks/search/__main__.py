"""`python -m benchmarks.search`: how good search is on the judged set, and how fast."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.search import score, speed
from benchmarks.search.ways import NO_FLOOR, Ways


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--campaigns", type=int, default=10_000, metavar="N", help="0: no speed")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="where the large index lies, made if it is not"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="search-") as folder:
        ways = Ways(Path(folder)).make()
        queries = score.read_queries()
        for half in ("tune", "held_out", ""):
            chosen = [query for query in queries if half in {"", query.half}]
            scores = {name: score.score(way, chosen) for name, way in ways.items()}
            singles = {name: scores[name] for name in ("words alone", "meaning alone")}
            behind = [
                score.behind({**singles, name: scores[name]}, name) or "no kind"
                for name in (NO_FLOOR, "both")
            ]
            print(f"\n{half or 'all'}: behind in {behind[0]}, with the floor in {behind[1]}\n")
            print(score.table(scores))
        brands = list(dict.fromkeys(query.brand for query in queries))
        fresh = score.read_queries(score.FRESH)
        others = {
            "fresh": fresh,
            "fresh, fourth lot": [query for query in fresh if query.half == "fourth"],
            "strangers": score.strangers(brands),
        }
        for name, chosen in others.items():
            print(f"\n{name}:\n")
            print(score.table({name: score.score(way, chosen) for name, way in ways.items()}))
    if options.campaigns:
        with tempfile.TemporaryDirectory(prefix="search-") as folder:
            place = options.keep or Path(folder)
            print("\n".join(speed.table(speed.measure(place, options.campaigns))))


if __name__ == "__main__":
    main()
