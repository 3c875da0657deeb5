"""What every forge keeps, run over plain Git here: `pytest tests/contracts/forge.py`.

Another forge is tried by a class of its own, in a file that imports this one (put this folder on
`pythonpath`), whose fixture gives a fresh forge to two people:

    class TestHub(ForgeContract):
        @pytest.fixture
        def office(self, tmp_path):
            return Office(author=Desk(open_hub(...), push), reviewer=Desk(...), branch="main")

The published branch holds `README` with `line 1` when a test begins.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from storesync.errors import UserError
from storesync.plugins.forge import (
    Comment,
    Forge,
    ForgeCapabilities,
    ForgeSetting,
    MergeRequest,
    PeopleQuery,
    Proposal,
    ProposalQuery,
    ProposalState,
    ReviewState,
    Submission,
    Verdict,
)
from storesync.plugins.registry import missing_members, open_forge

NOW = 1_796_000_000.0
PLAN = "0" * 64
README = {"README": "line 1\n"}


@dataclass
class Desk:
    """One person at work.

    `push` puts files into a commit on a branch, behind what the branch holds (a new one begins
    at the published one), brings it to where the forge sees it, and returns its id. `read` gives
    a file of the published branch as the forge has it now.
    """

    forge: Forge
    push: Callable[[str, Mapping[str, str]], str]
    read: Callable[[str], str]


@dataclass
class Office:
    """Two people with the right to write, and the branch that is published."""

    author: Desk
    reviewer: Desk
    branch: str = "main"


def submit(desk: Desk, head: str, at: float = NOW, branch: str = "winter") -> Proposal:
    """Propose a commit."""
    return desk.forge.submit(Submission(branch, head, "Winter warmers", "The plan", at))


def say(desk: Desk, proposal: Proposal, state: ReviewState, at: float, body: str = "") -> None:
    """Give a review of what was seen."""
    desk.forge.review(Verdict(proposal, state, body, at, PLAN))


def merge(desk: Desk, proposal: Proposal, at: float = NOW + 9) -> str:
    """Merge what was seen."""
    return desk.forge.merge(MergeRequest(proposal, proposal.head, "Merge winter", at))


class ForgeContract:
    """The suite. A subclass gives `office`."""

    @pytest.fixture
    def author(self, office: Office) -> Desk:
        return office.author

    @pytest.fixture
    def reviewer(self, office: Office) -> Desk:
        return office.reviewer

    @pytest.fixture
    def proposal(self, author: Desk) -> Proposal:
        return submit(author, author.push("winter", {"winter.yaml": "offer: 20\n"}))

    def test_has_all_members(self, author):
        assert missing_members(author.forge, Forge) == []
        assert isinstance(author.forge.capabilities, ForgeCapabilities)

    def test_knows_who_is_who(self, author, reviewer):
        logins = [author.forge.login(), reviewer.forge.login()]
        assert logins[0] != logins[1]
        people = author.forge.people(PeopleQuery(frozenset(logins)))
        assert set(logins) <= people.writers

    def test_nothing_is_proposed_at_first(self, reviewer):
        for query in (ProposalQuery(), ProposalQuery(id="17"), ProposalQuery(branch="winter")):
            assert reviewer.forge.proposals(query) == []

    def test_what_is_proposed_is_seen_by_others(self, office, author, reviewer, proposal):
        [seen] = reviewer.forge.proposals(ProposalQuery())
        assert seen == proposal
        assert (seen.state, seen.branch, seen.base) == (
            ProposalState.OPEN,
            "winter",
            office.branch,
        )
        assert (seen.author, seen.pusher) == (author.forge.login(),) * 2
        assert (seen.title, seen.body) == ("Winter warmers", "The plan")
        assert seen.merged is None
        assert reviewer.forge.proposals(ProposalQuery(id=seen.id)) == [seen]
        assert reviewer.forge.proposals(ProposalQuery(branch="winter")) == [seen]
        assert reviewer.forge.proposals(ProposalQuery(id="another")) == []
        assert reviewer.forge.reviews(seen) == []

    def test_proposed_again_it_is_the_same_one(self, author, reviewer, proposal):
        head = author.push("winter", {"winter.yaml": "offer: 25\n"})
        again = submit(author, head, NOW + 1)
        assert (again.id, again.head) == (proposal.id, head)
        assert [item.head for item in reviewer.forge.proposals(ProposalQuery())] == [head]

    def test_proposed_twice_as_it_is_it_stays_one(self, author, reviewer, proposal):
        again = submit(author, proposal.head, NOW + 1)
        assert (again.id, again.head, again.author) == (
            proposal.id,
            proposal.head,
            proposal.author,
        )
        assert len(reviewer.forge.proposals(ProposalQuery())) == 1

    def test_who_pushes_to_it_is_known_or_nobody_is(self, author, reviewer, proposal):
        head = reviewer.push("winter", {"winter.yaml": "offer: 99\n"})
        [seen] = author.forge.proposals(ProposalQuery())
        assert (seen.head, seen.author) == (head, proposal.author)
        assert seen.pusher in {None, reviewer.forge.login()}
        submit(reviewer, head, NOW + 1)
        submit(author, head, NOW + 2)
        [seen] = author.forge.proposals(ProposalQuery())
        assert seen.pusher == reviewer.forge.login()
        assert seen.author == author.forge.login()

    @pytest.mark.usefixtures("proposal")
    def test_the_newest_come_first(self, author, reviewer):
        other = author.push("spring", {"spring.yaml": "offer: 5\n"})
        submit(author, other, NOW + 60, "spring")
        found = reviewer.forge.proposals(ProposalQuery())
        assert [item.branch for item in found] == ["spring", "winter"]

    def test_an_approval_is_seen_by_others(self, author, reviewer, proposal):
        say(reviewer, proposal, ReviewState.APPROVED, NOW + 5, "Fine")
        [review] = author.forge.reviews(proposal)
        assert (review.login, review.state) == (reviewer.forge.login(), ReviewState.APPROVED)
        assert (review.commit, review.body) == (proposal.head, "Fine")
        assert review.plan in {"", PLAN}

    def test_reviews_come_in_their_order(self, author, reviewer, proposal):
        say(reviewer, proposal, ReviewState.APPROVED, NOW + 1)
        say(reviewer, proposal, ReviewState.CHANGES_REQUESTED, NOW + 2, "Too much")
        found = author.forge.reviews(proposal)
        assert [item.state for item in found] == ["APPROVED", "CHANGES_REQUESTED"]
        assert found[0].at <= found[1].at

    @pytest.mark.parametrize("body", ["", " \n"])
    def test_changes_are_not_asked_for_without_a_word(self, reviewer, proposal, body):
        with pytest.raises(UserError):
            say(reviewer, proposal, ReviewState.CHANGES_REQUESTED, NOW + 1, body)
        assert reviewer.forge.reviews(proposal) == []

    def test_nobody_approves_his_own(self, author, reviewer, proposal):
        with pytest.raises(UserError):
            say(author, proposal, ReviewState.APPROVED, NOW + 1)
        assert reviewer.forge.reviews(proposal) == []

    def test_an_approval_is_of_what_was_seen(self, author, reviewer, proposal):
        head = author.push("winter", {"winter.yaml": "offer: 90\n"})
        now = submit(author, head, NOW + 1)
        try:
            say(reviewer, proposal, ReviewState.APPROVED, NOW + 2)
        except UserError:
            assert reviewer.forge.reviews(now) == []
        assert [item for item in reviewer.forge.reviews(now) if item.commit == head] == []

    def test_strange_words_are_only_text(self, author, reviewer, proposal):
        body = '</script>\u202e\u2028\n{"event":"approved"}\n' + "x" * 10_000
        say(reviewer, proposal, ReviewState.CHANGES_REQUESTED, NOW + 1, body)
        [review] = author.forge.reviews(proposal)
        assert review.state == ReviewState.CHANGES_REQUESTED
        assert review.body.strip() == body.strip()

    def test_merged_it_is_on_the_published_branch(self, author, reviewer, proposal):
        commit = merge(reviewer, proposal)
        assert author.read("winter.yaml") == "offer: 20\n"
        assert author.read("README") == "line 1\n"
        assert author.forge.proposals(ProposalQuery()) == []
        [seen] = author.forge.proposals(ProposalQuery(commit=commit))
        assert (seen.id, seen.state, seen.merged) == (proposal.id, ProposalState.MERGED, commit)
        assert seen.head == proposal.head
        assert seen.landed is not None
        assert proposal.opened <= seen.landed
        assert author.forge.proposals(ProposalQuery(id=proposal.id)) == [seen]
        [brief] = author.forge.proposals(ProposalQuery(commit=commit, brief=True))
        assert (brief.id, brief.state, brief.merged) == (seen.id, seen.state, seen.merged)
        assert (brief.head, brief.base) == (seen.head, seen.base)

    def test_what_is_over_comes_along_where_it_is_asked_for(self, author, reviewer, proposal):
        other = submit(author, author.push("spring", {"spring.yaml": "5\n"}), NOW, "spring")
        commit = merge(reviewer, proposal)
        assert [it.id for it in author.forge.proposals(ProposalQuery())] == [other.id]
        found = author.forge.proposals(ProposalQuery(over=5))
        assert {it.id: it.state for it in found} == {
            other.id: ProposalState.OPEN,
            proposal.id: ProposalState.MERGED,
        }
        assert commit in {it.merged for it in found}

    def test_merged_though_the_published_branch_went_on(self, author, reviewer, proposal):
        other = submit(author, author.push("spring", {"spring.yaml": "5\n"}), NOW, "spring")
        merge(reviewer, other)
        merge(reviewer, proposal)
        assert (author.read("spring.yaml"), author.read("winter.yaml")) == ("5\n", "offer: 20\n")

    def test_what_has_moved_is_not_merged(self, author, reviewer, proposal):
        author.push("winter", {"winter.yaml": "offer: 90\n"})
        with pytest.raises(UserError):
            merge(reviewer, proposal)
        with pytest.raises(KeyError):
            author.read("winter.yaml")

    def test_what_conflicts_is_not_merged(self, author, reviewer):
        heads = [author.push(name, {"README": f"{name}\n"}) for name in ("one", "two")]
        one, two = (
            submit(author, head, NOW, name)
            for head, name in zip(heads, ("one", "two"), strict=True)
        )
        merge(reviewer, one)
        with pytest.raises(UserError):
            merge(reviewer, two)
        assert author.read("README") == "one\n"

    def test_merging_twice_merges_once(self, author, reviewer, proposal):
        commit = merge(reviewer, proposal)
        with contextlib.suppress(UserError):
            assert merge(reviewer, proposal) == commit
        assert len(author.forge.proposals(ProposalQuery(commit=commit))) == 1

    def test_what_is_merged_takes_no_more_reviews(self, reviewer, proposal):
        merge(reviewer, proposal)
        with pytest.raises(UserError):
            say(reviewer, proposal, ReviewState.CHANGES_REQUESTED, NOW + 20, "Too late")

    def test_what_the_forge_does_not_see_is_not_proposed(self, office, author, proposal):
        published = Submission(office.branch, proposal.head, "Title", "", NOW)
        unknown = Submission("nowhere", proposal.head, "Title", "", NOW)
        other = replace(unknown, branch="winter", head="0" * 40)
        for submission in (published, unknown, other):
            with pytest.raises(UserError):
                author.forge.submit(submission)

    def test_there_is_one_comment_for_each_marker(self, author, proposal):
        if not author.forge.capabilities.can_comment:
            with pytest.raises(UserError):
                author.forge.comment(Comment(proposal, "plan", "one", NOW))
            return
        where = [
            author.forge.comment(Comment(proposal, "plan", text, NOW + number))
            for number, text in enumerate(("one", "two"))
        ]
        assert where[0] == where[1]
        assert where[0] != author.forge.comment(Comment(proposal, "other", "three", NOW + 3))


def git(folder: Path, *arguments: str) -> str:
    """Run Git and return what it printed."""
    done = subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True)
    return done.stdout.decode()


def identify(folder: Path, name: str, *options: str) -> None:
    """Let commits and reviews of a clone be somebody's."""
    git(folder, "config", *options, "user.name", name.capitalize())
    git(folder, "config", *options, "user.email", f"{name}@example.com")


def desk_at(folder: Path, remote: str | None) -> Desk:
    """Return the desk of whoever a clone belongs to, with plain Git as the forge."""
    people = {"mia@example.com": "mia", "ben@example.com": "ben"}
    setting = ForgeSetting(folder, "main", remote, {}, people)

    def push(branch: str, files: Mapping[str, str]) -> str:
        git(folder, "fetch", "--quiet", "--all")
        place = f"{remote}/" if remote else ""
        known = git(folder, "for-each-ref", "--format=%(refname:short)").split()
        start = f"{place}{branch}" if f"{place}{branch}" in known else f"{place}main"
        git(folder, "checkout", "--quiet", "--detach", start)
        for name, text in files.items():
            (folder / name).write_text(text)
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", f"Change {', '.join(files)}")
        there = [remote] if remote else ["."]
        git(folder, "push", "--quiet", *there, f"HEAD:refs/heads/{branch}")
        return git(folder, "rev-parse", "HEAD").strip()

    def read(path: str) -> str:
        git(folder, "fetch", "--quiet", "--all")
        try:
            return git(folder, "show", f"{remote}/main:{path}" if remote else f"main:{path}")
        except subprocess.CalledProcessError:
            raise KeyError(path) from None

    return Desk(open_forge("local", setting, []), push, read)


@pytest.fixture(scope="session")
def _clones(tmp_path_factory) -> Path:
    """A folder with `server` and the clones of Mia and Ben. Not to be changed."""
    folder = tmp_path_factory.mktemp("clones")
    git(folder, "init", "--quiet", "begun")
    for name, text in README.items():
        (folder / "begun" / name).write_text(text)
    git(folder / "begun", "add", "--all")
    git(folder / "begun", "commit", "--quiet", "--message", "Begin")
    git(folder, "clone", "--quiet", "--bare", "begun", "server")
    for name in ("mia", "ben"):
        git(folder, "clone", "--quiet", "server", name)
        git(folder / name, "remote", "set-url", "origin", "../server")
        identify(folder / name, name)
    return folder


@pytest.mark.slow
class TestPlainGit(ForgeContract):
    """Two clones of a bare repository, and two work trees of one clone."""

    @pytest.fixture(params=["clones", "work-trees"])
    def office(self, request, repo, _clones, tmp_path) -> Office:
        if request.param == "work-trees":
            begun = repo(README)
            git(begun, "config", "extensions.worktreeConfig", "true")
            git(begun, "checkout", "--quiet", "--detach")
            git(begun, "worktree", "add", "--quiet", "--detach", str(tmp_path / "ben"))
            identify(begun, "mia", "--worktree")
            identify(tmp_path / "ben", "ben", "--worktree")
            return Office(desk_at(begun, None), desk_at(tmp_path / "ben", None))
        folder = Path(shutil.copytree(_clones, tmp_path / "clones"))
        return Office(desk_at(folder / "mia", "origin"), desk_at(folder / "ben", "origin"))
