"""What a change takes files back to: to what was proven of them together, or to something else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from host import Host

from storesync.app.review.restored import is_restored
from storesync.source.git import Repository
from tests.approval.test_prover import CAMPAIGN, COPY, EDIT, START, TEMPLATE, prove

AGAIN = {CAMPAIGN: "name: Winter\nvalues: {headline: Warmest}\n"}


@pytest.fixture
def host(repo: Callable[..., Path]) -> Host:
    return Host(repo(START))


def land(host: Host, *commits: dict[str, str | None], how: str = "merge", by: str = "mia") -> None:
    proposal = host.propose(*commits)
    if by:
        host.say(proposal, by)
    host.land(proposal, how)


def restored(host: Host, base: str, files: dict[str, str | None]) -> bool:
    """Say whether a branch that changes some files takes them back to what was proven."""
    standing = prove(host, base)
    host.git("switch", "-q", "-c", "back")
    head = host.write(files, "Back")
    repository = Repository.find(host.root)
    paths = [*files, "README.md"]  # what is never read decides nothing
    return is_restored(repository, standing, paths, repository.tree(head))


@pytest.mark.parametrize("how", ["merge", "squash", "rebase"])
@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({CAMPAIGN: START[CAMPAIGN]}, True),  # the baseline
        ({CAMPAIGN: START[CAMPAIGN], COPY: None}, True),
        (EDIT, True),
        (EDIT | {COPY: "Two"}, True),
        (EDIT | {COPY: "One"}, False),  # never at the end of a landing
        ({CAMPAIGN: START[CAMPAIGN], COPY: "Two"}, False),  # each was there, not together
        ({CAMPAIGN: "name: Winter\nvalues: {headline: Free}\n"}, False),
    ],
)
def test_what_was_proven_together_is_gone_back_to(host, how, files, expected):
    base = host.git("rev-parse", "main")
    land(host, EDIT, {COPY: "One"}, {COPY: "Two"}, how=how)
    land(host, AGAIN | {COPY: "Three"}, how=how)
    assert restored(host, base, files) is expected


def test_what_nobody_approved_is_nothing_to_go_back_to(host):
    base = host.git("rev-parse", "main")
    land(host, EDIT, by="")
    land(host, {TEMPLATE: "<p>{{ headline }}!</p>\n"}, by="robin")
    land(host, AGAIN)
    assert not restored(host, base, EDIT)


def test_of_a_file_that_was_pushed_past_review_nobody_can_tell(host):
    base = host.git("rev-parse", "main")
    host.write(EDIT, "Pushed", "mallory")
    land(host, AGAIN)
    assert not restored(host, base, {CAMPAIGN: START[CAMPAIGN]})


def test_before_anything_landed_the_baseline_is_there(host):
    base = host.git("rev-parse", "main")
    assert restored(host, base, {CAMPAIGN: START[CAMPAIGN]})
