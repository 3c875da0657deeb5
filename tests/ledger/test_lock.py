from __future__ import annotations

import subprocess
import sys

import pytest

from storesync.errors import UserError
from storesync.ledger.lock import locked

REF = "refs/heads/storesync/ledger"


def test_one_at_a_time(tmp_path):
    with (
        locked(tmp_path, ()),
        pytest.raises(UserError, match="another run"),
        locked(tmp_path, (), seconds=0.05),
    ):
        pass
    with locked(tmp_path, (), seconds=0):
        pass


def test_a_leftover_ref_lock_goes_and_others_stay(tmp_path):
    for name in (REF, "refs/heads/main"):
        path = tmp_path / f"{name}.lock"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    with locked(tmp_path, (REF,)):
        assert not (tmp_path / f"{REF}.lock").exists()
        assert (tmp_path / "refs/heads/main.lock").exists()


def test_a_child_that_still_writes_keeps_it(tmp_path):
    with locked(tmp_path, ()) as handle:
        child = subprocess.Popen(
            [sys.executable, "-c", "import sys; sys.stdin.read()"],
            stdin=subprocess.PIPE,
            pass_fds=(handle,),
        )
    with pytest.raises(UserError, match="another run"), locked(tmp_path, (), seconds=0.05):
        pass
    child.communicate()
    with locked(tmp_path, (), seconds=0):
        pass


def test_no_place_for_the_lock(tmp_path):
    (tmp_path / "storesync.lock").mkdir()
    with pytest.raises(UserError, match="cannot write to"), locked(tmp_path, ()):
        pass
    assert list(tmp_path.iterdir()) == [tmp_path / "storesync.lock"]
