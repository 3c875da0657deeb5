"""What a code host has to hold so that approvals mean something: rule sets in GitHub's own form.

After "Repository rule sets" (REST, version 2022-11-28). Each is to be sent on its own.
"""

from __future__ import annotations

from typing import Any

# GitHub Actions as an app: anybody who may write could set a status of the same name otherwise.
_ACTIONS = 15368
_CHECK = "validate"
_KEPT = ({"type": "deletion"}, {"type": "non_fast_forward"})


def rulesets(branch: str, ledger: str, tag: str) -> list[dict[str, Any]]:
    """Return the rules for the published branch, the ledger's branch, and the tag of its beginning.

    Names without `refs/heads/` and `refs/tags/`. Nobody is exempt.
    """
    review = {
        "required_approving_review_count": 1,
        "require_code_owner_review": True,
        "require_last_push_approval": True,
        # StoreSync itself lets an approval fall where a push changes what would go out.
        "dismiss_stale_reviews_on_push": False,
        "required_review_thread_resolution": False,
    }
    checks = {
        "strict_required_status_checks_policy": False,
        "required_status_checks": [{"context": _CHECK, "integration_id": _ACTIONS}],
    }
    asked = [
        {"type": "pull_request", "parameters": review},
        {"type": "required_status_checks", "parameters": checks},
    ]
    return [
        _ruleset("StoreSync: what is published", f"refs/heads/{branch}", [*_KEPT, *asked]),
        _ruleset("StoreSync: the ledger", f"refs/heads/{ledger}", [*_KEPT]),
        _ruleset("StoreSync: where the ledger begins", f"refs/tags/{tag}", [*_KEPT, _FIXED]),
    ]


_FIXED = {"type": "update"}


def _ruleset(name: str, ref: str, rules: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": name,
        "target": "tag" if ref.startswith("refs/tags/") else "branch",
        "enforcement": "active",
        "bypass_actors": [],
        "conditions": {"ref_name": {"include": [ref], "exclude": []}},
        "rules": rules,
    }
