"""A small repository, made by `init`: one brand, three locations, a campaign without an end."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from person import turn_into

Once = Callable[[str, Path, Callable[[], None]], Path]

AT = "2026-11-22T16:00:00Z"
BRAND = "brands/my-brand/brand.yaml"
TEAM = """
team:
  brand_managers: [mia]
  location_managers:
    - {who: [uma], locations: [lakeside]}
"""
PEOPLE = """
people:
  mia: [mia@acme.example.com]
  uma: [uma@acme.example.com]
"""

BOTH = """\
people: {mia: [mia@acme.example.com], ben: [ben@acme.example.com]}
admins: [mia, ben]
"""


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory, packed) -> dict[str, Path]:
    """The repository as `init` leaves it, and published at AT."""
    from storesync.cli import main

    folder = tmp_path_factory.mktemp("made")
    made = {name: folder / name for name in ("fresh", "published")}
    assert main.run(["init", str(made["fresh"]), "-q"]) == 0
    shutil.copytree(made["fresh"], made["published"])
    assert main.run(["-C", str(made["published"]), "-q", "publish", "--at", AT]) == 0
    for repository in made.values():
        packed(repository)
    return made


@pytest.fixture
def fresh(_made: dict[str, Path], tmp_path: Path) -> Path:
    """A copy of it, nothing published yet."""
    return Path(shutil.copytree(_made["fresh"], tmp_path / "fresh"))


@pytest.fixture
def small(_made: dict[str, Path], tmp_path: Path) -> Path:
    """A copy of it with its three pages published at AT."""
    return Path(shutil.copytree(_made["published"], tmp_path / "small"))


@pytest.fixture
def shallow(small: Path, commit, git_in) -> Path:
    """A clone of the newest of its commits alone, as CI makes them."""
    commit(small, {"notes.txt": "A second commit"})
    git_in(small.parent, "clone", "--quiet", "--depth=1", small.as_uri(), "shallow")
    return small.parent / "shallow"


@pytest.fixture
def edit() -> Callable[[Path, str, str], None]:
    """Replace a text, which has to be there, in a file."""

    def replace(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def be() -> Callable[[Path, str], None]:
    """Make somebody the person who Git says runs commands."""

    def become(folder: Path, name: str) -> None:
        turn_into(folder, name.title(), f"{name}@acme.example.com")

    return become


@pytest.fixture(scope="session")
def _kept() -> dict[str, Path]:
    """Return what `once` made so far, by name. Not to be changed."""
    return {}


@pytest.fixture
def once(_kept: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Change a repository as `change` does: the first time, and from then on by copying it."""

    def make(name: str, folder: Path, change: Callable[[], None]) -> Path:
        if name in _kept:
            shutil.rmtree(folder)
            shutil.copytree(_kept[name], folder)
        else:
            change()
            kept = tmp_path_factory.mktemp(name) / "kept"
            _kept[name] = Path(shutil.copytree(folder, kept))
        return folder

    return make


@pytest.fixture
def ours(small: Path, be, commit, run, once) -> Path:
    """The same with a team: Mia manages the brand, Uma one of its locations."""

    def change() -> None:
        be(small, "mia")
        settings = (small / "storesync.yaml").read_text() + PEOPLE
        brand = (small / BRAND).read_text() + TEAM
        commit(small, {BRAND: brand, "storesync.yaml": settings})
        run("publish", "--at", AT, cwd=small)

    return once("ours", small, change)


@pytest.fixture
def shop(small: Path, be, commit, run, once) -> Path:
    """Mia and Ben manage the brand; each may approve what the other proposes."""

    def change() -> None:
        brand, settings = small / BRAND, small / "storesync.yaml"
        brand.write_text(f"{brand.read_text()}team: {{brand_managers: [mia, ben]}}\n")
        settings.write_text(settings.read_text() + BOTH)
        be(small, "mia")
        assert run("codeowners", cwd=small).code == 0
        commit(small, {})

    return once("shop", small, change)


@pytest.fixture
def propose(run, be, git_in) -> Callable[..., None]:
    """Propose what is changed as Ben; afterwards Mia is there, on the published branch."""

    def submit(folder: Path, *args: str) -> None:
        be(folder, "ben")
        outcome = run("submit", *args, cwd=folder)
        assert outcome.code == 0, outcome
        git_in(folder, "switch", "--quiet", "main")
        be(folder, "mia")

    return submit
