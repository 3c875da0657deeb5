"""docs/rules.md: every rule of validation, from the table beside the code that uses it."""

from __future__ import annotations

from collections.abc import Iterator

from storesync.validate.rules import Rule, rules

# The first rule of each family, in the order of the table.
FAMILIES = {
    "yaml-syntax": "Text and YAML",
    "unknown-field": "Fields and files",
    "unknown-template": "What refers to something else",
    "unknown-variable": "Values",
    "flight-ends-first": "Times",
    "answer-after-start": "Locations' answers",
    "offer-collision": "Offers and messages that meet",
    "template-syntax": "Templates and what they give",
    "format-version": "Formats and waivers",
    "ledger-damaged": "The ledger",
    "codeowners-line": "Teams and CODEOWNERS",
    "requirement-never-holds": "Requirements",
}


def every_rule() -> str:
    """Return a section for each family and each rule, the id as its heading."""
    return "\n".join(line for rule in rules().values() for line in _section(rule))


def _section(rule: Rule) -> Iterator[str]:
    if rule.id in FAMILIES:
        yield f"\n## {FAMILIES[rule.id]}"
    yield f"\n### {rule.id}\n"
    kind = rule.severity.value.capitalize()
    yield f"{kind}{', can be waived' if rule.waivable else ''}. **{rule.title}.**"
    if rule.why:
        yield rule.why
    yield f"To mend it: {rule.mend}"


PARTS = {"rules": every_rule}
