"""An import killed at any operation and run again ends as if nothing had happened."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from dying import in_child

from storesync.cli.main import run as storesync
from storesync.importing.write import finish_killed, is_half_way, write_files

FILES = {
    "storesync.yaml": "format: 1\nrepository: r0123456789abcdef\n",
    "brands/acme/brand.yaml": "name: Acme\nlocales: [en-GB]\ncurrency: GBP\n",
}
HEADER = "id,name,country,region,city,timezone\n"
PLACES = ("DE,Berlin,Berlin,Europe/Berlin", "US,TX,Austin,America/Chicago")


def rows(first: int, last: int, word: str = "Shop") -> str:
    return "".join(f"s-{n},{word} {n},{PLACES[n % 2]}\n" for n in range(first, last))


NEW = HEADER + rows(0, 12)
# All of the twelve change, which is over the brake, and two folders are new.
CHANGED = HEADER + rows(0, 12, "Store") + "t-1,Third,FR,,Paris,Europe/Paris\n"


def take(folder: Path, *args: str) -> int:
    words = ["import", "locations", str(folder / "shops.csv"), "--brand", "acme", *args]
    return storesync(["-C", str(folder), *words])


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in (folder / "brands").rglob("*")
        if path.is_file()
    }


def left(folder: Path) -> list[Path]:
    return list((folder / ".storesync").glob("import-*"))


@pytest.fixture
def begin(tmp_path: Path) -> Callable[..., Path]:
    """Make a repository that holds what was imported before, and a table to import now."""

    def make(name: str, table: str, before: str = "") -> Path:
        folder = tmp_path / name
        for path, text in FILES.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)
        if before:
            (folder / "shops.csv").write_text(before)
            assert take(folder) == 0
        (folder / "shops.csv").write_text(table)
        return folder

    return make


CASES: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "new": (NEW, "", ()),
    "changed": (CHANGED, NEW, ("--force",)),
    "complete": (HEADER + rows(0, 10), NEW, ("--complete", "--at", "2026-12-01")),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_a_killed_import_ends_as_if_nothing_had_happened(begin, capsys, case):
    table, before, args = CASES[case]
    whole = begin("whole", table, before)
    operations = in_child(lambda: take(whole, *args), None)
    assert operations > 10
    for at in range(1, operations + 1):
        folder = begin(f"killed-{at}", table, before)
        assert in_child(lambda folder=folder: take(folder, *args), at) == -1
        assert take(folder, *args) == 0, f"killed at operation {at}"
        assert tree(folder) == tree(whole), f"killed at operation {at}"
        assert left(folder) == [], f"killed at operation {at}"
    capsys.readouterr()


@pytest.mark.slow
def test_what_was_decided_goes_on_without_force_and_though_the_next_run_dies_too(begin, capsys):
    """The brake looks at what a run does itself, not at what a killed one had begun."""
    whole = begin("whole", CHANGED, NEW)
    operations = in_child(lambda: take(whole, "--force"), None)
    kills = 0
    for at in range(1, operations + 1, 3):
        folder = begin(f"killed-{at}", CHANGED, NEW)
        untouched = tree(folder)
        in_child(lambda folder=folder: take(folder, "--force"), at)
        if tree(folder) == untouched:
            continue
        while in_child(lambda folder=folder: take(folder), 5) == -1:
            kills += 1
        assert tree(folder) == tree(whole), f"killed at operation {at}"
        assert left(folder) == []
    assert kills > 5
    capsys.readouterr()


def half(begin: Callable[..., Path]) -> tuple[Path, Path]:
    """Return a repository in which an import was killed half-way, and one in which none was."""
    whole = begin("whole", CHANGED, NEW)
    operations = in_child(lambda: take(whole, "--force"), None)
    for at in range(1, operations):
        folder = begin("half", CHANGED, NEW)
        before = tree(folder)
        in_child(lambda folder=folder: take(folder, "--force"), at)
        if sum(before.get(path) != raw for path, raw in tree(folder).items()) == 5:
            return folder, whole
        shutil.rmtree(folder)
    raise AssertionError("no kill left five files changed")


def undo(folder: Path, begin: Callable[..., Path]) -> dict[str, bytes]:
    """Put a brand's files back as they were before."""
    before = begin("before", CHANGED, NEW)
    shutil.rmtree(folder / "brands")
    shutil.copytree(before / "brands", folder / "brands")
    return tree(before)


@pytest.mark.slow
def test_another_table_finishes_what_was_begun_first_and_says_so(begin, capsys):
    folder, whole = half(begin)
    (folder / "shops.csv").write_text("id,name\ns-3,Other\n")
    assert take(folder, "--dry-run") == 0
    assert "without --dry-run it is finished first" in capsys.readouterr().err
    assert len(left(folder)) == 1
    assert take(folder) == 0
    assert "was finished first: 9 files" in capsys.readouterr().err
    expected = tree(whole)
    path = "brands/acme/locations/us/texas/s-3.yaml"
    expected[path] = expected[path].replace(b"Store 3", b"Other")
    assert tree(folder) == expected
    assert left(folder) == []


@pytest.mark.slow
def test_what_was_undone_since_is_not_done_again(begin, capsys):
    folder, _ = half(begin)
    before = undo(folder, begin)
    (folder / "shops.csv").write_text(NEW)
    assert take(folder) == 0
    assert (tree(folder), left(folder)) == (before, [])
    capsys.readouterr()


@pytest.mark.slow
def test_what_others_changed_since_is_not_written_over(begin, capsys):
    folder, _ = half(begin)
    path = folder / "brands/acme/locations/de/berlin/s-0.yaml"
    path.write_text("name: Mine\n")
    found = tree(folder)
    assert take(folder, "--force") == 2
    said = capsys.readouterr().err
    assert "s-0.yaml was changed after an import that wrote it was killed half-way" in said
    [kept] = left(folder)
    assert f"delete .storesync/{kept.name}" in said
    assert tree(folder) == found
    undo(folder, begin)
    assert take(folder, "--force") == 0
    assert left(folder) == []
    capsys.readouterr()


PATH = "brands/acme/locations/de/x.yaml"


@pytest.mark.parametrize(
    ("move", "words"),
    [
        (["templates/x.yaml", "", "0", "0"], "no place"),
        (["brands/acme/locations/../x.yaml", "", "0", "0"], "no place"),
        ([PATH, "", "0", "../../storesync.yaml"], "damaged"),
        ([PATH, "", "0"], "damaged"),
        ([PATH, "", "0", 0], "damaged"),
        ([PATH, "", "0", "0"], "changed"),
        ([PATH, "", "0", "1"], "changed"),
    ],
)
def test_a_journal_that_no_import_wrote_moves_nothing(begin, capsys, move, words):
    folder = begin("forged", NEW)
    staged = folder / ".storesync/import-forged"
    staged.mkdir(parents=True)
    (staged / "0").write_text("name: X\n")
    (staged / "1").symlink_to(folder / "storesync.yaml")
    (staged / "journal").write_text(json.dumps([move]))
    found = tree(folder)
    assert take(folder) == 2
    assert words in capsys.readouterr().err
    assert tree(folder) == found


@pytest.mark.slow
def test_an_import_that_is_killed_while_it_takes_all_back_is_all_or_nothing(begin):
    """The disk fills half-way; whoever comes next goes on backwards."""
    writes = {f"brands/acme/locations/{n}.yaml": b"name: New\n" for n in range(6)}
    before = dict.fromkeys(list(writes)[:3], b"name: Old\n")

    def fill(folder: Path) -> None:
        told = 0

        def advance(count: int) -> None:
            nonlocal told
            told += count
            if told == 11:
                raise OSError(28, os.strerror(28))

        with pytest.raises(Exception, match="No space"):
            write_files(folder, writes, before, advance)

    def fresh(name: str) -> Path:
        folder = begin(name, NEW)
        (folder / "brands/acme/locations").mkdir()
        for path, raw in before.items():
            (folder / path).write_bytes(raw)
        return folder

    whole = fresh("whole")
    operations = in_child(lambda: fill(whole), None)
    none = tree(fresh("none"))
    every = {**none, **writes}
    ends = []
    for at in range(8, operations + 1):
        folder = fresh(f"killed-{at}")
        assert in_child(lambda folder=folder: fill(folder), at) == -1
        finish_killed(folder)
        assert left(folder) == []
        ends.append(tree(folder))
    assert all(end in (none, every) for end in ends)
    assert none in ends
    assert every in ends


@pytest.mark.slow
def test_who_looks_at_half_an_import_is_warned_and_nobody_proposes_it(begin, capsys):
    folder, _ = half(begin)
    assert is_half_way(folder)
    storesync(["-C", str(folder), "validate"])
    assert "warning: an import was killed half-way" in capsys.readouterr().err
    assert storesync(["-C", str(folder), "submit"]) == 2
    assert "an import was killed half-way" in capsys.readouterr().err
    undo(folder, begin)
    assert not is_half_way(folder)
    storesync(["-C", str(folder), "validate"])
    assert "killed" not in capsys.readouterr().err
