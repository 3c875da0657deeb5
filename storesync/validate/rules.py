"""Every rule by its id, from the one table beside this module: `rules.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from storesync.diagnostics import Severity


class Rule(NamedTuple):
    """What a rule is about. `waivable` ones may be set aside for a while, with a reason."""

    id: str
    severity: Severity
    waivable: bool
    title: str
    why: str
    mend: str


@cache
def rules() -> Mapping[str, Rule]:
    """Return all rules, in the order of the table."""
    import tomllib  # most runs break no rule, and waive none

    text = resources.files("storesync.validate").joinpath("rules.toml").read_text(encoding="utf-8")
    return {
        name: Rule(
            name, Severity(row["severity"]), row["waivable"], row["title"], row["why"], row["mend"]
        )
        for name, row in tomllib.loads(text).items()
    }
