"""What GitHub's settings protect: the published branch, what workflows may do, and when they run.

A permission that is missing is an answer of its own. That of GitHub Actions' token sees neither
classic protection nor bypasses nor the settings of Actions: those need `administration: read`.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from storesync.builtin.github_answer import odd, read
from storesync.builtin.github_branch import ADMINISTRATION, inspect_branch
from storesync.builtin.github_client import Client
from storesync.diagnostics import printable
from storesync.plugins.guards import Finding, Inspection, Sight

# An App's tokens are refused where the clocks are further apart ("Generating a JSON Web Token").
_APART = 60


def inspect(client: Client, place: str, inspection: Inspection) -> Iterator[Finding]:
    """Yield a finding for each question. `place` is the repository's in the API.

    Raises UserError where an answer is not as documented, or none comes.
    """
    yield from inspect_branch(client, place, inspection.branch)
    yield _codeowners(client, place, inspection.branch)
    yield _workflow_token(client, place)
    yield _pinning(client, place)
    yield _environment(client, place, inspection)
    yield _schedule(client, place, inspection.workflow)
    yield _clock(client)


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
        return Finding(check, Sight.CANNOT_SEE, "what workflows may do is hidden", ADMINISTRATION)
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
        return Finding(check, Sight.CANNOT_SEE, message, ADMINISTRATION)
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
