"""The forge `github`: proposals are pull requests at github.com or on an Enterprise Server.

Raw REST on github3.py's session: its models fail on any field that is absent, and know neither
rulesets nor errors of CODEOWNERS. What is asked, and what is never guessed: docs/design/forges.md.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from storesync.builtin.github_answer import Refused, odd, read, read_login
from storesync.builtin.github_auth import AppKey, Installation, Token, read_key
from storesync.builtin.github_client import Client, Pace
from storesync.builtin.github_guards import inspect
from storesync.builtin.github_options import Options, find_token, named_by, read_options
from storesync.builtin.github_people import read_team, read_writers
from storesync.builtin.github_pushes import pushes_to
from storesync.builtin.github_reading import (
    check_repository,
    is_from_fork,
    read_proposal,
    read_reviews,
)
from storesync.builtin.github_transport import Credentials, Transport
from storesync.builtin.github_writes import Writer
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.plugins.forge import (
    Comment,
    Forge,
    ForgeCapabilities,
    ForgeSetting,
    MergeRequest,
    People,
    PeopleQuery,
    Proposal,
    ProposalQuery,
    ProposalState,
    Review,
    ReviewState,
    Submission,
    Verdict,
)
from storesync.plugins.guards import Finding, Inspection

_PAGE = 100
_NUMBER = re.compile(r"[1-9][0-9]{0,17}\Z")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")


def open_github(setting: ForgeSetting) -> Forge:
    """Return the forge that options and environment name. Raises UserError; asks nothing yet."""
    options = read_options(setting.options, os.environ)
    pace = Pace()
    if not options.app:
        client = _client(options, Token(find_token(options, os.environ)), pace)
        return GitHubForge(options, setting, client)
    key = read_key(options, os.environ.get(options.key_name, ""))
    asker = _client(options, AppKey(options.app, key, pace.clock), pace)
    app = Installation(options, asker, pace.clock)
    return GitHubForge(options, setting, _client(options, app, pace), app.login)


def _client(options: Options, credentials: Credentials, pace: Pace) -> Client:
    return Client(options.api, Transport(credentials), pace)


class GitHubForge:
    """One repository at GitHub. `who` tells the login where the API's /user does not."""

    capabilities = ForgeCapabilities(
        proves_identity=True, can_comment=True, can_merge_later=True, takes_forks=True
    )

    def __init__(
        self,
        options: Options,
        setting: ForgeSetting,
        client: Client,
        who: Callable[[], str] | None = None,
    ) -> None:
        self._options = options
        self._setting = setting
        self._client = client
        self._who = who
        self._login = ""
        self._rights: dict[str, bool] = {}
        self._members: dict[tuple[str, frozenset[str]], frozenset[str] | None] = {}
        self._place = f"/repos/{options.repository}"
        self._writer = Writer(client, options.repository, setting.branch, options.merge_method)

    def login(self) -> str:
        """Return who the token is of; an App's login ends with [bot]."""
        if not self._login:
            self._login = self._who() if self._who else self._own_login()
        return self._login

    def proposals(self, query: ProposalQuery) -> list[Proposal]:
        """Return pull requests into the published branch, the newest first.

        Of a branch, only those of this repository, or of the one fork that is asked for: forks may
        name their branches as they like.
        """
        found = [
            read_proposal(pull, self._options.repository) if query.brief else self._proposal(pull)
            for pull in self._pulls(query)
            if read(pull, "base.ref", str) == self._setting.branch
        ]
        if query.over:
            found += [read_proposal(it, self._options.repository) for it in self._over(query.over)]
        return sorted(found, key=lambda item: (item.opened, int(item.id)), reverse=True)

    def reviews(self, proposal: Proposal) -> list[Review]:
        """Return the reviews of a pull request in the order they were given."""
        found = read_reviews(self._client.pages(f"{self._pull(proposal.id)}/reviews"))
        return [self._with_lines(proposal, review) for review in found]

    def people(self, query: PeopleQuery) -> People:
        """Return who may write, and who of `logins` is in the teams that can be looked into.

        Each is asked once: a forge is opened for one run.
        """
        logins = frozenset(login.lower() for login in query.logins)
        wanted = logins - self._rights.keys()
        writers = set(read_writers(self._client, self._options.repository, wanted))
        self._rights |= {login: login in writers for login in wanted}
        teams = {
            team: members
            for team in sorted(name.removeprefix("@").lower() for name in query.teams)
            if (members := self._team(team, logins)) is not None
        }
        may = frozenset(login for login in logins if self._rights[login])
        return People(may, teams, self._setting.addresses)

    def _team(self, team: str, logins: frozenset[str]) -> frozenset[str] | None:
        known = (team, logins)
        if known not in self._members:
            self._members[known] = read_team(self._client, self._options.owner, team, logins)
        return self._members[known]

    def submit(self, submission: Submission) -> Proposal:
        """Open a pull request or bring it up to date, and ask the reviewers."""
        pull = self._writer.propose(submission)
        check_repository(pull, self._options.repository)
        unasked = self._writer.ask(pull, submission.reviewers)
        if submission.urgent:
            self._writer.mark_urgent(pull)
        return replace(self._proposal(pull), unasked=unasked)

    def review(self, verdict: Verdict) -> None:
        """Approve, or ask for changes, as me; GitHub refuses that to a proposal's author."""
        if not verdict.body.strip() and verdict.state == ReviewState.CHANGES_REQUESTED:
            raise UserError("changes are asked for without a word", hint="say what is to change")
        pull = self._client.get(self._pull(verdict.proposal.id))
        check_repository(pull, self._options.repository)
        if read(pull, "state", str) != "open":
            raise UserError("the proposal is closed already", hint="there is nothing to review")
        self._writer.review(verdict)

    def merge(self, request: MergeRequest) -> str:
        """Merge now, and return the commit on the published branch that holds it."""
        self._pull(request.proposal.id)
        return self._writer.merge(request)

    def merge_later(self, request: MergeRequest) -> None:
        """Have GitHub merge when its own rules are met (auto-merge of the repository)."""
        self._pull(request.proposal.id)
        self._writer.merge_later(request)

    def comment(self, comment: Comment) -> str:
        """Write or update my comment with a marker; return its address."""
        self._pull(comment.proposal.id)
        return self._writer.comment(comment, self.login())

    def inspect(self, inspection: Inspection) -> list[Finding]:
        """Return what the repository's settings protect, and what cannot be seen."""
        return list(inspect(self._client, self._place, inspection))

    def _with_lines(self, proposal: Proposal, review: Review) -> Review:
        """Return a review; one without words of its own may say at lines what should change."""
        if review.state != ReviewState.CHANGES_REQUESTED or review.body.strip():
            return review
        path = f"{self._pull(proposal.id)}/reviews/{review.id}/comments"
        words = [read(item, "body", str) for item in self._client.pages(path)]
        return replace(review, body="\n".join(words))

    def _pull(self, number: str) -> str:
        if not _NUMBER.match(number):
            raise UserError(
                f'"{printable(number)}" is no number of a pull request', hint="write it like 17"
            )
        return f"{self._place}/pulls/{number}"

    def _pulls(self, query: ProposalQuery) -> Iterator[Any]:
        """Yield what is asked for, each proven to be of this repository."""
        for pull in self._listed(query):
            check_repository(pull, self._options.repository)
            yield pull

    def _listed(self, query: ProposalQuery) -> list[Any]:
        if query.id and (_NUMBER.match(query.id) or not query.branch):
            return self._numbered(query.id)
        if query.commit:
            if not _COMMIT.match(query.commit):
                raise UserError(f'"{printable(query.commit)}" is no commit', hint="write its id")
            return self._client.pages(f"{self._place}/commits/{query.commit}/pulls")
        asked = {"base": self._setting.branch, "state": "open"}
        if not query.branch:
            return self._client.pages(f"{self._place}/pulls", asked)
        home = named_by(query.home) if query.home else self._options.repository
        asked |= {"state": "all", "head": f"{home.partition('/')[0]}:{query.branch}"}
        return [
            pull
            for pull in self._client.pages(f"{self._place}/pulls", asked)
            if read(pull, "head.ref", str) == query.branch and not is_from_fork(pull, home)
        ]

    def _over(self, most: int) -> list[Any]:
        """Return the pull requests that are merged or closed, those changed last first."""
        base = self._setting.branch
        asked = {"base": base, "state": "closed", "sort": "updated", "direction": "desc"}
        size = min(most, _PAGE)
        found: list[Any] = []
        for page in range(1, -(-most // size) + 1):
            part = {**asked, "per_page": str(size), "page": str(page)}
            pulls = self._client.get(f"{self._place}/pulls", part)
            if not isinstance(pulls, list):
                raise odd("no list of pull requests")
            found += [pull for pull in pulls if read(pull, "base.ref", str) == base]
            if len(pulls) < size:
                break
        return found[:most]

    def _numbered(self, number: str) -> list[Any]:
        """Return the pull request of a number; none only where others can be seen."""
        if not _NUMBER.match(number):
            return []
        try:
            pull = self._client.get(self._pull(number))
        except Refused as refused:
            if refused.status != 404:
                raise
            self._client.get(f"{self._place}/pulls", {"state": "all", "per_page": "1"})
            return []
        if str(read(pull, "number", int)) != number:
            raise odd("number")
        return [pull]

    def _proposal(self, pull: Any) -> Proposal:
        proposal = read_proposal(pull, self._options.repository)
        place, known = self._pull(proposal.id), self._setting.addresses
        pushes = pushes_to(self._client, pull, place, known)
        return replace(
            proposal,
            pusher=pushes.pusher,
            contributors=pushes.contributors,
            closed_by=proposal.closed_by or self._closer(proposal),
        )

    def _closer(self, proposal: Proposal) -> str | None:
        """Return who closed a pull request; its own object tells only who merged it."""
        if proposal.state not in {ProposalState.CLOSED, ProposalState.MERGED}:
            return None
        issue = self._client.get(f"{self._place}/issues/{proposal.id}")
        return read_login(issue, "closed_by")

    def _own_login(self) -> str:
        """Return whose token it is. GitHub refuses /user to tokens of Apps and of Actions."""
        try:
            login = read_login(self._client.get("/user"), "")
        except Refused as refused:
            if refused.status != 403:
                raise
            name = read(self._client.graph("{viewer{login}}"), "viewer.login", str)
            login = f"{name.removesuffix('[bot]')}[bot]"
        if login is None:
            raise odd("login")
        return login
