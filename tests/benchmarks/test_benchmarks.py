from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import chain, hugo, table
from benchmarks.measure import Command, CommandFailedError, Sample, Side, compare, ratio, run
from benchmarks.run import compile_code
from storesync.cli import main

ROOT = Path(__file__).parents[2]


def test_a_seed_always_makes_the_same_chain():
    first, again, other = (list(chain.make_shops(20, seed)) for seed in (1, 1, 2))
    assert first == again != other
    assert first[:5] == list(chain.make_shops(5, 1))


@pytest.mark.slow
def test_the_chain_is_sound_and_committed(tmp_path: Path):
    shops = list(chain.make_shops(12))
    chain.write_repository(tmp_path, shops)
    chain.change_one(tmp_path, shops[3], 1)
    command = [sys.executable, "-m", "storesync", "validate"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.count("12 locations")) == (0, 1), done.stdout + done.stderr
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert status.stdout == ""


def test_byte_code_is_there_before_anything_is_measured(monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compiled = Path(importlib.util.cache_from_source(main.__file__))
    compiled.unlink(missing_ok=True)
    compile_code()
    assert compiled.exists()


def test_words_are_what_a_reader_sees():
    page = (
        "<html><head><style>p {}</style></head><body><p>7:00\u202fAM &amp;\n<b>Late</b></p></body>"
    )
    assert hugo.words(page) == "7:00 am & late"


@pytest.mark.slow
def test_failing_commands_leave_the_other_side_measured(tmp_path: Path):
    fine = Command((sys.executable, "-S", "-c", "x = bytearray(30_000_000)"), tmp_path)
    broken = Command((sys.executable, "-S", "-c", "raise SystemExit('no')"), tmp_path)
    ours, theirs = compare(fine, broken, 2)
    assert len(ours.samples) == 2
    assert ours.median("peak") > 30_000_000
    assert theirs == Side(missing="exit 1: no")
    assert ratio(ours, theirs) is None
    with pytest.raises(CommandFailedError, match="not-there"):
        run(Command(("./not-there",), tmp_path))


def side(*walls: float) -> Side:
    return Side(tuple(Sample(wall, wall, 0.0, 10_000_000) for wall in walls))


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (table.Row("a", side(1.0), "b", side(2.0), 0.5, 0.5), "kept"),
        (table.Row("a", side(1.0), "b", side(2.0), 0.51, 0.5), "**missed**"),
        (table.Row("a", side(1.0), "b", Side(missing="gone"), None, 0.5), "not measured"),
        (table.Row("a", Side(missing="gone")), "not measured"),
        (table.Row("a", side(1.0), memory_limit=9e6), "**missed**"),
        (table.Row("a", side(1.0)), ""),
    ],
)
def test_verdict(row: table.Row, verdict: str):
    assert row.verdict() == verdict


def test_ratio_is_the_median_of_pairs():
    # Twice as slow as its pair each time, whatever the neighbours did.
    assert ratio(side(2.0, 8.0, 4.0), side(1.0, 4.0, 2.0)) == 2.0


def test_table_names_what_is_missing():
    rows = [table.Row("render", side(1.0), "hugo", Side(missing="not installed"), None, 1.0)]
    text = table.write_table(rows, ["2 cores"])
    assert text.splitlines()[0] == "- 2 cores"
    assert "- hugo: not installed" in text
    assert len({line.count("|") for line in text.splitlines() if line.startswith("|")}) == 1
