"""The first wall: what a template may say at all, decided on its parsed form before compiling.

Jinja computes constants when it compiles: `{{ 'A' * 200000000 }}` takes 782 MB there, before
anything is rendered. Parsing alone is harmless once its input is bounded.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.parser import Parser

from storesync.diagnostics import Diagnostic, printable
from storesync.render.grammar import BAD_CHARACTER, Trouble, troubles_of
from storesync.render.naming import INCLUDE_NAME

MAX_BYTES = 262_144
MAX_TOKENS = 30_000
MAX_NODES = 10_000
MAX_DEPTH = 60
MAX_BRACKETS = 25
MAX_STATEMENTS = 25
MAX_LOOPS = 10
_MAX_REPORTED = 20
_MAX_DIGITS = 15
_MAX_SIGNS = 20
_PLAIN = Environment(trim_blocks=True, lstrip_blocks=True, autoescape=False)  # noqa: S701 - only parses
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


class Use(NamedTuple):
    """One template naming others: of these the first that exists is meant."""

    names: tuple[str, ...]
    line: int
    optional: bool


class Examined(NamedTuple):
    """A parsed template, whom it includes, and what is wrong with it.

    `tree` is None where there are diagnostics.
    """

    tree: nodes.Template | None
    uses: tuple[Use, ...]
    diagnostics: tuple[Diagnostic, ...]


class _Stop(Exception):  # noqa: N818 - not an error but the end of a scan
    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble


def check(source: str, name: str) -> list[Diagnostic]:
    """Return what a template may not say, each with its line; `name` is its path.

    Rules: `template-too-large`, `template-syntax`, `template-not-allowed`.
    """
    return list(examine(source, name).diagnostics)


def examine(source: str, name: str) -> Examined:
    """Parse a template and check every node of it, in time linear in its size."""
    try:
        _scan(source)
        tree = _parse(source, name)
        found, uses = _walk(tree)
    except _Stop as stop:
        return Examined(None, (), (_diagnostic(name, stop.trouble),))
    found.sort(key=lambda trouble: trouble.line)
    diagnostics = tuple(_diagnostic(name, trouble) for trouble in found[:_MAX_REPORTED])
    return Examined(None if diagnostics else tree, tuple(uses), diagnostics)


def _diagnostic(path: str, trouble: Trouble) -> Diagnostic:
    message = printable(trouble.message, limit=300)
    return Diagnostic(trouble.rule, message, path, line=trouble.line, hint=trouble.hint)


def too_large(source: str) -> Trouble | None:
    """Say whether a template is over the size in bytes that is looked at."""
    size = len(source) if source.isascii() else len(source.encode("utf-8", "surrogatepass"))
    if size <= MAX_BYTES:
        return None
    message = f"the template has {size:,} bytes; at most {MAX_BYTES:,} are read"
    return Trouble("template-too-large", 1, message, "move parts of it into included files")


def _scan(source: str) -> None:
    """Bound the work of parsing: size, characters, tokens, and how deep they nest."""
    large = too_large(source)
    if large:
        raise _Stop(large)
    bad = BAD_CHARACTER.search(source)
    if bad:
        line = source.count("\n", 0, bad.start()) + 1
        code = ord(bad.group())
        message, hint = f"the template has the control character U+{code:04X}", "remove it"
        if 0xDC80 <= code <= 0xDCFF:  # what Python makes of a byte that is none of UTF-8
            message, hint = f"byte 0x{code - 0xDC00:02X} is not UTF-8", "save the file as UTF-8"
        raise _Stop(Trouble("template-syntax", line, message, hint))
    try:
        _scan_tokens(source)
    except TemplateSyntaxError as error:
        raise _Stop(_syntax(error)) from None


def _scan_tokens(source: str) -> None:
    depth = signs = tokens = 0
    for line, kind, text in _PLAIN.lexer.tokeniter(source, None):
        if kind == "whitespace":
            continue
        tokens += 1
        if kind == "operator" and text in _OPENING:
            depth += 1
        elif kind == "operator" and text in _CLOSING:
            depth -= 1
        signs = signs + 1 if text in {"-", "+", "not"} else 0
        if tokens > MAX_TOKENS:
            raise _Stop(
                _too_much(line, f"the template has more than {MAX_TOKENS:,} words and signs")
            )
        if depth > MAX_BRACKETS or signs > _MAX_SIGNS:
            raise _Stop(_too_much(line, "an expression is nested too deeply"))
        if len(text) > _MAX_DIGITS * (2 if kind == "float" else 1) and kind in {"integer", "float"}:
            message = f"a number has {len(text):,} digits; at most {_MAX_DIGITS} are read"
            raise _Stop(Trouble("template-not-allowed", line, message))
        if kind == "float" and not math.isfinite(float(text)):
            raise _Stop(Trouble("template-not-allowed", line, f"{text} is too large a number"))


def _too_much(line: int, message: str) -> Trouble:
    return Trouble("template-too-large", line, message, "split it into smaller parts")


def _syntax(error: TemplateSyntaxError) -> Trouble:
    message = (error.message or "the template cannot be read").rstrip(".")
    return Trouble("template-syntax", error.lineno, message)


def _parse(source: str, name: str) -> nodes.Template:
    try:
        parser = Parser(_PLAIN, source, name)
    except TemplateSyntaxError as error:
        raise _Stop(_syntax(error)) from None
    try:
        return parser.parse()
    except TemplateSyntaxError as error:
        raise _Stop(_syntax(error)) from None
    except RecursionError:
        message = "the template is nested too deeply"
        raise _Stop(_too_much(parser.stream.current.lineno, message)) from None
    except (ValueError, TypeError, OverflowError, SyntaxError) as error:
        # Jinja reads literals with Python's own functions, which raise their own errors.
        line = parser.stream.current.lineno
        message = f"the template cannot be read: {str(error)[:100]}"
        raise _Stop(Trouble("template-syntax", line, message)) from None


def _walk(tree: nodes.Template) -> tuple[list[Trouble], list[Use]]:
    modules = frozenset(node.target for node in _descend(tree) if isinstance(node, nodes.Import))
    found: list[Trouble] = []
    uses: list[Use] = []
    for node in _descend(tree):
        found.extend(troubles_of(node, modules))
        if isinstance(node, nodes.Include | nodes.Extends | nodes.Import | nodes.FromImport):
            use = _use(node, found)
            if use:
                uses.append(use)
    return found, uses


def _descend(tree: nodes.Template) -> Iterator[nodes.Node]:
    """Yield every node, without recursion. Raises _Stop where there are too many."""
    waiting: list[tuple[nodes.Node, int, int, int]] = [(tree, 0, 0, 0)]
    count = 0
    while waiting:
        node, depth, statements, loops = waiting.pop()
        count += 1
        line = node.lineno or 1
        if count > MAX_NODES:
            raise _Stop(_too_much(line, f"the template has more than {MAX_NODES:,} parts"))
        statements += isinstance(node, nodes.Stmt) and not isinstance(node, nodes.Output)
        loops += isinstance(node, nodes.For)
        if depth > MAX_DEPTH or statements > MAX_STATEMENTS or loops > MAX_LOOPS:
            raise _Stop(_too_much(line, "the template is nested too deeply"))
        yield node
        children = node.iter_child_nodes()
        waiting += ((child, depth + 1, statements, loops) for child in children)


def _use(
    node: nodes.Include | nodes.Extends | nodes.Import | nodes.FromImport, found: list[Trouble]
) -> Use | None:
    wanted = node.template
    items = wanted.items if isinstance(wanted, nodes.Tuple | nodes.List) else [wanted]
    names = [item.value for item in items if isinstance(item, nodes.Const)]
    if len(names) != len(items) or not all(isinstance(name, str) for name in names) or not names:
        message = "a template is included by its name in quotes only"
        found.append(Trouble("template-not-allowed", node.lineno, message))
        return None
    for name in names:
        if not INCLUDE_NAME.match(name):
            message = f'"{printable(name, limit=60)}" may not be included'
            hint = 'write the bare name of an .html.j2 or .txt.j2 file: "footer.html.j2"'
            found.append(Trouble("template-not-allowed", node.lineno, message, hint))
            return None
    optional = isinstance(node, nodes.Include) and node.ignore_missing
    return Use(tuple(names), node.lineno, optional)
