"""The columns that a table of a campaign's values may have: they hang on its template."""

from __future__ import annotations

import re

from storesync.importing.campaign_values import ANSWERS, CampaignValues
from storesync.importing.columns import LOCATIONS, Vocabulary
from storesync.importing.fields import Field, fold
from storesync.model.template import VariableType

# A column of this campaign that is for people: `export values` writes it beside the id.
NAME = "name"
_IN_LANGUAGE = re.compile(
    r"(.+?)[. :]\s*([a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?)"
)
_OF_LANGUAGES = frozenset({VariableType.STRING, VariableType.URL})
_TAKEN = frozenset({"location", NAME, *ANSWERS})


def column_of(variable: str, language: str = "") -> str:
    """Return the header of a variable, of its text in one language where that is said."""
    name = f"values.{variable}" if variable in _TAKEN else variable
    return f"{name}.{language}" if language else name


def values_vocabulary(values: CampaignValues) -> Vocabulary:
    """Return the columns for a campaign: a location, its variables, and what its own file says."""
    names = {column_of(name): name for name in values.variables}
    fields = {
        "location": Field("location", (), "id"),
        **{column: Field(column, ("values", name), "value") for column, name in names.items()},
        **{name: Field(name, (name,), name) for name in ANSWERS},
    }
    folded = {fold(column): column for column in fields}
    folded |= {fold(f"values.{name}"): column for column, name in names.items()}

    def understood(header: str) -> Field | None:
        column = folded.get(fold(header))
        if column:
            return fields[column]
        within = _IN_LANGUAGE.fullmatch(header)
        name = names.get(folded.get(fold(within[1]), "")) if within else None
        if within and name and values.variables[name].type in _OF_LANGUAGES:
            return Field(column_of(name, within[2]), ("values", name, within[2]), "value")
        known = LOCATIONS.understood(header)
        return fields["location"] if known is not None and known.name == "id" else None

    return Vocabulary(
        fields,
        understood,
        understood,
        "location",
        "the location's id",
        "location",
        codes=frozenset({"location"}),
        silent=frozenset({fold(NAME), "brand", "campaign"}) - set(folded),
        one_each=True,
    )
