"""What is changed at GitHub. Nothing is sent twice on a guess: it is looked first what is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from storesync.builtin.github_answer import Refused, odd, read, read_commit, read_login
from storesync.builtin.github_client import Client
from storesync.builtin.github_options import named_by
from storesync.builtin.github_reading import check_repository, is_from_fork, with_plan
from storesync.builtin.github_transport import Unreachable
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.plugins.forge import Comment, MergeRequest, ReviewState, Submission, Verdict

# GitHub's bound of a text, in characters.
MOST_TEXT = 65_536
URGENT = "urgent"
_LATER = (
    "mutation($pull: ID!, $head: GitObjectID!, $how: PullRequestMergeMethod!, $title: String, "
    "$text: String) {enablePullRequestAutoMerge(input: {pullRequestId: $pull, "
    "expectedHeadOid: $head, mergeMethod: $how, commitHeadline: $title, commitBody: $text}) "
    "{pullRequest {number}}}"
)
_EVENTS = {ReviewState.APPROVED: "APPROVE", ReviewState.CHANGES_REQUESTED: "REQUEST_CHANGES"}


@dataclass(frozen=True, slots=True)
class Writer:
    """Changes one repository, `owner/name`, of which `branch` is published."""

    client: Client
    repository: str
    branch: str
    merge_method: str

    @property
    def place(self) -> str:
        """Return where the repository lies in the API."""
        return f"/repos/{self.repository}"

    def propose(self, submission: Submission) -> Any:
        """Return the pull request of a branch, made or brought up to date. Raises UserError."""
        _check_length(submission.body)
        home = named_by(submission.home) if submission.home else self.repository
        home = self.repository if home.lower() == self.repository.lower() else home
        self._check_head(submission, home)
        found = self._open_pull(submission.branch, home)
        text = {"title": submission.title, "body": submission.body}
        if found is not None:
            if {name: found.get(name) for name in text} == text:
                return found
            return self.client.send("PATCH", f"{self.place}/pulls/{_number(found)}", text)
        head = {"head": submission.branch, "base": self.branch}
        if home != self.repository:
            owner = home.partition("/")[0]
            head |= {"head": f"{owner}:{submission.branch}", "head_repo": home}
        try:
            return self.client.send("POST", f"{self.place}/pulls", text | head)
        except (Refused, Unreachable):
            # Somebody was faster, or the answer to our own request was lost.
            found = self._open_pull(submission.branch, home)
            if found is None:
                raise
            return found

    def _check_head(self, submission: Submission, home: str) -> None:
        """Raise UserError where the branch is not at GitHub as it is to be proposed."""
        branch = submission.branch
        if branch == self.branch and home == self.repository:
            raise UserError(
                f"{printable(branch)} is the published branch", hint="propose another one"
            )
        found = self.client.find(f"/repos/{home}/branches/{quote(branch, safe='')}")
        if found is None or read_commit(found, "commit.sha") != submission.head:
            raise UserError(
                f"{home} does not have {submission.head[:10]} as {printable(branch)}",
                hint="push the branch there, and try again; if this clone is one of a fork, forge:"
                f" remote has to lead to {self.repository}, and remote.pushDefault to the fork",
            )

    def _open_pull(self, branch: str, home: str) -> Any | None:
        owner = home.partition("/")[0]
        query = {"head": f"{owner}:{branch}", "base": self.branch, "state": "open"}
        for pull in self.client.pages(f"{self.place}/pulls", query):
            check_repository(pull, self.repository)
            if not is_from_fork(pull, home) and read(pull, "head.ref", str) == branch:
                return pull
        return None

    def ask(self, pull: Any, reviewers: Iterable[str]) -> tuple[str, ...]:
        """Ask people and teams for a review; return whom GitHub would not ask.

        The author is left out. One name that GitHub does not take makes it refuse all: then each
        is asked for alone.
        """
        author = (read_login(pull, "user") or "").lower()
        names = [name.removeprefix("@") for name in dict.fromkeys(reviewers)]
        names = [name for name in names if name.lower() != author]
        # A team is asked by its short name: one of another organisation would be mistaken for ours.
        owner = self.repository.partition("/")[0].lower()
        strange = [n for n in names if "/" in n and n.partition("/")[0].lower() != owner]
        names = [name for name in names if name not in strange]
        if not names or self._asked(pull, names):
            return tuple(strange)
        refused = [name for name in names if len(names) == 1 or not self._asked(pull, [name])]
        return (*refused, *strange)

    def _asked(self, pull: Any, names: list[str]) -> bool:
        body = {
            "reviewers": [name for name in names if "/" not in name],
            "team_reviewers": [name.partition("/")[2] for name in names if "/" in name],
        }
        path = f"{self.place}/pulls/{_number(pull)}/requested_reviewers"
        try:
            self.client.send("POST", path, {key: value for key, value in body.items() if value})
        except Refused:
            return False
        return True

    def mark_urgent(self, pull: Any) -> None:
        """Give a pull request a label; where GitHub refuses it, the text still says it."""
        path = f"{self.place}/issues/{_number(pull)}/labels"
        try:
            self.client.send("POST", path, {"labels": [URGENT]})
        except Refused:
            return

    def review(self, verdict: Verdict) -> None:
        """Give a review of the head that was looked at. Raises UserError."""
        if verdict.state not in _EVENTS:
            raise UserError(
                f'"{printable(verdict.state)}" is no verdict', hint="approve, or ask for changes"
            )
        body = with_plan(verdict.body, verdict.plan)
        _check_length(body)
        path = f"{self.place}/pulls/{verdict.proposal.id}/reviews"
        event = _EVENTS[verdict.state]
        content = {"commit_id": verdict.proposal.head, "event": event, "body": body}
        try:
            given = self.client.send("POST", path, content)
        except Unreachable as error:
            raise UserError(
                f"{error.message}; the review may have been given or not",
                hint="look at the proposal before you give it again",
            ) from None
        if read(given, "state", str) != verdict.state:
            raise odd("state of the review given")

    def merge(self, request: MergeRequest) -> str:
        """Merge if the head still is the one asked for; return the commit. Raises UserError."""
        path = f"{self.place}/pulls/{request.proposal.id}"
        title, text = _words(request)
        words = {"commit_title": title, "commit_message": text}
        body = {"sha": request.head, "merge_method": self.merge_method}
        body |= {name: word for name, word in words.items() if word}
        try:
            done = self.client.send("PUT", f"{path}/merge", body)
        except Unreachable:
            merged = self._merged(path, request.head)
            if merged is None:
                raise
            return merged
        except Refused as refused:
            if refused.status == 409:
                raise UserError(
                    f"GitHub did not merge: {refused.said or 'the head has moved'}",
                    hint="look at what was pushed since",
                ) from None
            raise
        if not read(done, "merged", bool):
            raise odd("merged")
        return read_commit(done, "sha")

    def merge_later(self, request: MergeRequest) -> None:
        """Have GitHub merge when its own rules are met. Raises UserError where it does not."""
        pull = self.client.get(f"{self.place}/pulls/{request.proposal.id}")
        check_repository(pull, self.repository)
        title, text = _words(request)
        given = {
            "pull": read(pull, "node_id", str),
            "head": request.head,
            "how": self.merge_method.upper(),
            "title": title,
            "text": text,
        }
        done = self.client.graph(_LATER, given)
        read(done, "enablePullRequestAutoMerge.pullRequest.number", int)

    def _merged(self, path: str, head: str) -> str | None:
        """Return the commit of a merge whose answer was lost, None where there was none."""
        pull = self.client.get(path)
        check_repository(pull, self.repository)
        if not read(pull, "merged", bool) or read_commit(pull, "head.sha") != head:
            return None
        return read_commit(pull, "merge_commit_sha")

    def comment(self, comment: Comment, login: str) -> str:
        """Write a comment, or the text of ours with its marker anew; return its address.

        Somebody else's comment with the marker in it is left alone. Raises UserError.
        """
        mark = f"<!-- storesync:{comment.marker} -->"
        text = comment.text if comment.text.startswith(mark) else f"{mark}\n{comment.text}"
        _check_length(text)
        path = f"{self.place}/issues/{comment.proposal.id}/comments"
        ours = next(self._ours(path, login, mark), None)
        if ours is None:
            return read(self.client.send("POST", path, {"body": text}), "html_url", str)
        if read(ours, "body", str) != text:
            place = f"{self.place}/issues/comments/{read(ours, 'id', int)}"
            ours = self.client.send("PATCH", place, {"body": text})
        return read(ours, "html_url", str)

    def _ours(self, path: str, login: str, mark: str) -> Iterator[Any]:
        for item in self.client.pages(path):
            if read_login(item, "user") == login and read(item, "body", str).startswith(mark):
                yield item


def _words(request: MergeRequest) -> tuple[str, str]:
    title, _, text = request.message.partition("\n")
    return title.strip(), text.strip()


def _number(pull: Any) -> int:
    return read(pull, "number", int)


def _check_length(text: str) -> None:
    if len(text) > MOST_TEXT:
        raise UserError(
            f"GitHub takes {MOST_TEXT:,} characters, and this text has {len(text):,}",
            hint="shorten it",
        )
