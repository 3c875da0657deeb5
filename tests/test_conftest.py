from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from order import place_of


def test_no_other_machine_is_reached():
    with socket.socket() as one, pytest.raises(AssertionError, match="network"):
        one.connect(("192.0.2.1", 80))


def test_this_machine_is_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


def test_a_socket_in_a_folder_is_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind("here")
        server.listen()
        client.connect("here")


def test_home_is_empty_and_the_clock_is_odd():
    assert list(Path.home().iterdir()) == []
    assert time.timezone == -(12 * 60 + 45) * 60
    assert "CI" not in os.environ


@pytest.mark.slow
def test_a_repository_is_made_once_and_copied(repo, commit):
    files = {"brands/x/brand.yaml": "name: X\n"}
    first, second = repo(files), repo(files, "other")
    head = commit(first, {"a/b.txt": "new"}, "Add a file")
    log = subprocess.run(
        ["git", "log", "--format=%H %an %ae %s"],
        cwd=first,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert log[0] == f"{head} Ada Author ada@example.com Add a file"
    assert log[1].endswith("Begin")
    assert not (second / "a").exists()
    assert (second / "brands/x/brand.yaml").read_text() == "name: X\n"


def test_python_keeps_what_it_compiles():
    assert not sys.dont_write_bytecode
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ


def test_what_is_slow_comes_last_and_the_longest_of_it_first():
    tests = [("tests/a.py", True), ("tests/story/b.py", False), ("tests/story/c.py", True)]
    tests.append(("tests/d.py", False))
    tests.sort(key=lambda test: place_of(test[0], is_slow=test[1]))
    assert [name[6:] for name, _ in tests] == ["story/b.py", "d.py", "story/c.py", "a.py"]
