"""What a YAML reader would take an unquoted text for, by version 1.1 and by version 1.2."""

from __future__ import annotations

import re

# Core schema (YAML 1.2.2, section 10.3.2), and what ruamel.yaml reads as a number beyond it.
_CORE = re.compile(
    r"~|null|Null|NULL|true|True|TRUE|false|False|FALSE"
    r"|[-+]?(?:[0-9_]+|0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+)"
    r"|[-+]?(?:\.[0-9_]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_NULL = frozenset({"~", "null", "Null", "NULL"})
_CORE_STARTS = frozenset("~nNtTfF-+.0123456789")
# The types of YAML 1.1 that 1.2 has no longer: words, base 60, timestamps, "=" and "<<".
_OLD = re.compile(
    r"(?i:y|n|yes|no|on|off)|=|<<"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    r"(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
    r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?)?"
)


class Plain(str):
    """Unquoted text that YAML 1.2 reads as a number, a boolean or null.

    It is text all the same. Editors and check-jsonschema see no text there, so a later stage
    warns where the field wants one.
    """

    __slots__ = ()


def is_null(text: str) -> bool:
    """Say whether YAML reads unquoted `text` as nothing."""
    return text in _NULL


def is_core(text: str) -> bool:
    """Say whether YAML 1.2 reads unquoted `text` as something else than text. Not for ""."""
    return text[0] in _CORE_STARTS and " " not in text and _CORE.fullmatch(text) is not None


def is_ambiguous(text: str) -> bool:
    """Say whether YAML 1.1 or 1.2 reads unquoted `text` as something else than text."""
    return is_core(text) or _OLD.fullmatch(text) is not None
