"""Cuts GitHub's OpenAPI description to what the forge `github` asks, and writes openapi.json.

    npm pack @octokit/openapi && tar -xzf octokit-openapi-*.tgz
    python tests/github/cut_openapi.py package/generated/api.github.com.json

Descriptions and examples are left out: only what an answer has to be like stays. The description
is GitHub's (github/rest-api-description, MIT).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).with_name("openapi.json")
REPO = "/repos/{owner}/{repo}"
TEAM = "/orgs/{org}/teams/{team_slug}"
OPERATIONS = {
    "/user": ["get"],
    "/app": ["get"],
    "/app/installations/{installation_id}/access_tokens": ["post"],
    f"{TEAM}": ["get"],
    f"{TEAM}/memberships/{{username}}": ["get"],
    f"{REPO}/activity": ["get"],
    f"{REPO}/actions/permissions": ["get"],
    f"{REPO}/actions/permissions/workflow": ["get"],
    f"{REPO}/actions/workflows/{{workflow_id}}": ["get"],
    f"{REPO}/branches/{{branch}}": ["get"],
    f"{REPO}/branches/{{branch}}/protection": ["get"],
    f"{REPO}/codeowners/errors": ["get"],
    f"{REPO}/collaborators/{{username}}/permission": ["get"],
    f"{REPO}/commits/{{commit_sha}}/pulls": ["get"],
    f"{REPO}/environments": ["get"],
    f"{REPO}/environments/{{environment_name}}/deployment-branch-policies": ["get"],
    f"{REPO}/issues/comments/{{comment_id}}": ["patch"],
    f"{REPO}/issues/{{issue_number}}": ["get"],
    f"{REPO}/issues/{{issue_number}}/comments": ["get", "post"],
    f"{REPO}/issues/{{issue_number}}/labels": ["post"],
    f"{REPO}/pulls": ["get", "post"],
    f"{REPO}/pulls/{{pull_number}}": ["get", "patch"],
    f"{REPO}/pulls/{{pull_number}}/commits": ["get"],
    f"{REPO}/pulls/{{pull_number}}/merge": ["put"],
    f"{REPO}/pulls/{{pull_number}}/requested_reviewers": ["post"],
    f"{REPO}/pulls/{{pull_number}}/reviews": ["get", "post"],
    f"{REPO}/pulls/{{pull_number}}/reviews/{{review_id}}/comments": ["get"],
    f"{REPO}/rules/branches/{{branch}}": ["get"],
    f"{REPO}/rulesets/{{ruleset_id}}": ["get"],
}
SAYS_NOTHING = {
    *("description", "example", "examples", "externalDocs", "title", "summary", "tags"),
    "discriminator",  # its references are no `$ref`, and what it chooses by is in the schemas
}


def without_words(value: Any, *, in_names: bool = False) -> Any:
    """Return a value without what is for people; names of properties stay whatever they are."""
    if isinstance(value, list):
        return [without_words(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: without_words(item, in_names=name in {"properties", "schemas"} and not in_names)
        for name, item in value.items()
        if in_names or (name not in SAYS_NOTHING and not name.startswith("x-"))
    }


def references(value: Any) -> set[str]:
    """Return what a value points to: '#/components/schemas/…'."""
    if isinstance(value, list):
        return {found for item in value for found in references(item)}
    if not isinstance(value, dict):
        return set()
    own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
    return own | {found for item in value.values() for found in references(item)}


def operation(found: dict[str, Any]) -> dict[str, Any]:
    """Return of an operation what is asked and what is answered where it went well."""
    kept = {name: found[name] for name in ("parameters", "requestBody") if name in found}
    good = {code: answer for code, answer in found["responses"].items() if code.startswith("2")}
    for answer in good.values():
        answer.pop("headers", None)
    return kept | {"responses": good}


def cut(whole: dict[str, Any]) -> dict[str, Any]:
    """Return the description of the operations above and all they point to."""
    paths = {
        path: {method: operation(whole["paths"][path][method]) for method in methods}
        for path, methods in OPERATIONS.items()
    }
    paths = without_words(paths, in_names=True)
    components: dict[str, dict[str, Any]] = {}
    waiting = references(paths)
    while waiting:
        _, _, kind, name = waiting.pop().split("/")
        if name not in components.setdefault(kind, {}):
            components[kind][name] = without_words(whole["components"][kind][name])
            waiting |= references(components[kind][name])
    return {
        "openapi": whole["openapi"],
        "info": {"title": "GitHub, cut", "version": whole["info"]["version"]},
        "paths": paths,
        "components": {kind: dict(sorted(items.items())) for kind, items in components.items()},
    }


if __name__ == "__main__":
    description = cut(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    lines = json.dumps(description, separators=(",", ":"), sort_keys=True)
    TARGET.write_text(lines.replace('"paths":', '\n"paths":') + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(lines):,} bytes")  # noqa: T201 - a script tells what it did
