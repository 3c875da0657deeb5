"""What every test stands on: no network, no real home, an odd time zone, and two fixtures.

The surroundings are replaced when this file is imported, before any test module is: a test that
forgets to ask for protection has it all the same.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import fcntl
import functools
import gc
import ipaddress
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import hypothesis
import pytest
from click.testing import CliRunner
from order import place_of

# An offset of 12:45, or 13:45 in summer: code that reads the local time is wrong by an odd amount.
ODD_ZONE = "Pacific/Chatham"
# Port 9 of this machine is nobody: child processes that ask for a proxy get an answer at once.
NO_PROXY_THERE = "http://127.0.0.1:9"
# What a person's shell, an editor, a Git hook or a CI system may have set.
FOREIGN_PREFIXES = ("GIT_", "GITHUB_", "OPENAI_", "STORESYNC_", "XDG_", "CLICOLOR")
FOREIGN_NAMES = ("CI", "NO_COLOR", "FORCE_COLOR", "PAGER", "EDITOR", "VISUAL", "EMAIL", "COLUMNS")

# A process of the suite lives for minutes on what it once read: looking through it for cycles after
# every 700 new objects, as Python does, takes a fourteenth of the time; and what is there once all
# tests are collected is never looked through.
gc.set_threshold(100_000, 20, 20)
gc.disable()

# Where Linux has files in memory, and how many bytes of it have to be free to work there.
IN_MEMORY = Path("/dev/shm")
ROOM = 2_000_000_000

Files = Mapping[str, str | bytes]

ROOT = Path(__file__).parents[1]
# Each commit, merge and push would start one more process, which looks whether to tidy up; and each
# copy of a repository would copy Git's examples of hooks.
GIT_CONFIGURATION = """\
[init]
defaultBranch = main
templateDir = {template}
[maintenance]
auto = false
[receive]
autoGC = false
"""
# What the demonstration consists of, and when it was published last in tests that say nothing else.
DEMONSTRATION = (
    *("brands", "templates", "schemas", "docs/examples", "storesync.yaml", ".gitignore"),
    ".github/CODEOWNERS",
)
PUBLISHED_AT = "2026-11-22T16:00:00Z"


def _work_in_memory() -> None:
    """Let temporary folders lie in memory where there is room, unless TMPDIR says where.

    The ledger and Git put every step safely on the disk; a disk that others use, too, makes
    thousands of steps wait for it.
    """
    if "TMPDIR" in os.environ or not os.access(IN_MEMORY, os.W_OK | os.X_OK):
        return
    there = os.statvfs(IN_MEMORY)
    if there.f_bavail * there.f_frsize >= ROOM and not there.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = str(IN_MEMORY)
        tempfile.tempdir = None  # asked for again


def _keep_byte_code() -> None:
    """Let Python keep what it compiles, whatever a person's shell says.

    Without it each run, and each process of it, would compile again; pytest, which rewrites the
    asserts of all tests, in each of its workers: a tenth of what the suite takes.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def _replace_surroundings() -> None:
    for name in list(os.environ):
        if name.startswith(FOREIGN_PREFIXES) or name in FOREIGN_NAMES:
            del os.environ[name]
    _keep_byte_code()
    _work_in_memory()
    place = tempfile.mkdtemp(prefix="storesync-home-")
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    home = f"{place}/home"
    Path(home).mkdir()
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), NO_PROXY_THERE)
    os.environ |= proxies | {name.upper(): value for name, value in proxies.items()}
    os.environ |= {
        "HOME": home,
        "XDG_CACHE_HOME": f"{home}/.cache",
        "XDG_CONFIG_HOME": f"{home}/.config",
        "XDG_DATA_HOME": f"{home}/.local/share",
        "XDG_STATE_HOME": f"{home}/.local/state",
        "TZ": ODD_ZONE,
        "TERM": "dumb",
    }
    configuration = Path(place) / "gitconfig"
    template = Path(place) / "template"
    (template / "hooks").mkdir(parents=True)
    configuration.write_text(GIT_CONFIGURATION.format(template=template), encoding="utf-8")
    os.environ |= _git_surroundings(configuration)
    time.tzset()


def _git_surroundings(configuration: Path) -> dict[str, str]:
    """Return an identity and a configuration that owe nothing to this machine's."""
    return {
        "GIT_CONFIG_GLOBAL": str(configuration),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_ALLOW_PROTOCOL": "file",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_AUTHOR_NAME": "Ada Author",
        "GIT_AUTHOR_EMAIL": "ada@example.com",
        "GIT_COMMITTER_NAME": "Cleo Committer",
        "GIT_COMMITTER_EMAIL": "cleo@example.com",
    }


def _is_near(address: object) -> bool:
    """Say whether `address`, as given to `connect`, is this machine: a path or a loopback."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _stay_near(name: str) -> None:
    """Make one method of every socket refuse addresses of other machines."""
    real = getattr(socket.socket, name)

    @functools.wraps(real)
    def guarded(self: socket.socket, address: object) -> Any:
        if not _is_near(address):
            message = f"a test may not reach the network: {address!r}"
            raise AssertionError(message)
        return real(self, address)

    setattr(socket.socket, name, guarded)


# Examples differ from run to run on a person's machine and are the same ones in CI.
hypothesis.settings.register_profile("person", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "person")
_replace_surroundings()
_stay_near("connect")
_stay_near("connect_ex")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let case files be brought up to date: read each one before it is committed."""
    parser.addoption(
        "--update-cases", action="store_true", help="rewrite what case files expect, and skip"
    )


@pytest.fixture(scope="session", autouse=True)
def most_idle() -> int:
    """Keep more render workers than a command needs: tests render from few sets of templates.

    To start one takes as long as thirty processes of Git. Returns how many a command keeps.
    """
    from storesync.render import idle

    own, idle._MOST = idle._MOST, 8
    return own


@pytest.fixture
def update(pytestconfig: pytest.Config) -> bool:
    """Say whether case files are to be rewritten."""
    return bool(pytestconfig.getoption("--update-cases"))


def pytest_collection_finish() -> None:
    """Look through what was made so far for cycles never again: it stays until the end."""
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the fast part first: whoever broke a pure function is told within seconds."""
    items.sort(
        key=lambda item: place_of(item.nodeid, is_slow=item.get_closest_marker("slow") is not None)
    )


@dataclass(frozen=True)
class Outcome:
    """How a command ended and what it wrote."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The one JSON value on stdout."""
        return json.loads(self.stdout)


class Run(Protocol):
    """Runs `storesync` with some arguments, in `cwd` where one is given."""

    def __call__(self, *args: str | Path, cwd: Path | None = None, stdin: str = "") -> Outcome: ...


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in this process; a bug in it fails the test with its report."""
    from storesync.cli import main  # only for tests that ask for it
    from storesync.errors import EXIT_BUG

    def invoke(*args: str | Path, cwd: Path | None = None, stdin: str = "") -> Outcome:
        runner = CliRunner()
        with monkeypatch.context() as patch, runner.isolation(input=stdin) as (stdout, stderr, _):
            if cwd is not None:
                patch.chdir(cwd)
            code = main.run([str(arg) for arg in args])
            sys.stdout.flush()
            outcome = Outcome(code, stdout.getvalue().decode(), stderr.getvalue().decode())
        assert code != EXIT_BUG, outcome.stdout + outcome.stderr
        return outcome

    return invoke


@pytest.fixture(scope="session")
def _templates(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Files], Path]:
    """Return the repository that holds just some files, made once for each set of files."""
    made: dict[frozenset[tuple[str, str | bytes]], Path] = {}

    def template(files: Files) -> Path:
        key = frozenset(files.items())
        if key not in made:
            made[key] = tmp_path_factory.mktemp("template")
            write_files(made[key], files)
            git(made[key], "init", "--quiet")
            git(made[key], "add", "--all")
            git(made[key], "commit", "--quiet", "--allow-empty", "--message", "Begin")
        return made[key]

    return template


@pytest.fixture
def repo(_templates: Callable[[Files], Path], tmp_path: Path) -> Callable[[Files], Path]:
    """Make a real Git repository of one commit from path -> content; return its folder."""

    def build(files: Files, name: str = "repo") -> Path:
        return Path(shutil.copytree(_templates(files), tmp_path / name, symlinks=True))

    return build


def write_files(folder: Path, files: Files) -> None:
    """Write path -> content below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def git(folder: Path, *args: str) -> str:
    """Run Git in a folder and return what it wrote to stdout."""
    command = ["git", "-C", str(folder), *args]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def pack(folder: Path) -> None:
    """Put the objects of a repository that is going to be copied into one file: half of all."""
    git(folder, "repack", "-a", "-d", "--quiet")


@pytest.fixture(scope="session")
def packed() -> Callable[[Path], None]:
    """See `pack`."""
    return pack


@pytest.fixture
def git_in() -> Callable[..., str]:
    """Run Git in a folder and return what it wrote to stdout."""
    return git


@pytest.fixture
def commit() -> Callable[..., str]:
    """Write files into a repository and commit them; return the commit's id."""

    def change(folder: Path, files: Files, message: str = "Change") -> str:
        write_files(folder, files)
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", message)
        return git(folder, "rev-parse", "HEAD").strip()

    return change


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of one commit that holds this repository's own brands. Not to be changed."""
    folder = tmp_path_factory.mktemp("demonstration")
    for name in DEMONSTRATION:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Begin the demonstration")
    return folder


@pytest.fixture(scope="session")
def published(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, published and validated at PUBLISHED_AT. Not to be changed.

    What was worked out once is in its cache, so that each test renders only what it changes. One
    worker of pytest makes it, which takes seconds; the others copy what it made.
    """
    from storesync.cli import main

    def make(folder: Path) -> None:
        shutil.copytree(demonstration, folder)
        for command in ("publish", "validate"):
            assert main.run(["-C", str(folder), "-q", command, "--at", PUBLISHED_AT]) == 0
        pack(folder)

    folder = tmp_path_factory.mktemp("published") / "demonstration"
    shutil.copytree(made_by_one(tmp_path_factory, "made-published", make), folder)
    return folder


def made_by_one(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that one of all workers made, at a place that they all see."""
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / name).exists():
            make(folder / f"{name}.new")
            (folder / f"{name}.new").rename(folder / name)
    return folder / name


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[Path], Path]:
    """Copy a folder to where a test may change it."""
    return lambda folder: Path(shutil.copytree(folder, tmp_path / "copy", symlinks=True))


@pytest.fixture
def upgrade() -> Iterator[Callable[[str], None]]:
    """Go on as another version of all libraries, which writes something else into every text."""
    from storesync.render import pool, versions

    plain = pool._result

    with pytest.MonkeyPatch.context() as patch:

        def become(number: str) -> None:
            def result(job: Any, answer: Any) -> Any:
                if answer[0] == "parts":
                    parts = {name: f"{text}<!-- {number} -->" for name, text in answer[1].items()}
                    answer = ["parts", parts]
                return plain(job, answer)

            patch.setattr(pool, "_result", result)
            patch.setattr(versions, "version", lambda _name: number)
            versions.versions.cache_clear()

        yield become
    versions.versions.cache_clear()


@pytest.fixture
def llmock(llmock: Any, llmock_server: Any) -> Iterator[Any]:
    """The server of PyPI's llmock, which is done with every request when the test ends.

    It answers in a thread of this process also who has given up, and throws Python's dice for each
    answer: hypothesis, which may be drawing for a later test by then, takes that for a fault.
    """
    yield llmock
    _ = llmock.requests  # waits for them, up to two seconds
    assert not llmock_server.state.journal.in_flight


@pytest.fixture
def mortal() -> Callable[[], AbstractContextManager[None]]:
    """Make the rights of files count, also for root: a context, for as little as needs it."""
    return contextlib.nullcontext if os.geteuid() else _without_override


@contextlib.contextmanager
def _without_override() -> Iterator[None]:
    """Put down for a while the two capabilities that let root pass by rights (capset(2))."""
    libc = ctypes.CDLL(None)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # the third version; this thread
    held = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; then those above 31
    if not hasattr(libc, "capget") or libc.capget(header, held):
        pytest.skip("root may do everything here")
    fewer = (ctypes.c_uint32 * 6)(*held)
    fewer[0] &= ~0b110  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH
    assert libc.capset(header, fewer) == 0
    try:
        yield
    finally:
        assert libc.capset(header, held) == 0
