"""Plain Git as a forge: proposals are branches, what is said of them are lines in notes.

Nobody but Git's configuration says who somebody is, so reviews are `recorded`, unless the commit
of notes that added one is signed by a key that Git trusts as that person's.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property

from storesync.builtin import local_line, local_proposal
from storesync.builtin.local_line import Event, Line
from storesync.builtin.local_notes import Notes
from storesync.builtin.local_proof import signers
from storesync.builtin.local_proposal import STATES
from storesync.builtin.local_view import View
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.plugins.forge import (
    Comment,
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
from storesync.source import branch as own
from storesync.source.git import LostRace, Repository
from storesync.source.identity import identity
from storesync.source.joining import commit_tree, merged_tree
from storesync.source.remote import push

_EVENTS = {state: event for event, state in STATES.items()}
_LONGEST_BODY = 65_000  # characters, as in a comment on GitHub
_LONGEST_TITLE = 300


def open_local(setting: ForgeSetting) -> LocalForge:
    """Return the forge of a clone. Raises UserError where there is no repository."""
    return LocalForge(Repository.find(setting.root), setting)


class LocalForge:
    """A forge that is this clone, or the remote that several clones share."""

    capabilities = ForgeCapabilities(proves_identity=False)

    def __init__(self, repository: Repository, setting: ForgeSetting) -> None:
        self._repository = repository
        self._base = setting.branch
        self._remote = setting.remote
        self._addresses: Mapping[str, str] = setting.addresses
        self._notes = Notes(repository, setting.remote)
        self._view = View(repository, setting.branch, setting.remote, self._notes, self._name)
        # Those listed last whose reviews nobody read since: they were fetched with the list.
        self._fresh: set[str] = set()

    def login(self) -> str:
        """Return the login of the address that Git is configured with, else the address."""
        return self._name(self._me)

    def proposals(self, query: ProposalQuery) -> list[Proposal]:
        """Return open proposals, or those asked for, the newest first."""
        # What landed stands still: many landings in a row are asked about without looking again.
        seen = self._view.last
        if query.commit and seen and query.commit in seen.by_merge:
            return seen.by_merge[query.commit]
        self._notes.refresh()
        seen = self._view.look()
        found = seen.proposals
        if query.id or query.branch:
            return [item for item in found if item.branch in {query.id, query.branch}]
        if query.commit:
            return seen.by_merge.get(query.commit, [])
        over = [item for item in found if item.state is not ProposalState.OPEN]
        latest = sorted(over, key=lambda item: -item.changed)[: query.over]
        self._fresh = {item.branch for item in found}
        return [item for item in found if item.state is ProposalState.OPEN or item in latest]

    def reviews(self, proposal: Proposal) -> list[Review]:
        """Return what was said, in order; `recorded` where no signature says who said it."""
        seen = self._view.last
        if seen is None or proposal.state is not ProposalState.MERGED:
            if proposal.branch not in self._fresh:
                self._notes.refresh()
            seen = self._view.look()
        self._fresh.discard(proposal.branch)
        mine = seen.by_branch.get(proposal.branch, [])
        lines = local_proposal.reviews(mine, proposal, seen.branches)
        tips = list(seen.tips)
        signed = {
            commit: signers(self._notes, commit, tips) for commit in {x.commit for x in lines}
        }
        return [self._review(line, signed[line.commit]) for line in lines]

    def people(self, query: PeopleQuery) -> People:
        """Return all who are asked for as writers: plain Git knows no rights and no teams."""
        return People(frozenset(query.logins), addresses=self._addresses)

    def submit(self, submission: Submission) -> Proposal:
        """Record that a branch is proposed; the same again is not recorded twice."""
        me = self._me
        own.check_name(self._repository, submission.branch)
        self._notes.refresh()
        self._check_submission(submission)
        line = Line(
            event=Event.SUBMITTED,
            proposal=submission.branch,
            base=self._base,
            commit=submission.head,
            who=me,
            at=local_line.dated(submission.at, self._view.look().lines),
            title=_text(submission.title, _LONGEST_TITLE),
            body=_text(submission.body, _LONGEST_BODY),
            reviewers=tuple(submission.reviewers),
            urgent=submission.urgent,
        )
        mine = [item for item in self._view.look().lines if item.proposal == line.proposal]
        last = max(mine, key=lambda item: item.at, default=None)
        if last is not None and replace(last, at=line.at) == line:
            self._notes.share()
        else:
            self._notes.append(line.commit, local_line.encode(line))
        return self._found(submission.branch)

    def review(self, verdict: Verdict) -> None:
        """Record an approval, or that changes are asked for and which. Raises UserError."""
        me = self._me
        if verdict.state not in _EVENTS:
            raise UserError("a review approves, or asks for changes")
        if verdict.state is ReviewState.CHANGES_REQUESTED and not verdict.body.strip():
            raise UserError("nothing says what should change", hint="give a message: -m")
        self._notes.refresh()
        now = self._open(verdict.proposal)
        self._check_head(now, verdict.proposal.head)
        if self._name(me) in now.hands:
            message = f"{printable(now.id)} is your own proposal: somebody else reviews it"
            raise UserError(message)
        line = self._line(_EVENTS[verdict.state], now, me, verdict.at)
        self._say(replace(line, body=verdict.body, plan=verdict.plan))

    def merge(self, request: MergeRequest) -> str:
        """Merge among Git's objects and move the published branch, if nobody else did meanwhile.

        Where it is checked out here, its files follow. Raises UserError where the proposal moved
        or conflicts, or where files of a person are in the way; LostRace where another was faster.
        """
        me = self._me
        self._notes.refresh()
        now = self._found(request.proposal.branch)
        self._check_head(now, request.head)
        if now.state is ProposalState.MERGED:  # by us, if we were killed before the line below
            commit = now.merged or self._view.tip()
        else:
            commit = self._merge(self._open(now), request.message)
        said = {line.merged for line in self._view.look().lines if line.proposal == now.branch}
        if commit not in said:
            with suppress(UserError):  # it is merged, though nobody can note by whom: a full disk
                self._say(replace(self._line(Event.MERGED, now, me, request.at), merged=commit))
        return commit

    def comment(self, comment: Comment) -> str:
        """Refuse: plain Git has no place for comments."""
        del comment
        raise UserError("the forge local has no comments", hint="storesync plan shows the plan")

    def _merge(self, proposal: Proposal, message: str) -> str:
        base = self._view.tip()
        tree = merged_tree(self._repository, base, proposal.head)
        parents, signed = [base, proposal.head], self._notes.signs
        commit = commit_tree(self._repository, tree, parents, message, signed=signed)
        if self._remote is None:
            own.follow(self._repository, self._base, base, commit)
            return commit
        try:
            refs = {f"refs/heads/{self._base}": commit}
            push(self._repository, self._remote, refs, what=f"the merge into {self._base}")
        except LostRace:
            message = f"{self._base} was changed by somebody else meanwhile; nothing was merged"
            raise UserError(message, hint="run the command again") from None
        self._follow(commit)
        return commit

    def _follow(self, commit: str) -> None:
        """Bring our own copy of the published branch along, where nothing is in the way."""
        self._notes.refresh()
        here = self._repository.read_ref(f"refs/heads/{self._base}")
        if here is None or not self._repository.is_ancestor(here, commit):
            return
        try:
            own.follow(self._repository, self._base, here, commit)
        except UserError:
            return  # it is merged where it counts; git pull brings it here

    def _line(self, event: Event, proposal: Proposal, who: str, at: float) -> Line:
        when = local_line.dated(at, self._view.look().lines)
        return Line(event, proposal.branch, self._base, proposal.head, who, when)

    def _say(self, line: Line) -> None:
        cut = replace(line, body=_text(line.body, _LONGEST_BODY))
        self._notes.append(cut.commit, local_line.encode(cut))

    def _review(self, line: Line, signed: Mapping[bytes, set[str]]) -> Review:
        by = () if local_line.is_unknown(line) else signed.get(local_line.encode(line), ())
        login = self._name(line.who)
        return Review(
            login=login,
            state=line.event if local_line.is_unknown(line) else STATES[Event(line.event)],
            commit=line.commit,
            at=line.at,
            body=line.body,
            id=line.id,
            plan=line.plan,
            recorded=login not in {self._name(address) for address in by},
        )

    def _check_submission(self, submission: Submission) -> None:
        shown = printable(submission.branch)
        if submission.branch == self._base:
            message = f"{shown} is the published branch: it cannot be proposed to itself"
            raise UserError(message, hint="git switch -c NAME")
        seen = self._view.heads().get(submission.branch)
        if seen != submission.head:
            where = f"at {self._remote}" if self._remote else "here"
            message = f"the branch {shown} {where} is not at the commit proposed"
            raise UserError(message, hint="push it first" if self._remote else "submit it again")
        if self._repository.is_ancestor(submission.head, self._view.tip()):
            message = f"{shown} holds nothing that {self._base} does not hold"
            raise UserError(message, hint="commit something first")

    def _open(self, proposal: Proposal) -> Proposal:
        now = self._found(proposal.branch)
        if now.state is not ProposalState.OPEN:
            raise UserError(f"{printable(now.id)} is {now.state.value}, not open")
        return now

    def _found(self, branch: str) -> Proposal:
        for item in self._view.look().proposals:
            if item.branch == branch:
                return item
        raise UserError(f"nobody proposed {printable(branch)}", hint="storesync submit proposes")

    def _check_head(self, now: Proposal, head: str) -> None:
        if now.head != head:
            message = f"{printable(now.id)} has moved: it is at {now.head[:10]}, not {head[:10]}"
            raise UserError(message, hint="look at its plan again")

    @cached_property
    def _me(self) -> str:
        """The person's address, asked for once. Raises UserError."""
        address = identity(self._repository)[1].lower()
        if not local_line.is_address(address):
            message = f'Git has "{printable(address)}" as your address, which is none'
            raise UserError(message, hint="git config user.email you@example.com")
        return address

    def _name(self, address: str) -> str:
        return self._addresses.get(address, address)


def _text(text: str, most: int) -> str:
    """Return the beginning of a text, without what was no UTF-8 on the command line."""
    return text[:most].encode("utf-8", "replace").decode()
