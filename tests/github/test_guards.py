"""What protects the published branch: seen, seen to be missing, or not to be seen."""

from __future__ import annotations

import time

import fake
import pytest

from storesync.builtin.github_answer import Answer
from storesync.builtin.github_client import _ahead
from storesync.plugins.guards import Inspection, Sight

INSPECTION = Inspection("main")
RULE = {"ruleset_id": 5, "ruleset_source": "acme/campaigns", "ruleset_source_type": "Repository"}
REVIEWS = {
    "required_approving_review_count": 1,
    "require_code_owner_review": True,
    "require_last_push_approval": True,
    "dismiss_stale_reviews_on_push": False,
    "required_review_thread_resolution": False,
}
GUARDED = {
    "rulesets/5": fake.described.like("repository-ruleset", bypass_actors=[]),
    "codeowners/errors": {"errors": []},
    "actions/permissions/workflow": {
        "default_workflow_permissions": "read",
        "can_approve_pull_request_reviews": False,
    },
    "actions/permissions": {"enabled": True, "sha_pinning_required": True},
    "environments": {
        "total_count": 1,
        "environments": [
            fake.described.like(
                "environment",
                name="publish",
                deployment_branch_policy={
                    "protected_branches": False,
                    "custom_branch_policies": True,
                },
            )
        ],
    },
    "environments/publish/deployment-branch-policies": {
        "total_count": 1,
        "branch_policies": [{"id": 1, "name": "main"}],
    },
    "actions/workflows/publish.yml": fake.described.like("workflow", state="active"),
}


@pytest.fixture(autouse=True)
def _on_time(waits):
    waits.now = time.time()  # GitHub's answers bear the real time


@pytest.fixture
def guarded(hub):
    hub.rules = [
        {**RULE, "type": "pull_request", "parameters": dict(REVIEWS)},
        {**RULE, "type": "deletion"},
        {**RULE, "type": "non_fast_forward"},
    ]
    hub.settings = dict(GUARDED)
    return hub


def seen(forge_of):
    return {item.check: item for item in forge_of("ben").inspect(INSPECTION)}


def test_all_is_well_where_all_is_set(guarded, forge_of):
    found = seen(forge_of)
    assert {item.result for item in found.values()} == {Sight.PASS}
    assert len(found) == 11


CASES = {
    "no owner has to approve": ("rules", "require_code_owner_review", False, "branch-code-owners"),
    "no approval": ("rules", "required_approving_review_count", 0, "branch-pull-request"),
    "stale approvals": ("rules", "require_last_push_approval", False, "branch-last-push"),
    "an unknown owner": (
        "codeowners/errors",
        "errors",
        [fake.described.like("codeowners-errors")],
        "codeowners-errors",
    ),
    "workflows approve": (
        "actions/permissions/workflow",
        "can_approve_pull_request_reviews",
        True,
        "workflow-permissions",
    ),
    "workflows write": (
        "actions/permissions/workflow",
        "default_workflow_permissions",
        "write",
        "workflow-permissions",
    ),
    "tags for actions": ("actions/permissions", "sha_pinning_required", False, "actions-pinned"),
    "no environment": ("environments", "environments", [], "environment"),
    "an environment for more": (
        "environments/publish/deployment-branch-policies",
        "branch_policies",
        [{"id": 1, "name": "main"}, {"id": 2, "name": "*"}],
        "environment",
    ),
    "a workflow asleep": (
        "actions/workflows/publish.yml",
        "state",
        "disabled_inactivity",
        "schedule",
    ),
    "somebody passes by": (
        "rulesets/5",
        "bypass_actors",
        [{"actor_type": "Team"}],
        "branch-bypass",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_missing_fails_with_how_to_mend_it(guarded, forge_of, case, odd_answers):
    where, name, value, check = case
    if where == "rules":
        guarded.rules[0]["parameters"][name] = value
    else:
        if name == "errors":
            value = [{"line": 3, "column": 1, "kind": "Unknown owner", "path": "CODEOWNERS"}]
            value[0] |= {"source": "x", "suggestion": None, "message": "Unknown owner"}
        guarded.settings[where] = {**guarded.settings[where], name: value}
    found = seen(forge_of)
    assert [key for key, item in found.items() if item.result is Sight.FAIL] == [check]
    assert found[check].hint


def test_what_is_hidden_is_neither_good_nor_bad(hub, forge_of):
    hub.hidden |= {"/protection$", "/rulesets/", "/actions/", "/environments", "/codeowners/"}
    found = seen(forge_of)
    assert found.pop("host-clock").result is Sight.PASS
    assert {item.result for item in found.values()} == {Sight.CANNOT_SEE}
    assert all("the token needs: " in item.hint for item in found.values())


def test_no_protection_at_all_is_seen_as_such(hub, forge_of):
    found = seen(forge_of)
    for check in ("branch-pull-request", "branch-history", "branch-bypass"):
        assert found[check].result is Sight.FAIL
    assert "doctor --fix" in found["branch-bypass"].hint


def classic(*, bound: bool = True, **reviews) -> dict:
    """Return a classic protection that asks for all that is needed."""
    return {
        "enforce_admins": {"url": "https://example.com", "enabled": bound},
        "allow_deletions": {"enabled": False},
        "allow_force_pushes": {"enabled": False},
        "required_pull_request_reviews": {
            "required_approving_review_count": 1,
            "require_code_owner_reviews": True,
            "dismiss_stale_reviews": True,
            **reviews,
        },
    }


BY = "bypass_pull_request_allowances"
FREE = {
    "users": [fake.user("zoe")],
    "teams": [fake.described.like("team", slug="night-shift")],
    "apps": [fake.described.like("integration", slug="robot")],
}
PATH = "branches/main/protection"


@pytest.mark.parametrize("bound", [True, False])
def test_classic_protection_counts_where_admins_are_bound(hub, forge_of, bound, odd_answers):
    hub.settings[PATH] = classic(bound=bound)
    found = seen(forge_of)
    result = Sight.PASS if bound else Sight.FAIL
    assert [found[name].result for name in found if name.startswith("branch-")] == [result] * 5
    if not bound:
        assert found["branch-bypass"].message == "classic protection lets by: admins"
        assert all("do not allow bypassing" in found[name].hint for name in list(found)[:5])


@pytest.mark.parametrize(
    ("free", "told"),
    [
        ({}, ""),
        ({"users": [], "teams": [], "apps": []}, ""),
        (FREE, "@zoe, team night-shift, app robot"),
        ({"users": FREE["users"] * 7}, "@zoe, @zoe, @zoe, @zoe, @zoe and 2 more"),
    ],
)
def test_who_needs_no_pull_request_is_seen(hub, forge_of, free, told, odd_answers):
    hub.settings[PATH] = classic(**{BY: free})
    found = seen(forge_of)["branch-bypass"]
    assert found.result is (Sight.FAIL if told else Sight.PASS)
    assert found.message == (
        f"classic protection lets by: {told}" if told else "nobody may pass by the rules"
    )


@pytest.mark.parametrize(
    ("rules_let_by", "classic_lets_by", "result"),
    [(False, True, Sight.PASS), (True, False, Sight.PASS), (True, True, Sight.FAIL)],
)
def test_of_two_protections_one_that_lets_nobody_by_is_enough(
    guarded, forge_of, rules_let_by, classic_lets_by, result, odd_answers
):
    actors = [{"actor_type": "Team"}] if rules_let_by else []
    guarded.settings["rulesets/5"] = {**GUARDED["rulesets/5"], "bypass_actors": actors}
    guarded.settings[PATH] = classic(**({BY: FREE} if classic_lets_by else {}))
    assert seen(forge_of)["branch-bypass"].result is result


@pytest.mark.parametrize("hidden", [True, False])
def test_where_classic_protection_is_needed_it_has_to_be_seen(
    guarded, forge_of, hidden, odd_answers
):
    """What rule sets leave to it; who may pass by those alone says too little."""
    guarded.rules[0]["parameters"]["require_code_owner_review"] = False
    guarded.settings[PATH] = classic(**{BY: FREE})
    if hidden:
        guarded.hidden.add("/protection$")
    found = seen(forge_of)
    expected = (Sight.CANNOT_SEE, Sight.CANNOT_SEE) if hidden else (Sight.PASS, Sight.FAIL)
    checks = ("branch-code-owners", "branch-bypass")
    assert tuple(found[name].result for name in checks) == expected
    assert "administration=read" in found["branch-bypass"].hint or not hidden


def test_a_force_push_that_classic_protection_allows_is_seen(hub, forge_of, odd_answers):
    hub.settings[PATH] = {**classic(), "allow_force_pushes": {"enabled": True}}
    assert seen(forge_of)["branch-history"].result is Sight.FAIL


@pytest.mark.parametrize(
    ("seconds", "result", "told"),
    [
        (-50, Sight.PASS, "this clock is GitHub's"),
        (400, Sight.FAIL, "seconds ahead of GitHub's"),
        (-400, Sight.FAIL, "seconds behind GitHub's"),
    ],
)
def test_this_clock_is_held_against_github_s(guarded, forge_of, waits, seconds, result, told):
    waits.now += seconds
    found = seen(forge_of)["host-clock"]
    assert (found.result, told in found.message) == (result, True), found


@pytest.mark.parametrize("date", ["", "yesterday", "Sun, 99 Nov 2026 21:00:00 GMT"])
def test_an_answer_without_a_time_tells_none(date):
    headers = {"date": date} if date else {}
    assert _ahead(Answer(200, headers, b""), 0.0) is None
