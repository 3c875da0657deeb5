"""What checking facts leaves alone: who validates a chain does not wait for a template engine."""

import subprocess
import sys

import pytest


@pytest.mark.slow
def test_facts_are_checked_without_jinja():
    code = "import sys, storesync.copywriting.facts.check; print('jinja2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
