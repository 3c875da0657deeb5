"""A small repository, made by `init`: one brand, three locations, a campaign without an end."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

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
def _made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The repository as `init` leaves it, and published at AT."""
    from storesync.cli import main

    folder = tmp_path_factory.mktemp("made")
    made = {name: folder / name for name in ("fresh", "published")}
    assert main.run(["init", str(made["fresh"]), "-q"]) == 0
    shutil.copytree(made["fresh"], made["published"])
    assert main.run(["-C", str(made["published"]), "-q", "publish", "--at", AT]) == 0
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
def be(git_in) -> Callable[[Path, str], None]:
    """Make somebody the person who Git says runs commands."""

    def become(folder: Path, name: str) -> None:
        git_in(folder, "config", "user.name", name.title())
        git_in(folder, "config", "user.email", f"{name}@acme.example.com")

    return become


@pytest.fixture
def ours(small: Path, be, commit, run) -> Path:
    """The same with a team: Mia manages the brand, Uma one of its locations."""
    be(small, "mia")
    files = {path: (small / path).read_text() for path in (BRAND, "storesync.yaml")}
    commit(small, {BRAND: files[BRAND] + TEAM, "storesync.yaml": files["storesync.yaml"] + PEOPLE})
    run("publish", "--at", AT, cwd=small)
    return small


@pytest.fixture
def shop(small: Path, be, commit, run) -> Path:
    """Mia and Ben manage the brand; each may approve what the other proposes."""
    brand, settings = small / "brands/my-brand/brand.yaml", small / "storesync.yaml"
    brand.write_text(f"{brand.read_text()}team: {{brand_managers: [mia, ben]}}\n")
    people = (
        "people: {mia: [mia@acme.example.com], ben: [ben@acme.example.com]}\nadmins: [mia, ben]\n"
    )
    settings.write_text(settings.read_text() + people)
    be(small, "mia")
    assert run("codeowners", cwd=small).code == 0
    commit(small, {})
    return small


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
