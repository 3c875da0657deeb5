"""What protects the published branch at GitHub: rule sets, classic protection, Actions' settings.

A permission that is missing is an answer of its own. That of GitHub Actions' token sees neither
classic protection nor bypasses nor the settings of Actions: those need `administration: read`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from storesync.builtin.github_answer import Refused, has, odd, read
from storesync.builtin.github_client import Client
from storesync.diagnostics import printable
from storesync.plugins.guards import Finding, Inspection, Sight

# What has to hold: (check, what is told of it, the facts of which any one is enough for each).
_RULES: tuple[tuple[str, str, tuple[tuple[str, ...], ...]], ...] = (
    ("branch-pull-request", "a pull request with an approval is needed", (("approval",),)),
    ("branch-code-owners", "an owner in CODEOWNERS has to approve", (("owners",),)),
    (
        "branch-last-push",
        "an approval does not outlive a push that others have not approved",
        (("last push", "stale"),),
    ),
    ("branch-history", "it can be neither deleted nor pushed by force", (("delete",), ("force",))),
)
# An App's tokens are refused where the clocks are further apart ("Generating a JSON Web Token").
_APART = 60
_ADMINISTRATION = "the token needs: administration=read"


def inspect(client: Client, place: str, inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for each question. `place` is the repository's in the API.

    Raises UserError where an answer is not as documented, or none comes.
    """
    yield from _branch(client, place, inspection.branch)
    yield _codeowners(client, place, inspection.branch)
    yield _workflow_token(client, place)
    yield _pinning(client, place)
    yield _environment(client, place, inspection)
    yield _schedule(client, place, inspection.workflow)
    yield _clock(client)


def _branch(client: Client, place: str, branch: str) -> Iterator[Finding]:
    rules = client.pages(f"{place}/rules/branches/{quote(branch, safe='')}")
    facts = {fact for rule in rules for fact in _facts_of_rule(rule)}
    classic = _classic(client, place, branch)
    for check, told, needed in _RULES:
        if all(facts.union(classic or ()) & set(any_of) for any_of in needed):
            yield Finding(check, Sight.PASS, f"{branch}: {told}")
        elif classic is None:
            message = f"{branch}: no rule set says that {told}; classic protection is not visible"
            yield Finding(check, Sight.CANNOT_SEE, message, _ADMINISTRATION)
        else:
            hint = f"add it to a rule set of {branch} (Settings, Rules)"
            yield Finding(check, Sight.FAIL, f"{branch}: nothing says that {told}", hint)
    yield _bypasses(client, place, rules)


def _facts_of_rule(rule: Any) -> Iterator[str]:
    kind = read(rule, "type", str)
    if kind in {"deletion", "non_fast_forward"}:
        yield "delete" if kind == "deletion" else "force"
    if kind == "pull_request" and has(rule, "parameters"):
        if read(rule, "parameters.required_approving_review_count", int) > 0:
            yield "approval"
        for name, fact in (
            ("require_code_owner_review", "owners"),
            ("require_last_push_approval", "last push"),
            ("dismiss_stale_reviews_on_push", "stale"),
        ):
            if read(rule, f"parameters.{name}", bool):
                yield fact


def _classic(client: Client, place: str, branch: str) -> set[str] | None:
    """Return the facts of a classic protection: empty where there is none, None where not seen."""
    try:
        found = client.get(f"{place}/branches/{quote(branch, safe='')}/protection")
    except Refused as refused:
        if refused.status == 404 and refused.said == "Branch not protected":
            return set()
        if refused.status in {403, 404}:
            return None
        raise
    facts = {
        fact
        for name, fact in (("allow_deletions", "delete"), ("allow_force_pushes", "force"))
        if has(found, name) and not read(found, f"{name}.enabled", bool)
    }
    # Where admins are not bound, none of it binds.
    if not has(found, "enforce_admins") or not read(found, "enforce_admins.enabled", bool):
        return set()
    if has(found, "required_pull_request_reviews"):
        reviews = found["required_pull_request_reviews"]
        named = (
            ("required_approving_review_count", "approval"),
            ("require_code_owner_reviews", "owners"),
            ("require_last_push_approval", "last push"),
            ("dismiss_stale_reviews", "stale"),
        )
        facts |= {fact for name, fact in named if has(reviews, name)}
    return facts


def _bypasses(client: Client, place: str, rules: list[Any]) -> Finding:
    """Say who is bound by no rule set; GitHub shows it to those who may change the rule set."""
    check = "branch-bypass"
    ids = sorted({read(rule, "ruleset_id", int) for rule in rules if "ruleset_id" in rule})
    if not ids:
        hint = f"one is made by: storesync doctor --fix; or {_ADMINISTRATION}"
        return Finding(check, Sight.CANNOT_SEE, "there is no rule set to look at", hint)
    free = 0
    for number in ids:
        found = client.find(f"{place}/rulesets/{number}")
        if found is None or not isinstance(found.get("bypass_actors"), list):
            hint = "the token needs: administration=write"
            return Finding(check, Sight.CANNOT_SEE, "who may pass by the rules is hidden", hint)
        free += len(found["bypass_actors"])
    if free:
        message = f"{free} may pass by the rules of the branch"
        return Finding(check, Sight.FAIL, message, "take them out of the rule set's bypass list")
    return Finding(check, Sight.PASS, "nobody may pass by the rules")


def _codeowners(client: Client, place: str, branch: str) -> Finding:
    check = "codeowners-errors"
    found = client.find(f"{place}/codeowners/errors", {"ref": branch})
    if found is None:
        hint = "the token needs: contents=read; or there is no CODEOWNERS"
        return Finding(check, Sight.CANNOT_SEE, "GitHub shows no errors of CODEOWNERS", hint)
    errors = read(found, "errors", list)
    if not errors:
        return Finding(check, Sight.PASS, "GitHub understands every line of CODEOWNERS")
    first = errors[0]
    place_of = f"{printable(read(first, 'path', str))}:{read(first, 'line', int)}"
    message = f"{place_of}: {printable(read(first, 'kind', str))}"
    more = f", and {len(errors) - 1} more" if len(errors) > 1 else ""
    hint = "write it anew: storesync codeowners; owners need write access"
    return Finding(check, Sight.FAIL, message + more, hint)


def _workflow_token(client: Client, place: str) -> Finding:
    check = "workflow-permissions"
    found = client.find(f"{place}/actions/permissions/workflow")
    if found is None:
        return Finding(check, Sight.CANNOT_SEE, "what workflows may do is hidden", _ADMINISTRATION)
    hint = "Settings, Actions, General: read only, and no approving of pull requests"
    if read(found, "can_approve_pull_request_reviews", bool):
        return Finding(check, Sight.FAIL, "workflows may approve pull requests", hint)
    if read(found, "default_workflow_permissions", str) != "read":
        return Finding(check, Sight.FAIL, "workflows may write unless they say otherwise", hint)
    return Finding(check, Sight.PASS, "workflows may read, and approve nothing")


def _pinning(client: Client, place: str) -> Finding:
    check = "actions-pinned"
    found = client.find(f"{place}/actions/permissions")
    if found is None or "sha_pinning_required" not in found:
        message = "whether actions have to be pinned is hidden"
        return Finding(check, Sight.CANNOT_SEE, message, _ADMINISTRATION)
    if read(found, "sha_pinning_required", bool):
        return Finding(check, Sight.PASS, "actions have to be pinned by commit")
    hint = "Settings, Actions, General: require actions to be pinned to a full-length commit SHA"
    return Finding(check, Sight.FAIL, "actions may be named by a tag that can move", hint)


def _environment(client: Client, place: str, inspection: Inspection) -> Finding:
    check, name = "environment", inspection.environment
    found = client.find(f"{place}/environments", {"per_page": "100"})
    if found is None:
        hint = "the token needs: actions=read"
        return Finding(check, Sight.CANNOT_SEE, "environments are hidden", hint)
    all_of_them = read(found, "environments", list)
    same = [item for item in all_of_them if read(item, "name", str) == name]
    hint = f"Settings, Environments, {name}: selected branches, {inspection.branch}"
    if not same:
        return Finding(check, Sight.FAIL, f"there is no environment {name}", hint)
    policy = same[0].get("deployment_branch_policy")
    if policy is None or not read(policy, "custom_branch_policies", bool):
        message = f"the secrets of the environment {name} are open to other branches"
        return Finding(check, Sight.FAIL, message, hint)
    path = f"{place}/environments/{quote(name, safe='')}/deployment-branch-policies"
    allowed = client.find(path)
    if allowed is None:
        needed = "the token needs: actions=read"
        return Finding(check, Sight.CANNOT_SEE, "its branches are hidden", needed)
    branches = {read(item, "name", str) for item in read(allowed, "branch_policies", list)}
    if branches != {inspection.branch}:
        message = f"the environment {name} is open to {printable(', '.join(sorted(branches)))}"
        return Finding(check, Sight.FAIL, message, hint)
    return Finding(check, Sight.PASS, f"{name} is for {inspection.branch} alone")


def _schedule(client: Client, place: str, workflow: str) -> Finding:
    check = "schedule"
    found = client.find(f"{place}/actions/workflows/{quote(workflow, safe='')}")
    if found is None:
        message = f"{workflow} is not there, or hidden"
        return Finding(check, Sight.CANNOT_SEE, message, "the token needs: actions=read")
    state = read(found, "state", str)
    if state == "active":
        return Finding(check, Sight.PASS, f"{workflow} is switched on")
    if not state.startswith("disabled"):
        raise odd("state of a workflow")
    hint = f"switch it on: gh workflow enable {workflow}"
    return Finding(check, Sight.FAIL, f"{workflow} is off ({printable(state)})", hint)


def _clock(client: Client) -> Finding:
    """Say whether this machine's clock is GitHub's; an answer's Date is of whole seconds."""
    check, ahead = "host-clock", client.ahead
    if ahead is None:
        hint = "look at this machine's clock yourself: timedatectl"
        return Finding(check, Sight.CANNOT_SEE, "GitHub's answers bear no time", hint)
    if abs(ahead) <= _APART:
        return Finding(check, Sight.PASS, "this clock is GitHub's")
    side = "ahead of" if ahead > 0 else "behind"
    message = f"this clock is {abs(ahead):,.0f} seconds {side} GitHub's"
    return Finding(check, Sight.FAIL, message, "set this machine's clock: campaigns go by it")
