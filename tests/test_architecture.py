"""The rules of building that a machine can hold: layers, sizes, start-up, what is committed."""

from __future__ import annotations

import ast
import functools
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "storesync"
MODULES = sorted(PACKAGE.rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())

MAX_MODULE_LINES = 300
MAX_FUNCTION_LINES = 60
MAX_TYPE_IGNORES = 5
# What `storesync --help` must not load: each costs a person more than the help itself does.
NOT_AT_START = {"chromadb", "openai", "github3", "jinja2", "jsonschema", "pydantic"}
# Who writes to a terminal, and the packages that do it.
SPEAKERS = {*(PACKAGE / "cli").glob("*.py"), PACKAGE / "app/context.py", PACKAGE / "app/pipe.py"}
ONLY_SPOKEN_BY = {"click", "rich"}
# What commands share in how they are called; every other module of `cli` is a command.
SHARED_BY_COMMANDS = {"context", "decision", "main", "options", "scope", "searching", "table"}
# An exception names what it excepts and says why.
UNCHECKED, UNLINTED = "# type: ignore", "# noqa"
EXPLAINED = re.compile(
    rf"{UNCHECKED}\[[a-z-]+\]  # \w|{UNLINTED}: [A-Z]+[0-9]+(?:, [A-Z]+[0-9]+)* - \w"
)
# Written so that this file does not hold what it looks for.
NEVER_TRACKED = {
    "a person's folder": r"(?<![\w.}~*<>-])/(?:home|root|Users)/(?:\w|\.\w)",
    "a registry's address": r"pypi[.]org|pythonhosted[.]org|npmjs[.]org|[-]index-url[ =]+http",
}


def module_id(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@functools.cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@functools.cache
def tracked_files() -> list[Path]:
    """Return what Git holds or would add."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    paths = [ROOT / name.decode() for name in listed.split(b"\0") if name]
    return [path for path in paths if path.is_file() and not path.is_symlink()]


def imported(path: Path) -> Iterator[str]:
    """Yield the top-level packages that a module imports, inside functions too."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


@pytest.mark.slow
def test_imports_keep_the_contracts():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_modules_are_short():
    lines = {
        module_id(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES
    }
    assert {name: count for name, count in lines.items() if count > MAX_MODULE_LINES} == {}


def test_functions_are_short():
    long = [
        f"{module_id(path)}: {node.name}: {node.end_lineno - node.lineno + 1} lines"
        for path in MODULES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > MAX_FUNCTION_LINES
    ]
    assert long == []


def test_init_files_are_empty():
    assert [path for path in MODULES if path.name == "__init__.py" and path.stat().st_size] == []


def test_only_the_command_line_speaks():
    """Nothing else prints, and nothing else knows of click or rich."""
    silent = [path for path in MODULES if path not in SPEAKERS]
    assert [module_id(path) for path in silent if set(imported(path)) & ONLY_SPOKEN_BY] == []
    prints = [
        f"{module_id(path)}:{node.lineno}"
        for path in silent
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    ]
    assert prints == []


def test_what_is_in_the_command_line_is_a_command():
    """Whatever else a command needs stands in `app`, where others can use it."""
    known = SHARED_BY_COMMANDS | {"__init__"}
    modules = [path for path in (PACKAGE / "cli").glob("*.py") if path.stem not in known]
    assert [path.name for path in modules if not any(commands_in(path))] == []


def commands_in(path: Path) -> Iterator[ast.FunctionDef]:
    """Yield the functions that click makes commands and groups of."""
    for node in parsed(path).body:
        if isinstance(node, ast.FunctionDef):
            calls = [item.func for item in node.decorator_list if isinstance(item, ast.Call)]
            if any(getattr(call, "attr", "") in {"command", "group"} for call in calls):
                yield node


@pytest.mark.slow
def test_help_loads_nothing_heavy():
    command = [sys.executable, "-X", "importtime", "-m", "storesync", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "click" in loaded
    assert {name.partition(".")[0] for name in loaded} & NOT_AT_START == set()
    assert "Usage:" in done.stdout


def test_exceptions_to_the_checks_are_few_and_have_reasons():
    lines = [
        (f"{module_id(path)}:{number}", line)
        for path in MODULES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNCHECKED in line or UNLINTED in line
    ]
    assert [place for place, line in lines if not EXPLAINED.search(line)] == []
    assert sum(UNCHECKED in line for _, line in lines) <= MAX_TYPE_IGNORES


@pytest.mark.parametrize("what", NEVER_TRACKED)
def test_nothing_of_one_machine_is_tracked(what: str):
    pattern = re.compile(NEVER_TRACKED[what])
    texts = ((path, path.read_text(encoding="utf-8", errors="replace")) for path in tracked_files())
    assert [module_id(path) for path, text in texts if pattern.search(text)] == []


def test_this_folder_is_named_nowhere():
    here = str(ROOT).encode()
    assert [module_id(path) for path in tracked_files() if here in path.read_bytes()] == []
