"""What binds whoever changes a branch at GitHub: rule sets, and classic protection.

Neither is seen whole without rights: who sees nothing learns that, and never that all is well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from storesync.builtin.github_answer import Refused, has, read
from storesync.builtin.github_client import Client
from storesync.diagnostics import printable
from storesync.plugins.guards import Finding, Sight

ADMINISTRATION = "the token needs: administration=read"
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
_BYPASS = "branch-bypass"
_NOBODY = Finding(_BYPASS, Sight.PASS, "nobody may pass by the rules")
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class _Classic:
    """A classic protection: its facts, whether they bind admins, who needs no pull request.

    Whom `restrictions` let push still needs one: they take rights away and give none.
    """

    facts: frozenset[str] = frozenset()
    binds: bool = False
    free: tuple[str, ...] = ()


def inspect_branch(client: Client, place: str, branch: str) -> Iterator[Finding]:
    """Yield a finding for each thing that has to hold of a branch, and who may pass by.

    Raises UserError where an answer is not as documented, or none comes.
    """
    rules = client.pages(f"{place}/rules/branches/{quote(branch, safe='')}")
    facts = {fact for rule in rules for fact in _facts_of_rule(rule)}
    classic = _classic(client, place, branch)
    binding = classic.facts if classic is not None and classic.binds else frozenset()
    for check, told, needed in _RULES:
        if _holds(needed, facts.union(binding)):
            yield Finding(check, Sight.PASS, f"{branch}: {told}")
        elif classic is None:
            message = f"{branch}: no rule set says that {told}; classic protection is not visible"
            yield Finding(check, Sight.CANNOT_SEE, message, ADMINISTRATION)
        elif _holds(needed, facts.union(classic.facts)):
            hint = f"Settings, Branches, {branch}: do not allow bypassing the above settings"
            yield Finding(check, Sight.FAIL, f"{branch}: for admins it is not so that {told}", hint)
        else:
            where = f"a rule set of {branch} (Settings, Rules)"
            hint = f"add it to {where}: storesync doctor --fix has one"
            yield Finding(check, Sight.FAIL, f"{branch}: nothing says that {told}", hint)
    yield _bypasses(client, place, rules, facts, classic)


def _holds(needed: Collection[Collection[str]], facts: Collection[str]) -> bool:
    return all(set(any_of).intersection(facts) for any_of in needed)


def _is_all(facts: Collection[str]) -> bool:
    return all(_holds(needed, facts) for _, _, needed in _RULES)


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


def _classic(client: Client, place: str, branch: str) -> _Classic | None:
    """Return a classic protection: without facts where there is none, None where not seen."""
    try:
        found = client.get(f"{place}/branches/{quote(branch, safe='')}/protection")
    except Refused as refused:
        if refused.status == 404 and refused.said == "Branch not protected":
            return _Classic()
        if refused.status in {403, 404}:
            return None
        raise
    facts = {
        fact
        for name, fact in (("allow_deletions", "delete"), ("allow_force_pushes", "force"))
        if has(found, name) and not read(found, f"{name}.enabled", bool)
    }
    free: list[str] = []
    if has(found, "required_pull_request_reviews"):
        reviews = found["required_pull_request_reviews"]
        named = (
            ("required_approving_review_count", "approval"),
            ("require_code_owner_reviews", "owners"),
            ("require_last_push_approval", "last push"),
            ("dismiss_stale_reviews", "stale"),
        )
        facts |= {fact for name, fact in named if has(reviews, name)}
        free += _without_pull_request(reviews)
    binds = has(found, "enforce_admins") and read(found, "enforce_admins.enabled", bool)
    return _Classic(frozenset(facts), binds, (*(() if binds else ("admins",)), *free))


def _without_pull_request(reviews: Any) -> Iterator[str]:
    """Yield who may push without a pull request, and so without anybody's approval."""
    if not has(reviews, "bypass_pull_request_allowances"):
        return
    allowed = reviews["bypass_pull_request_allowances"]
    for kind, one, name in (
        ("users", "@", "login"),
        ("teams", "team ", "slug"),
        ("apps", "app ", "slug"),
    ):
        if has(allowed, kind):
            yield from (f"{one}{read(item, name, str)}" for item in read(allowed, kind, list))


def _bypasses(
    client: Client, place: str, rules: list[Any], facts: set[str], classic: _Classic | None
) -> Finding:
    """Say who is not bound by the rules that are needed.

    Where either kind of protection is enough by itself and lets nobody by, it does not matter whom
    the other one does.
    """
    if classic is not None and not classic.free and _is_all(classic.facts):
        return _NOBODY
    ids = sorted({read(rule, "ruleset_id", int) for rule in rules if "ruleset_id" in rule})
    if _is_all(facts):
        return _past_rule_sets(client, place, ids)
    if classic is not None and classic.facts and classic.free:
        names = printable(", ".join(classic.free[:_MOST_NAMED]), limit=400)
        more = len(classic.free) - _MOST_NAMED
        message = f"classic protection lets by: {names}{f' and {more} more' if more > 0 else ''}"
        hint = "Settings, Branches: do not allow bypassing, and let nobody by without pull requests"
        return Finding(_BYPASS, Sight.FAIL, message, hint)
    if classic is not None and not classic.facts and not ids:
        hint = "a rule set is made by: storesync doctor --fix"
        message = "there is no rule that anybody would have to keep"
        return Finding(_BYPASS, Sight.FAIL, message, hint)
    found = _past_rule_sets(client, place, ids)
    if classic is None and found.result is Sight.PASS:
        message = "whom classic protection lets by is hidden"
        return Finding(_BYPASS, Sight.CANNOT_SEE, message, ADMINISTRATION)
    return found


def _past_rule_sets(client: Client, place: str, ids: list[int]) -> Finding:
    """Say who may pass by some rule sets; GitHub shows that to those who may change them."""
    free = 0
    for number in ids:
        found = client.find(f"{place}/rulesets/{number}")
        if found is None or not isinstance(found.get("bypass_actors"), list):
            hint = "the token needs: administration=write"
            return Finding(_BYPASS, Sight.CANNOT_SEE, "who may pass by the rules is hidden", hint)
        free += len(found["bypass_actors"])
    if free:
        message = f"{free} may pass by the rules of the branch"
        return Finding(_BYPASS, Sight.FAIL, message, "take them out of the rule set's bypass list")
    return _NOBODY
