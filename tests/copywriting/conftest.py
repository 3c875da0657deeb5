from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for the module beside this file

import model_server


@pytest.fixture
def model() -> Iterator[model_server.Model]:
    """A server that writes sound copy, until a test scripts something else."""
    with model_server.serve() as made:
        yield made
