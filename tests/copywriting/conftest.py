from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for the module beside this file

import model_server


@pytest.fixture(autouse=True)
def _near(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback is asked without the proxy that the other tests are shut off with."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def model() -> Iterator[model_server.Model]:
    """A server that writes sound copy, until a test scripts something else."""
    with model_server.serve() as made:
        yield made
