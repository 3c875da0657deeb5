from __future__ import annotations

from collections.abc import Iterator

import model_server
import pytest


@pytest.fixture
def model() -> Iterator[model_server.Model]:
    """A server that writes sound copy, until a test scripts something else."""
    with model_server.serve() as made:
        yield made
