"""Runs the commands that README.md and docs/ show, and compares what they print.

A block marked ```console is run line by line in a copy of the demonstration; what follows a `$ `
line is what the command prints. `…` stands for anything: a line of its own for any lines. A block
```yaml whose first line is `# PATH` writes that file; a block ```diff whose first line is
`--- PATH` changes it. The blocks of a page follow each other in one copy.
"""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```(console|yaml|diff)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FINGERPRINT = re.compile(r"\b[0-9a-f]{64}\b")
# Tested elsewhere, or done before a page begins: making .venv, and the copy that the tour is in.
DONE_ELSEWHERE = re.compile(r"(\./start|\./test|\. \.venv/bin/activate|git clone .*)(\s|$)")
# A command that ends with another exit code than 0 shows why.
TROUBLE = re.compile(r"error|brake|missed|FAIL")
ELLIPSIS = "…"


@dataclass
class Terminal:
    """Where a page's commands run, one after the other."""

    folder: Path
    code: int = 0
    fingerprint: str = "none was printed yet"
    seen: list[str] = field(default_factory=list)

    def run(self, line: str) -> str:
        """Run one line as a shell would; return what it wrote."""
        if DONE_ELSEWHERE.match(line):
            return ""
        self.seen.append(line)
        words = [self.fingerprint if w == "FINGERPRINT" else w for w in shlex.split(line)]
        known = {"storesync": self._storesync, "git": self._git, "cd": self._cd, "echo": self._echo}
        output = known[words[0]](*words[1:])
        found = FINGERPRINT.findall(output)
        if found:
            self.fingerprint = found[-1]
        return output

    def _storesync(self, *args: str) -> str:
        from storesync.cli import main

        with pytest.MonkeyPatch.context() as patch, CliRunner().isolation() as (_, _, both):
            patch.chdir(self.folder)
            self.code = main.run(list(args))
            return both.getvalue().decode()

    def _git(self, *args: str) -> str:
        done = subprocess.run(
            ["git", *args], cwd=self.folder, capture_output=True, text=True, check=False
        )
        self.code = done.returncode
        return done.stdout + done.stderr

    def _cd(self, folder: str) -> str:
        if folder != "../storesync-tour":
            self.folder = (self.folder / folder).resolve(strict=True)
        return ""

    def _echo(self, what: str) -> str:
        assert what == "$?"
        before, self.code = self.code, 0
        return f"{before}\n"


def sessions(block: str) -> Iterator[tuple[str, str]]:
    """Yield the commands of a block, each with what it should print."""
    for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, expected = piece.partition("\n")
        yield command, expected


def pattern(expected: str) -> re.Pattern[str]:
    """Return what an output has to match: lines as shown, blanks at their ends aside."""
    lines = []
    for line in expected.strip("\n").split("\n"):
        if line.strip() == ELLIPSIS:
            lines.append(r"(?:.*\n)*?")
        else:
            parts = map(re.escape, line.rstrip().split(ELLIPSIS))
            lines.append(".*?".join(parts) + r"[ \t]*\n")
    return re.compile("".join(lines))


def matches(expected: str, actual: str) -> bool:
    text = re.sub(r"\n{2,}", "\n", actual.strip("\n")) + "\n"
    wanted = re.sub(r"\n{2,}", "\n", expected.strip("\n"))
    return pattern(wanted).fullmatch(text if text != "\n" else "") is not None


def write(folder: Path, block: str) -> None:
    """Write a ```yaml block that names its file; others are only shown."""
    first, _, text = block.partition("\n")
    if first.startswith(("# brands/", "# templates/", "# storesync.yaml")):
        path = folder / first.removeprefix("# ")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def change(folder: Path, block: str) -> None:
    """Do what a ```diff block shows; the lines before and after have to stand in the file."""
    first, *lines = block.rstrip("\n").split("\n")
    path = folder / first.removeprefix("--- ")
    before = "".join(f"{line[1:]}\n" for line in lines if line[0] in " -")
    after = "".join(f"{line[1:]}\n" for line in lines if line[0] in " +")
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{path.name} does not hold, once:\n{before}"
    path.write_text(text.replace(before, after), encoding="utf-8")


def play(page: Path, folder: Path) -> Terminal:
    """Run a page from top to bottom."""
    terminal = Terminal(folder)
    for kind, block in BLOCK.findall(page.read_text(encoding="utf-8")):
        if kind == "yaml":
            write(folder, block)
        elif kind == "diff":
            change(folder, block)
        else:
            for command, expected in sessions(block):
                actual = terminal.run(command)
                right = not expected.strip() or matches(expected, actual)
                right &= (
                    terminal.code == 0
                    or re.search(r"error|brake|missed|FAIL", expected) is not None
                )
                if not right:
                    shown = f"$ {command}\n{actual}(exit code {terminal.code})\n\nexpected:\n"
                    pytest.fail(f"{page.name}: {shown}{expected}", pytrace=False)
    return terminal
