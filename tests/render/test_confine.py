"""How long a job may take: processor time counts, and a busy machine fails nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from storesync.render import confine, link, worker

WAITS = """
import sys, time
from storesync.render.confine import Stopwatch
with Stopwatch()(float(sys.argv[1])):
    time.sleep(float(sys.argv[2]))
"""


@pytest.mark.slow
def test_a_job_that_rarely_gets_a_processor_is_not_stopped():
    subprocess.run([sys.executable, "-c", WAITS, "0.06", "1"], check=True)


def test_a_worker_is_silent_no_longer_than_its_longest_job():
    longest = sum(
        seconds * confine._WALL_FACTOR + 0.5 for seconds in (worker._READY, worker._RENDER)
    )
    assert longest < link._SILENCE_SECONDS
