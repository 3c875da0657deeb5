"""A GitHub whose branches are those of a real, bare repository, which it also serves over HTTP.

What is pushed there it sees as GitHub does: heads of pull requests move, the activity tells who it
was, `refs/pull/N/head` stays. What it merges, Git merges, in each of GitHub's three ways.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import described
import fake

SERVER = {
    "GIT_COMMITTER_NAME": "GitHub",
    "GIT_COMMITTER_EMAIL": "noreply@github.com",
    "GIT_AUTHOR_NAME": "GitHub",
    "GIT_AUTHOR_EMAIL": "noreply@github.com",
}
OWN = "refs/heads/storesync/"  # the ledger: nobody proposes that


def git(folder: Path, *args: str, **names: str) -> str:
    """Run Git and return what it wrote."""
    done = subprocess.run(
        ["git", "-C", folder, *args],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **names},
    )
    assert done.returncode == 0, f"git {args}: {done.stdout}{done.stderr}"
    return done.stdout.strip()


def branches(bare: Path) -> Iterator[tuple[str, str]]:
    """Yield the branches of a repository, each with its commit; of one twice, the later counts.

    Read from its files: GitHub looks at each request, and git takes longer than all the rest of it.
    """
    packed = bare / "packed-refs"
    rows = packed.read_text().splitlines() if packed.exists() else []
    for sha, _, name in (row.partition(" ") for row in rows):
        if name.startswith("refs/heads/"):
            yield name.removeprefix("refs/heads/"), sha
    top = bare / "refs/heads"
    for path in top.rglob("*"):
        if path.is_file() and path.suffix != ".lock":
            yield path.relative_to(top).as_posix(), path.read_text().strip()


@dataclass
class Hosted(fake.GitHub):
    """`bare` is the repository; `pusher` who pushes to it by path, `addresses` are of whom."""

    bare: Path = Path()
    pusher: str = "mallory"
    addresses: dict[str, str] = field(default_factory=dict)
    signed: set[str] = field(default_factory=set)  # commits that their committer signed
    forks: dict[str, str] = field(default_factory=dict)  # branch of a fork -> owner/name
    forked: dict[str, Path] = field(default_factory=dict)  # owner/name -> where that fork lies

    def git(self, *args: str, **names: str) -> str:
        return git(self.bare, *args, **(SERVER | names))

    def look(self) -> None:
        self.see(self.pusher)
        for home, folder in self.forked.items():
            for branch, sha in branches(folder):
                if branch != "main" and self.elsewhere.get((home, branch)) != sha:
                    self._moved_in(home, branch, sha)

    def _moved_in(self, home: str, branch: str, sha: str) -> None:
        """Take in what was pushed to a fork: nothing tells who that was."""
        self.elsewhere[home, branch], self.forks[branch] = sha, home
        self.git("fetch", "--quiet", str(self.forked[home]), branch)
        for number, pull in self.pulls.items():
            if fake.is_of(pull["head"], branch, home) and pull["state"] == "open":
                pull["head"]["sha"] = sha
                self.keep(number)

    def see(self, login: str, kind: str = "push") -> None:
        """Take in what was pushed since, by somebody."""
        own = OWN.removeprefix("refs/heads/")
        there = {name: sha for name, sha in branches(self.bare) if not name.startswith(own)}
        for branch in {*self.heads, *there} - {*self.forks}:
            before, after = self.heads.get(branch), there.get(branch)
            if before != after:
                self._moved(branch, before, after, login, kind)

    def _moved(
        self, branch: str, before: str | None, after: str | None, login: str, kind: str
    ) -> None:
        at, nothing = self.tick(), "0" * 40
        kind = "branch_deletion" if after is None else kind if before else "branch_creation"
        self.note(branch, kind, before or nothing, after or nothing, login, at)
        if after is None:
            del self.heads[branch]
            return
        self.heads[branch] = after
        for number, pull in self.pulls.items():
            is_ours = (pull["head"]["repo"] or {}).get("full_name") == fake.REPOSITORY
            if is_ours and pull["head"]["ref"] == branch and pull["state"] == "open":
                pull["head"]["sha"] = after
                pull["updated_at"] = fake.moment(at)
                self.keep(number)

    def keep(self, number: int) -> None:
        """Name the head of a pull request, and tell its commits."""
        head = self.pulls[number]["head"]
        self.git("update-ref", f"refs/pull/{number}/head", head["sha"])
        span = f"main..{head['sha']}"
        rows = self.git("log", "--reverse", "--format=%H %ae %ce", span).splitlines()
        self.commits[head["ref"]] = [self._commit(*row.split()) for row in rows]

    def _commit(self, sha: str, author: str, committer: str) -> Any:
        people = {"author": author, "committer": committer}
        named = {name: fake.user(self.addresses.get(mail)) for name, mail in people.items()}
        one = described.like("commit", sha=sha) | named
        one["commit"] |= {name: {"email": mail} for name, mail in people.items()}
        one["commit"]["verification"] = described.like("verification", verified=sha in self.signed)
        return one

    def open(
        self, branch: str, login: str, *, home: str | None = fake.REPOSITORY, **own: Any
    ) -> int:
        number = super().open(branch, login, home=home, **own)
        self.keep(number)
        return number

    def open_from_fork(self, branch: str, sha: str, login: str) -> int:
        """Open a pull request of a commit that only a fork's branch names."""
        self.forks[branch] = f"{login}/campaigns"
        self.heads[branch] = sha
        number = self.open(branch, login, home=f"{login}/campaigns")
        del self.heads[branch]
        return number

    def changed(self, number: int) -> list[str]:
        span = f"main...{self.pulls[number]['head']['sha']}"
        return self.git("diff", "--name-only", span).splitlines()

    def bring(self, branch: str) -> None:
        """Refuse nothing here: Git does where it conflicts."""

    def merge(self, number: int, login: str, how: str = "merge", **slipped: str) -> str:
        """Merge by the button; `slipped` are files that come along, which GitHub never does."""
        refused = self.settings.get(f"refuses {number}")
        if refused:
            raise fake.No(405, refused)
        base, head = self.git("rev-parse", "main"), self.pulls[number]["head"]["sha"]
        tip = {"merge": self._joined, "squash": self._squashed, "rebase": self._rebased}[how](
            base, head, number
        )
        if slipped:
            tip = self._slip(tip, slipped)
        self.git("update-ref", "refs/heads/main", tip, base)
        self.see(login, "pr_merge")
        made = self.git("rev-list", "--first-parent", f"{base}..{tip}").split()
        self.brought[number] = {*made}
        super().merge(number, login)
        self.pulls[number]["merge_commit_sha"] = tip
        return tip

    def _tree(self, base: str, head: str) -> str:
        try:
            return self.git("merge-tree", "--write-tree", base, head).split()[0]
        except AssertionError:
            raise fake.No(405, "Pull Request is not mergeable") from None

    def _joined(self, base: str, head: str, number: int) -> str:
        words = ("-p", base, "-p", head, "-m", f"Merge pull request #{number}")
        return self.git("commit-tree", self._tree(base, head), *words)

    def _squashed(self, base: str, head: str, number: int) -> str:
        tree = self._tree(base, head)
        return self.git("commit-tree", tree, "-p", base, "-m", f"All at once (#{number})")

    def _rebased(self, base: str, head: str, _number: int) -> str:
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder) / "work"
            self.git("worktree", "add", "--quiet", "--detach", str(work), head)
            git(work, "rebase", "--quiet", "--force-rebase", base, **SERVER)
            tip = git(work, "rev-parse", "HEAD")
            self.git("worktree", "remove", "--force", str(work))
        return tip

    def _slip(self, tip: str, files: dict[str, str]) -> str:
        """Return a commit as another one, with more in it."""
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder) / "work"
            self.git("worktree", "add", "--quiet", "--detach", str(work), tip)
            for path, text in files.items():
                (work / path).parent.mkdir(parents=True, exist_ok=True)
                (work / path).write_text(text, encoding="utf-8")
            git(work, "add", "--all")
            git(work, "commit", "--quiet", "--amend", "--no-edit", **SERVER)
            tip = git(work, "rev-parse", "HEAD")
            self.git("worktree", "remove", "--force", str(work))
        return tip


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(hub: Hosted) -> Iterator[str]:
    """Serve the bare repository below the address returned: ADDRESS/LOGIN/campaigns.git."""

    def answer(asked: dict[str, Any], start: Any) -> list[bytes]:
        _, login, _, rest = asked["PATH_INFO"].split("/", 3)
        names = ("REQUEST_METHOD", "QUERY_STRING", "CONTENT_TYPE", "CONTENT_LENGTH")
        names += ("HTTP_CONTENT_ENCODING", "HTTP_GIT_PROTOCOL")
        given = {name: str(asked[name]) for name in names if name in asked}
        given |= {"GIT_PROJECT_ROOT": str(hub.bare), "PATH_INFO": f"/{rest}"}
        given |= {"GIT_HTTP_EXPORT_ALL": "1", "REMOTE_USER": login, "PATH": os.environ["PATH"]}
        given |= {"GIT_PROTOCOL": asked.get("HTTP_GIT_PROTOCOL", "")}
        data = asked["wsgi.input"].read(int(asked.get("CONTENT_LENGTH") or 0))
        done = subprocess.run(
            ["git", "http-backend"], input=data, env=given, capture_output=True, check=True
        )
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        lines = [line.split(": ", 1) for line in head.decode().split("\r\n")]
        status = next((value for name, value in lines if name == "Status"), "200 OK")
        start(status, [(name, value) for name, value in lines if name != "Status"])
        if rest == "git-receive-pack":
            hub.see(login)
        return [body]

    server = make_server("127.0.0.1", 0, answer, _Threads, _Silent)
    beat = {"poll_interval": 0.02}
    threading.Thread(target=server.serve_forever, kwargs=beat, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
