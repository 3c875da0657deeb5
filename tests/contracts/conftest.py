from __future__ import annotations

from pathlib import Path

import pytest

SUITES = frozenset({"channel.py", "copywriter.py", "embedder.py", "forge.py"})


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Collect the suites, which are not named like tests, since others run them by their path."""
    named = parent.session.isinitpath(file_path)
    if file_path.parent == Path(__file__).parent and file_path.name in SUITES and not named:
        return pytest.Module.from_parent(parent, path=file_path)
    return None
