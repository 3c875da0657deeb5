"""A mapping file: what the columns of one chain's tables mean."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from storesync.catalog.check import check
from storesync.diagnostics import has_errors
from storesync.errors import UserError
from storesync.importing.days import check_form
from storesync.model.base import Line, Model
from storesync.source.position import position
from storesync.source.yaml import read

Header = Annotated[str, Field(min_length=1, max_length=300)]


class MappingFile(Model):
    """A small YAML file beside the tables of a chain; every key may be left out."""

    columns: dict[Header, Line] = Field(
        default={}, description="Header in the table: name of the field. {Filial-Nr: id}"
    )
    ignore: list[Header] = Field(default=[], description="Headers that are left out silently.")
    constants: dict[Line, Line] = Field(
        default={}, description="Field: value for every row. {country: DE, timezone: Europe/Berlin}"
    )
    dates: Annotated[Line, AfterValidator(check_form)] = Field(
        default="YYYY-MM-DD", description="How days are written: DD.MM.YYYY, MM/DD/YYYY."
    )
    decimal: Literal[".", ","] | None = Field(
        default=None, description="The mark before a fraction, where 1,234 or 1.234 leaves a doubt."
    )


def read_mapping(name: str, raw: bytes) -> MappingFile:
    """Read a mapping file. Raises UserError that names the first place that is wrong."""
    document, found = read(name, raw)
    mapping = None
    if document is not None and not has_errors(found):
        mapping, more = check(document, MappingFile)
        found = [*found, *(item for item in more if item.rule != "quote-text")]
    if mapping is not None:
        return mapping
    first = min(found, key=lambda item: (item.line, item.at))
    line, column = (first.line, first.column) if first.line else position(name, raw, first.at)
    raise UserError(
        f"{name}:{line}:{column}: {first.message}", hint=first.hint or "see docs/importing.md"
    )
