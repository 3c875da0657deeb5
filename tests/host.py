"""A code host for tests: it says of proposals, reviews and people what a test has told it.

It stands where GitHub would, with a real Git repository beside it: what it merges, Git merges.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar

from commits import commit_on

from storesync.errors import UserError
from storesync.plugins.forge import (
    Comment,
    ForgeCapabilities,
    MergeRequest,
    People,
    PeopleQuery,
    Proposal,
    ProposalQuery,
    ProposalState,
    Review,
    Submission,
    Verdict,
)


@dataclass
class Host:
    """Proposals by number, reviews of each, who may write; `calls` counts what it was asked."""

    root: Path
    me: str = "robin"
    writers: set[str] = field(default_factory=lambda: {"mia", "ben", "robin", "zoe"})
    teams: dict[str, frozenset[str]] = field(default_factory=dict)
    known: dict[str, Proposal] = field(default_factory=dict)
    given: dict[str, list[Review]] = field(default_factory=dict)
    calls: int = 0
    down: int = -1  # the call that fails, counted from 0; -1: none does
    clock: float = 1_000.0
    capabilities: ClassVar = ForgeCapabilities(proves_identity=True)

    def _called(self) -> None:
        self.calls += 1
        if self.calls - 1 == self.down:
            raise UserError("the host does not answer")

    def login(self) -> str:
        self._called()
        return self.me

    def proposals(self, query: ProposalQuery) -> list[Proposal]:
        self._called()
        found = reversed(self.known.values())
        if query.commit:
            return [item for item in found if query.commit in self._commits(item)]
        if query.id or query.branch:
            return [item for item in found if query.id == item.id or query.branch == item.branch]
        every = list(found)
        now = [item for item in every if item.state in {ProposalState.OPEN, ProposalState.DRAFT}]
        return now + [item for item in every if item not in now][: query.over]

    def _commits(self, item: Proposal) -> set[str]:
        if item.merged is None:
            return set()
        return {item.merged, *self.rebased.get(item.id, ())}

    rebased: dict[str, list[str]] = field(default_factory=dict)

    def reviews(self, proposal: Proposal) -> list[Review]:
        self._called()
        return list(self.given.get(proposal.id, []))

    def people(self, query: PeopleQuery) -> People:
        self._called()
        writers = frozenset(name.lower() for name in query.logins if name.lower() in self.writers)
        return People(writers, {name: self.teams[name] for name in query.teams & set(self.teams)})

    def submit(self, submission: Submission) -> Proposal:
        raise NotImplementedError

    def review(self, verdict: Verdict) -> None:
        raise NotImplementedError

    def merge(self, request: MergeRequest) -> str:
        raise NotImplementedError

    def comment(self, comment: Comment) -> str:
        raise NotImplementedError

    # What a test does on it.

    def git(self, *args: str, author: str = "zoe") -> str:
        names = {"GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": f"{author}@example.com"}
        done = subprocess.run(
            ["git", *args],
            cwd=self.root,
            env={**os.environ, **names},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def write(self, files: Mapping[str, str | None], message: str, author: str = "zoe") -> str:
        """Commit files (None deletes) on the branch checked out."""
        for path, text in files.items():
            target = self.root / path
            if text is None:
                target.unlink()
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "-q", "--allow-empty", "-m", message, author=author)
        return self.git("rev-parse", "HEAD")

    def _commit_on(
        self, branch: str, files: Mapping[str, str | None], words: str, author: str, start: str = ""
    ) -> str:
        names = {"GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": f"{author}@example.com"}
        return commit_on(self.root, branch, files, words, start, **names)

    def propose(
        self, *commits: Mapping[str, str | None], author: str = "zoe", start: str = "main"
    ) -> Proposal:
        """Open a proposal with one commit for each mapping of files."""
        number = str(len(self.known) + 1)
        branch = f"change-{number}"
        for files in commits:
            head = self._commit_on(branch, files, f"Part of {number}", author, start)
            start = ""
        self.clock += 1
        found = Proposal(
            number, f"Change {number}", ProposalState.OPEN, author, author, branch, "main", head,
            self.clock, self.clock,
        )  # fmt: skip
        self.known[number] = found
        return found

    def push(self, proposal: Proposal, files: Mapping[str, str | None], pusher: str) -> Proposal:
        """Push one more commit to a proposal."""
        head = self._commit_on(proposal.branch, files, "One more", pusher)
        self.known[proposal.id] = replace(proposal, head=head, pusher=pusher)
        return self.known[proposal.id]

    def say(self, proposal: Proposal, login: str | None, state: str = "APPROVED", **parts) -> None:
        """Review a proposal as it is now."""
        self.clock += 1
        commit = parts.pop("commit", proposal.head)
        review = Review(login, state, commit, self.clock, id=str(self.clock), **parts)
        self.given.setdefault(proposal.id, []).append(review)

    def land(self, proposal: Proposal, how: str = "merge", **extra: str) -> str:
        """Merge a proposal in one of GitHub's three ways; `extra` files are slipped in."""
        base = self.git("rev-parse", "main") if how == "rebase" else "main^"
        if how == "merge" and not extra:
            words = ("-m", f"Merge {proposal.id}", proposal.branch)
            self.git("merge", "-q", "--no-ff", *words, author="github")
        elif how == "merge":
            self.git("merge", "-q", "--no-ff", "--no-commit", proposal.branch)
        elif how == "squash":
            self.git("merge", "-q", "--squash", proposal.branch)
        else:
            self.git("switch", "-q", proposal.branch)
            self.git("rebase", "-q", "--force-rebase", "main")
            tip = self.git("rev-parse", "HEAD")
            self.git("reset", "-q", "--hard", proposal.head)
            self.git("switch", "-q", "main")
            self.git("merge", "-q", "--ff-only", tip)
        if how == "squash" or extra:
            self.write(dict(extra), f"Merge {proposal.id}", "github")
        commits = self.git("rev-list", "--first-parent", f"{base}..main").split()
        self.known[proposal.id] = replace(proposal, state=ProposalState.MERGED, merged=commits[0])
        self.rebased[proposal.id] = commits if how == "rebase" else []
        return commits[0]
