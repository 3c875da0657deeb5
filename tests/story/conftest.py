"""A chain with GitHub as its forge: a bare repository, GitHub before it, people with clones."""

from __future__ import annotations

import copy
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "github")]  # there are no packages in tests

import fake  # noqa: E402 - see above
from hosted import Hosted  # noqa: E402 - see above
from people import Chain, begin  # noqa: E402 - see above


@pytest.fixture(autouse=True)
def _near(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback is asked without the proxy that others are shut off with; people are themselves."""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")
    monkeypatch.setenv("GIT_ALLOW_PROTOCOL", "file:http")
    for name in ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL"):
        monkeypatch.delenv(f"GIT_{name}")


@pytest.fixture(scope="session")
def _hub() -> Iterator[Hosted]:
    with fake.serve(Hosted()) as hub:
        yield hub


@pytest.fixture(scope="session")
def _begun(_hub: Hosted, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The repository as it begins, as `server`, and what GitHub knows."""
    root = tmp_path_factory.mktemp("story")
    begin(root, _hub)
    return root, copy.deepcopy(_hub.__dict__)


def _chain(
    prepared: tuple[Path, dict[str, Any]], hub: Hosted, folder: Path, run: Any, patch: Any
) -> Chain:
    root = Path(shutil.copytree(prepared[0], folder / "office", symlinks=True))
    hub.__dict__.update(copy.deepcopy(prepared[1]) | {"bare": root / "server"})
    return Chain(root, hub, run, patch)


@pytest.fixture
def chain(_begun: Any, _hub: Hosted, run: Any, monkeypatch: Any, tmp_path: Path) -> Chain:
    """The chain before anything was published."""
    return _chain(_begun, _hub, tmp_path, run, monkeypatch)


@pytest.fixture(scope="session")
def _adopted(
    _begun: Any, _hub: Hosted, tmp_path_factory: pytest.TempPathFactory, packed: Any
) -> tuple[Path, dict[str, Any]]:
    """The same, adopted and published once."""
    from storesync.cli import main

    def run(*args: Any) -> Any:
        code = main.run([*map(str, args)])
        return type("Done", (), {"code": code, "stdout": "", "stderr": ""})

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_PROXY", "127.0.0.1")
        made = _chain(_begun, _hub, tmp_path_factory.mktemp("adopted"), run, patch)
        made.do("robin", "-q", "verify", "--adopt")
        made.publish("-q")
        for name in ("ada", "mia", "ben"):
            made.be(name)
        shutil.rmtree(made.root / "ci-1")
    for repository in made.root.iterdir():
        packed(repository)
    return made.root, copy.deepcopy(_hub.__dict__)


@pytest.fixture
def office(_adopted: Any, _hub: Hosted, run: Any, monkeypatch: Any, tmp_path: Path) -> Chain:
    """The chain with its campaign live, and clones of Ada, Mia, Ben and Robin."""
    made = _chain(_adopted, _hub, tmp_path, run, monkeypatch)
    made.minute = 1
    return made
