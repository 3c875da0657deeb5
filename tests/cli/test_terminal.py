"""What only a real process shows: pipes that close, Ctrl-C, a progress bar on a terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

COMMAND = [sys.executable, "-m", "storesync"]
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("args", [["history", "-v"], ["validate", "--format", "json"], ["--help"]])
def test_a_reader_that_stops_is_no_error(small: Path, args):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, *args], cwd=small, stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_reader_that_stops_does_not_hide_errors(small: Path):
    (small / "brands/my-brand/brand.yaml").write_text("name: [")
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, "validate"], cwd=small, stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("args", [["validate"], ["--help"]])
def test_a_full_disk_behind_stdout_is_no_bug(small: Path, args: list[str]):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, *args], cwd=small, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: cannot write: ")


@pytest.mark.parametrize(
    "args",
    [
        ["new", "brand", "sister"],
        ["new", "template", "greeting", "--from", "shared/welcome"],
        ["export", "locations", "--brand", "my-brand", "--out", "table.csv"],
        ["export", "locations", "--brand", "my-brand", "--out", "table.xlsx"],
        ["render", "--out", "pages"],
    ],
    ids=lambda args: args[0],
)
def test_a_full_disk_is_left_as_it_was(small: Path, args: list[str]):
    before = sorted(small.rglob("[!.]*"))
    done = subprocess.run(
        ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh", *COMMAND, *args],
        cwd=small,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr[:14]) == (2, b"error: cannot ")
    assert sorted(small.rglob("[!.]*")) == before


def test_ctrl_c_while_the_command_line_is_imported_is_quiet():
    program = """
import sys
class Interrupting:
    def find_spec(self, name, *_):
        if name == "click":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupting())
from storesync.__main__ import main
main()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&- <&-"])
def test_closed_streams_are_no_error(small: Path, closed: str):
    line = f'"$@" {closed}'
    done = subprocess.run(
        ["sh", "-c", line, "sh", *COMMAND, "validate"], cwd=small, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_letters_that_the_output_does_not_know_are_escaped(small: Path):
    done = subprocess.run(
        [*COMMAND, "render", "welcome", "--location", "lakeside"],
        cwd=small,
        env={**os.environ, "PYTHONIOENCODING": "ascii:strict"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_ctrl_c_ends_with_130(fresh: Path):
    process = subprocess.Popen(
        [*COMMAND, "publish", "--every", "1h"],
        cwd=fresh,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "live" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, shown = process.communicate(timeout=120)
    assert process.returncode == 130
    assert shown.strip() == "interrupted"
    again = subprocess.run([*COMMAND, "publish"], cwd=fresh, capture_output=True, check=False)
    assert again.returncode == 0
    assert b"nothing to do" in again.stdout


def on_a_terminal(folder: Path, *args: str, term: str = "xterm-256color") -> tuple[str, str]:
    """Run a command with a terminal as stderr; return what came out of stdout and of stderr."""
    ours, theirs = pty.openpty()
    surroundings = {**os.environ, "TERM": term, "COLUMNS": "100"}
    process = subprocess.Popen(
        [*COMMAND, *args], cwd=folder, stdout=subprocess.PIPE, stderr=theirs, env=surroundings
    )
    os.close(theirs)
    shown = bytearray()
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if select.select([ours], [], [], 0.2)[0]:
            try:
                shown += os.read(ours, 65_536)
            except OSError:  # the other end is closed: the command has ended
                break
    os.close(ours)
    stdout, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return stdout.decode(), shown.decode()


def test_long_work_shows_rate_and_time_left(demonstration: Path, copy_of):
    stdout, shown = on_a_terminal(copy_of(demonstration), "validate")
    assert stdout.endswith(": no errors\n")
    assert "rendering" in shown
    assert re.search(r"\d+/\d+", shown)
    assert re.search(r"[\d,]+/s", shown)
    assert re.search(r"\d:\d\d:\d\d", shown)
    assert COLOUR.search(shown)
    assert "\x1b" not in stdout


@pytest.mark.parametrize("option", ["-q", "--no-color"])
def test_a_bar_can_be_quiet_or_plain(fresh: Path, option: str):
    _, shown = on_a_terminal(fresh, "validate", option)
    colours = [code for code in COLOUR.findall(shown) if re.search(r"\[(3|4|9)[0-9]|38;|48;", code)]
    assert colours == []
    assert ("rendering" in shown) == (option != "-q")


def test_a_terminal_that_cannot_move_back_shows_no_bar(fresh: Path):
    assert on_a_terminal(fresh, "validate", term="dumb")[1] == ""


def test_who_publishes_by_hand_hears_of_what_is_not_committed(small: Path):
    path = small / "brands/my-brand/brand.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "notes: Changed\n", encoding="utf-8")
    stdout, shown = on_a_terminal(small, "publish")
    assert stdout.startswith("nothing to do")
    assert "note: 1 changed file is not committed, so not published" in shown
    assert "note" not in on_a_terminal(small, "publish", "-q")[1]


def test_nothing_of_it_reaches_a_pipe(fresh: Path):
    done = subprocess.run([*COMMAND, "validate"], cwd=fresh, capture_output=True, check=True)
    assert done.stderr == b""
    assert b"\x1b" not in done.stdout
