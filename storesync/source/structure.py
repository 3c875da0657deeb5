"""Bytes -> what is wrong in their structure: depth, anchors, aliases, tags, directives, documents.

Tokens are read one by one, only in files where something looks like one of these, and no further
than to the first thing that ends the matter: neither time nor stack depends on what a file nests.
"""

from __future__ import annotations

import re

import yaml
from yaml import tokens as kinds

from storesync.diagnostics import Diagnostic, printable
from storesync.source.parser import tokens
from storesync.source.prescan import MAX_DIAGNOSTICS

MAX_DEPTH = 50
# Together at most MAX_DEPTH: so many brackets, and a line that begins so many blocks at once
# (each needs a column of its own among the blanks and indicators at the line's beginning).
_FEW_BRACKETS = 25
_AT_START = re.compile(rb"%|\.\.\.|[ \t?:-]{25}")
_AT_LINE = re.compile(rb"[\r\n](?:%|---|\.\.\.|[ \t?:-]{25})")
# An anchor, alias or tag follows a line's beginning or an indicator, never the text of a scalar.
_PROPERTY = re.compile(rb"(?:\A|[\r\n:?,\-\[\]{}\"'])[ \t]*[&*!]")

_OPENING = (
    kinds.FlowSequenceStartToken,
    kinds.FlowMappingStartToken,
    kinds.BlockSequenceStartToken,
    kinds.BlockMappingStartToken,
)
_CLOSING = (kinds.FlowSequenceEndToken, kinds.FlowMappingEndToken, kinds.BlockEndToken)
_QUOTE = "if this is text, put it in quotes"


def is_simple(body: bytes) -> bool:
    """Say whether the bytes cannot hold what `check_structure` looks for; cheap, never wrong."""
    return not (
        body.count(b"[") + body.count(b"{") > _FEW_BRACKETS
        or ((b"&" in body or b"*" in body or b"!" in body) and _PROPERTY.search(body))
        or _AT_START.match(body)
        or _AT_LINE.search(body)
    )


def check_structure(path: str, body: bytes) -> tuple[list[Diagnostic], bool]:
    """Return what is wrong, and whether the file may be composed nevertheless."""
    check = _Check(path)
    try:
        for token in tokens(body):
            if not check.take(token) or len(check.found) > MAX_DIAGNOSTICS:
                return check.found, False
    except yaml.YAMLError:
        pass  # composing meets the same error and explains it
    return check.found, not check.has_alias


class _Check:
    """What was seen of a file so far."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[Diagnostic] = []
        self.has_alias = False
        self.depth = 0
        self.begun = False
        self.ended = False

    def take(self, token: kinds.Token) -> bool:
        """Look at the next token; return False where reading on makes no sense."""
        if isinstance(token, _OPENING):
            self.depth += 1
            if self.depth > MAX_DEPTH:
                self.report("yaml-depth", f"nested deeper than {MAX_DEPTH} levels", token)
                return False
        elif isinstance(token, _CLOSING):
            self.depth -= 1
        elif isinstance(token, kinds.AnchorToken | kinds.AliasToken | kinds.TagToken):
            self.report_property(token)
        return self.take_mark(token)

    def take_mark(self, token: kinds.Token) -> bool:
        """Follow where the document begins and ends; return False behind its end."""
        if isinstance(token, kinds.StreamStartToken | kinds.StreamEndToken):
            return True
        if isinstance(token, kinds.DirectiveToken):
            message = (
                f'directive "%{printable(token.name)}" is not allowed: {_QUOTE}, else delete it'
            )
            self.report("yaml-directive", message, token)
        elif isinstance(token, kinds.DocumentEndToken):
            self.ended = True
        elif self.ended or (self.begun and isinstance(token, kinds.DocumentStartToken)):
            what = 'content after "..."' if self.ended else 'second document after "---"'
            message = f"{what}: a file is one document; delete that line or put the text in quotes"
            self.report("yaml-document", message, token)
            return False
        else:
            self.begun = True
        return True

    def report_property(self, token: kinds.AnchorToken | kinds.AliasToken | kinds.TagToken) -> None:
        if isinstance(token, kinds.TagToken):
            handle, suffix = token.value
            name = printable(f"{handle or ''}{suffix or ''}", limit=60)
            self.report("yaml-tag", f'tag "{name}" is not allowed: {_QUOTE}', token)
            return
        kind, sign = ("alias", "*") if isinstance(token, kinds.AliasToken) else ("anchor", "&")
        self.has_alias = self.has_alias or kind == "alias"
        name = f"{sign}{printable(token.value, limit=60)}"
        self.report("yaml-anchor", f'{kind} "{name}" is not allowed: {_QUOTE}', token)

    def report(self, rule: str, message: str, token: kinds.Token) -> None:
        mark = token.start_mark
        self.found.append(Diagnostic(rule, message, self.path, (), mark.line + 1, mark.column + 1))
