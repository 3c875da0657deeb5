"""More ways past review on GitHub, by what Git, its refs and CODEOWNERS let somebody do.

The table in docs/tested.md is made of the names and reasons here, too: scripts/docs.py.
"""

from __future__ import annotations

from typing import Any

import pytest
from attacks import FREE, OWNERS, carry_out, collect, land
from hosted import git
from people import CAMPAIGN, END, PROMO, SHOP, START, Chain, edited

pytestmark = pytest.mark.slow

ATTACKS, attack = collect()
NOTES = "brands/acme/notes.md"
MALLORY = "* @mallory @ben\n"


def propose(chain: Chain, files: Any, approver: str = "mia", login: str = "ada") -> int:
    """Open a pull request that somebody approves."""
    number = chain.propose(files, login)
    chain.hub.say(number, approver, "APPROVED")
    return number


def owners(chain: Chain, more: str) -> None:
    """Have admins change CODEOWNERS."""
    text = (chain.be("ada") / OWNERS).read_text() + more
    chain.hub.merge(propose(chain, {OWNERS: text}, "robin"), "sam")


def push(chain: Chain, folder: Any, login: str) -> str:
    """Push what somebody has on main; return its commit."""
    git(folder, "push", "--quiet", "origin", "main")
    chain.hub.see(login)
    return git(folder, "rev-parse", "HEAD")


def put(chain: Chain, name: str, commit: str) -> None:
    """Set a ref of the server."""
    chain.hub.git("update-ref", name, commit)


@attack("it was pushed past review")
def attributes_that_choose_how_files_are_merged(chain):
    chain.commit("mallory", {".gitattributes": "* ident export-subst eol=crlf merge=union\n"})
    chain.commit("mallory", FREE)


@attack("no approval yet")
def a_mailmap_that_makes_somebody_an_owner(chain):
    chain.commit("mallory", {".mailmap": "Mia <mia@acme.example> <mallory@acme.example>\n"})
    chain.hub.merge(propose(chain, FREE, "mallory", "mallory"), "robin")


@attack("nothing to do: 2 deliveries are as they should be", code=0)
def another_commit_in_place_of_the_published_one(chain):
    tip = chain.hub.git("rev-parse", "main")
    put(chain, f"refs/replace/{tip}", chain.commit("mallory", FREE, "evil"))


@attack("nothing to do: 2 deliveries are as they should be", code=0)
def a_tag_named_like_the_published_branch(chain):
    commit = chain.commit("mallory", FREE, "evil")
    put(chain, "refs/tags/main", commit)
    put(chain, "refs/tags/origin/main", commit)


@attack("nothing to do: 2 deliveries are as they should be", code=0)
def branches_named_like_the_published_one_of_the_remote(chain):
    commit = chain.commit("mallory", FREE, "evil")
    put(chain, "refs/heads/origin/main", commit)
    put(chain, "refs/heads/refs/heads/main", commit)


@attack("is not the one that the tag storesync/genesis marks", code=2)
def the_tag_of_the_ledger_moved(chain):
    put(chain, "refs/tags/storesync/genesis", chain.commit("mallory", FREE))


@attack("no approval yet")
def a_push_after_the_approval_with_dates_of_the_year_2099(chain):
    number = propose(chain, edited("Nice"))
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{name}_DATE", "2099-01-01T00:00:00Z")
        chain.commit("ada", FREE, "change-1")
    chain.hub.merge(number, "robin", "rebase")


@attack("it was pushed past review")
def an_octopus_of_two_approved_proposals(chain):
    octopus(chain)


@attack("the forge names several proposals for it")
def an_octopus_that_github_takes_for_its_own(chain):
    tip = octopus(chain)
    for pull in chain.hub.pulls.values():
        pull |= {"state": "closed", "merged": True, "merge_commit_sha": tip}
        pull["merged_at"] = pull["closed_at"] = pull["updated_at"]


def octopus(chain: Chain) -> str:
    """Merge two approved proposals at once."""
    for files in (edited("Nice"), {NOTES: "Nothing"}):
        propose(chain, files)
    folder = chain.commit_as("robin")
    git(folder, "merge", "--quiet", "--no-ff", "-m", "Two", "origin/change-1", "origin/change-2")
    return push(chain, folder, "robin")


@attack("it was pushed past review")
def a_revert_of_an_approved_revert(chain):
    land(chain, FREE)
    land(chain, {PROMO: CAMPAIGN})
    folder = chain.commit_as("mallory")
    git(folder, "revert", "--no-edit", "--mainline", "1", "HEAD")
    push(chain, folder, "mallory")


@attack("does not go on from", code=2)
def the_published_branch_written_anew_with_the_same_files(chain):
    put(chain, "refs/heads/main", chain.hub.git("commit-tree", "main^{tree}", "-m", "Again"))


@attack("does not go on from", code=2)
def a_merge_with_its_sides_swapped(chain):
    tree = f"{chain.commit('mallory', FREE, 'evil')}^{{tree}}"
    root = chain.hub.git("commit-tree", tree, "-m", "Root")
    sides = ("-p", root, "-p", chain.hub.git("rev-parse", "main"))
    put(chain, "refs/heads/main", chain.hub.git("commit-tree", tree, *sides, "-m", "Merge"))


@attack("cannot be merged again to see what it brings")
def a_history_of_its_own_merged(chain):
    tree = f"{chain.commit('mallory', FREE, 'evil')}^{{tree}}"
    head = chain.hub.git("commit-tree", tree, "-m", "Root")
    put(chain, "refs/heads/change-1", head)
    chain.hub.see("ada")
    number = chain.hub.open("change-1", "ada")
    chain.hub.say(number, "mia", "APPROVED")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chain.hub, "_tree", lambda _base, _head: chain.hub.git("rev-parse", tree))
        chain.hub.merge(number, "robin")


@attack("it was pushed past review")
def a_brand_under_another_name(chain):
    git(chain.commit_as("mallory"), "mv", "brands/acme", "brands/acme-2")
    chain.commit_all("mallory")


@attack("it was pushed past review")
def a_brand_under_its_name_in_capitals(chain):
    git(chain.commit_as("mallory"), "mv", "brands/acme", "brands/Acme")
    chain.commit_all("mallory")


@attack("cannot be an id")
def campaigns_whose_names_differ_in_unicode_alone(chain):
    for name in ("pr\N{LATIN SMALL LETTER O WITH DIAERESIS}mo", "pro\N{COMBINING DIAERESIS}mo"):
        chain.commit("mallory", {f"brands/acme/campaigns/{name}/campaign.yaml": FREE[PROMO]})


@attack("it was pushed past review")
def a_link_in_place_of_the_settings(chain):
    folder = chain.commit_as("mallory")
    text = (folder / "storesync.yaml").read_text().replace("plugin: github", "plugin: local")
    chain.write("mallory", {"own.yaml": text, "storesync.yaml": None, **FREE})
    (folder / "storesync.yaml").symlink_to("own.yaml")
    chain.commit_all("mallory")


@attack("no approval yet")
def a_login_in_capitals_approves_his_own(chain):
    number = propose(chain, FREE, "Mia", "mia")
    chain.hub.pulls[number]["user"]["login"] = "MIA"
    chain.hub.merge(number, "robin")


@attack("no approval yet")
def a_team_named_like_an_owner(chain):
    chain.hub.teams |= {"mia": {"mallory"}, "acme/mia": {"mallory"}}
    chain.hub.merge(propose(chain, FREE, "mallory"), "robin")


@attack("the author is not known")
def an_author_whose_account_is_gone(chain):
    number = propose(chain, FREE)
    chain.hub.pulls[number]["user"] = None
    chain.hub.merge(number, "robin")


@attack("no approval yet")
def a_commit_proposed_a_second_time_by_somebody_else(chain):
    first = chain.propose(FREE, "mia")
    put(chain, "refs/heads/again", chain.hub.pulls[first]["head"]["sha"])
    chain.hub.see("mallory")
    second = chain.hub.open("again", "mallory")
    chain.hub.say(second, "mia", "APPROVED")
    chain.hub.merge(second, "robin")
    done = ("state", "merged", "merge_commit_sha", "merged_at", "closed_at")
    chain.hub.pulls[first] |= {name: chain.hub.pulls[second][name] for name in done}


@attack("README.md: no approval yet")
def an_approved_proposal_that_brings_another_branch_along(chain):
    chain.commit("mallory", {"README.md": "Theirs", **FREE}, "other")
    chain.commit("ada", {NOTES: "Nothing"}, "change-1", start="other")
    number = chain.hub.open("change-1", "ada")
    chain.hub.say(number, "mia", "APPROVED")
    chain.hub.merge(number, "robin")


@attack("legal: no approval yet")
def a_requirement_that_came_between_approval_and_merge(chain):
    number = propose(chain, edited("Tea for 5"))
    rule = "requirements:\n  - {id: legal, when: {facts_change: true}, from: [sam]}\n"
    settings = chain.hub.git("show", "main:storesync.yaml") + f"\n{rule}"
    chain.hub.merge(propose(chain, {"storesync.yaml": settings}, "robin"), "sam")
    chain.hub.merge(number, "robin")


@attack("no approval yet")
def code_owners_in_the_root_and_in_docs(chain):
    files = {OWNERS: None, "CODEOWNERS": MALLORY, "docs/CODEOWNERS": MALLORY}
    chain.hub.merge(propose(chain, {**files, **FREE}, "mallory"), "robin")


@attack("no approval yet")
def code_owners_moved_to_the_root_before(chain):
    chain.commit("mallory", {OWNERS: None, "CODEOWNERS": MALLORY})
    chain.hub.merge(propose(chain, FREE, "mallory"), "robin")


@attack("is broken and may be about it")
def code_owners_too_large_for_github(chain):
    owners(chain, "# Nothing\n" * 300_000)
    land(chain, FREE)


@attack("is broken and may be about it")
def a_line_of_code_owners_that_takes_files_out(chain):
    owners(chain, "!/brands/acme/ @mallory\n")
    land(chain, FREE)


@attack("is broken and may be about it")
def a_line_of_code_owners_with_an_escape(chain):
    owners(chain, "/brands/acme/\\campaigns/ @mallory\n")
    land(chain, FREE)


@attack("is broken and may be about it")
def a_link_in_place_of_code_owners(chain):
    folder = chain.commit_as("ada")
    git(folder, "switch", "--quiet", "--create", "change-1")
    text = (folder / OWNERS).read_text()
    chain.write("ada", {"owners": text, OWNERS: None})
    (folder / OWNERS).symlink_to("../owners")
    chain.commit_all("ada")
    number = chain.hub.open("change-1", "ada")
    chain.hub.say(number, "robin", "APPROVED")
    chain.hub.merge(number, "sam")
    land(chain, FREE)


@attack("it was pushed past review")
def an_approved_proposal_closed_and_pushed_by_hand(chain):
    chain.hub.pulls[propose(chain, FREE)]["state"] = "closed"
    git(chain.commit_as("mallory"), "merge", "--quiet", "--squash", "origin/change-1")
    chain.commit_all("mallory", add=False)


@attack("it was pushed past review")
def the_settings_deleted(chain):
    chain.commit("mallory", {"storesync.yaml": None})


@attack("it was pushed past review")
def another_id_of_the_repository(chain):
    text = chain.hub.git("show", "main:storesync.yaml")
    chain.commit("mallory", {"storesync.yaml": text.replace("r0123", "r3210")})


@attack("it was pushed past review")
def a_location_closed(chain):
    chain.commit(
        "mallory", {SHOP: chain.hub.git("show", f"main:{SHOP}") + f"\ncloses_on: {START}\n"}
    )


@attack("it was pushed past review")
def a_flight_that_ends_sooner(chain):
    chain.commit("mallory", {PROMO: CAMPAIGN.replace(END, START)})


@attack("no approval yet")
def an_address_given_to_somebody_else_in_the_same_proposal(chain):
    text = chain.hub.git("show", "main:storesync.yaml").replace("mallory@acme", "nobody@acme")
    files = {"storesync.yaml": text.replace("mia@acme", "mallory@acme"), **FREE}
    chain.hub.merge(propose(chain, files, "mallory"), "robin")


@attack("legal: no approval yet")
def a_requirement_taken_out_by_what_it_asks_about(chain):
    text = chain.hub.git("show", "main:storesync.yaml")
    rule = "\nrequirements:\n  - {id: legal, when: {facts_change: true}, from: [sam]}\n"
    chain.hub.merge(propose(chain, {"storesync.yaml": text + rule}, "robin"), "sam")
    chain.hub.merge(propose(chain, {"storesync.yaml": text, **edited("5 for tea")}, "robin"), "sam")


@attack("not as documented (submitted_at)")
def a_forge_that_tells_no_time_of_an_approval(chain):
    number = chain.propose(FREE)
    chain.hub.say(number, "mia", "APPROVED", submitted_at=None)
    chain.hub.merge(number, "robin")


@attack("it merges another commit than proposal 1 had at its end")
def a_forge_that_tells_another_head_afterwards(chain):
    number, other = propose(chain, edited("Nice")), chain.commit("mallory", FREE, "evil")
    chain.hub.merge(number, "robin")
    chain.hub.pulls[number]["head"]["sha"] = other


@attack("ben asked for changes")
def an_objection_on_a_later_page_of_reviews(chain):
    number = propose(chain, FREE)
    for _ in range(100):
        chain.hub.say(number, "eve", "COMMENTED")
    chain.hub.say(number, "ben", "CHANGES_REQUESTED")
    chain.hub.merge(number, "robin")


@pytest.mark.parametrize(
    ("act", "why", "code"), ATTACKS, ids=[act.__name__ for act, _, _ in ATTACKS]
)
def test_trick(office, act, why, code):
    carry_out(office, act, why, code)
