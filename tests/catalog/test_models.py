from __future__ import annotations

import subprocess
import sys

import pytest

from storesync.catalog.layout import Kind
from storesync.catalog.models import MODELLED, model_of


def test_every_kind_but_parts_has_a_model():
    assert set(MODELLED) == set(Kind) - {Kind.PART}
    assert all(model_of(kind).__name__.endswith("File") for kind in MODELLED)


@pytest.mark.slow
def test_what_few_files_need_is_not_imported_for_all():
    code = "import sys, storesync.catalog.load, storesync.validate.assess; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rare = {"copy", "results", "voice", "copywriter", "requirement"}
    names = {"yaml", *(f"storesync.model.{name}" for name in rare)}
    assert names.isdisjoint(done.stdout.split())
