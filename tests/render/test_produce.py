"""What is remembered of artifacts between runs."""

from __future__ import annotations

import pytest

from storesync.render.limits import Violation
from storesync.render.produce import ArtifactCache, Produced

PRODUCED = Produced("f" * 64, (Violation("channel-limit", "too long", 4, 3),), segments=2)


def test_fingerprint_faults_and_segments_are_remembered():
    first = ArtifactCache()
    first.put("key", PRODUCED)
    assert ArtifactCache(first.used).get("key") == PRODUCED


@pytest.mark.parametrize("entry", [None, ["f" * 64, []]])
def test_what_does_not_hold_all_is_worked_out_again(entry):
    assert ArtifactCache({"key": entry}).get("key") is None
