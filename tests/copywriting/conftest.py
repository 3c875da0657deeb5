from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import model_server
import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for the modules beside this file


@pytest.fixture
def model() -> Iterator[model_server.Model]:
    """A server that writes sound copy, until a test scripts something else."""
    with model_server.serve() as made:
        yield made
