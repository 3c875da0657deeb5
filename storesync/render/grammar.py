"""Which nodes, names, filters and operators a template may have: one small rule for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from unicodedata import normalize

from jinja2 import nodes

from storesync.diagnostics import did_you_mean
from storesync.render import bounded, vocabulary

_ALLOWED: frozenset[type[nodes.Node]] = frozenset(
    {
        nodes.Add,
        nodes.And,
        nodes.Assign,
        nodes.AssignBlock,
        nodes.Block,
        nodes.Call,
        nodes.CallBlock,
        nodes.Compare,
        nodes.Concat,
        nodes.CondExpr,
        nodes.Const,
        nodes.Dict,
        nodes.Div,
        nodes.Extends,
        nodes.Filter,
        nodes.FilterBlock,
        nodes.FloorDiv,
        nodes.For,
        nodes.FromImport,
        nodes.Getattr,
        nodes.Getitem,
        nodes.If,
        nodes.Import,
        nodes.Include,
        nodes.Keyword,
        nodes.List,
        nodes.Macro,
        nodes.Mod,
        nodes.Mul,
        nodes.NSRef,
        nodes.Name,
        nodes.Neg,
        nodes.Not,
        nodes.Operand,
        nodes.Or,
        nodes.Output,
        nodes.Pair,
        nodes.Pos,
        nodes.Slice,
        nodes.Sub,
        nodes.Template,
        nodes.TemplateData,
        nodes.Test,
        nodes.Tuple,
        nodes.With,
    }
)
_NAMES = {
    nodes.Pow: "**",
    nodes.Scope: "{% autoescape %}",
    nodes.ScopedEvalContextModifier: "{% autoescape %}",
}
# As in YAML files: controls, separators that are line ends to some, and characters that make a
# text read otherwise than it is stored.
BAD_CHARACTER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_Number = int | float


class Trouble(NamedTuple):
    """Something a template may not say: a diagnostic without its path."""

    rule: str
    line: int
    message: str
    hint: str = ""


def troubles_of(node: nodes.Node, modules: frozenset[str]) -> Iterator[Trouble]:
    """Yield what is wrong with one node; `modules` are the names that imports are bound to."""
    kind = type(node)
    if kind is nodes.Scope:
        return  # its content, the modifier, says what it is
    if kind not in _ALLOWED:
        shown = _NAMES.get(kind, kind.__name__.lower())
        yield _refused(node, f"{shown} is not allowed in templates")
        return
    if isinstance(node, nodes.Call):
        yield from _call(node, modules)
        return
    rule = _RULES.get(kind)
    if rule:
        yield from rule(node)


def _refused(node: nodes.Node, message: str, hint: str = "") -> Trouble:
    return Trouble("template-not-allowed", node.lineno or 1, message, hint)


def _call(node: nodes.Call, modules: frozenset[str]) -> Iterator[Trouble]:
    called = node.node
    yield from _twice(node, [str(pair.key) for pair in node.kwargs])
    if node.dyn_args or node.dyn_kwargs:
        yield _refused(node, "* and ** are not allowed in calls")
    if isinstance(called, nodes.Name):
        if called.name in vocabulary.BANNED_FUNCTIONS:
            yield _refused(node, f"{called.name}() is not allowed in templates")
    elif isinstance(called, nodes.Getattr):
        owner = called.node
        free = isinstance(owner, nodes.Name) and (owner.name == "self" or owner.name in modules)
        if not free and called.attr not in vocabulary.METHODS:
            hint = "values are plain data; filters change them: {{ name|upper }}"
            yield _refused(node, f".{called.attr}() is not allowed in templates", hint)
    else:
        yield _refused(node, "only functions, macros and methods can be called, each by its name")


def _name(node: nodes.Name) -> Iterator[Trouble]:
    if node.name.startswith("__"):
        yield _refused(node, f"the name {node.name} is not allowed in templates")

    elif not node.name.isascii() and normalize("NFKC", node.name) != node.name:
        shown = normalize("NFKC", node.name)
        yield _refused(node, f'the name "{node.name}" would be read as "{shown}": write that')


def _constant(node: nodes.Const) -> Iterator[Trouble]:
    bad = BAD_CHARACTER.search(node.value) if isinstance(node.value, str) else None
    if bad:
        message = f"an escape gives the control character U+{ord(bad.group()):04X}"
        yield Trouble(
            "template-syntax", node.lineno, message, "write the character itself, or none"
        )


def _arguments(node: nodes.Macro | nodes.CallBlock) -> Iterator[Trouble]:
    yield from _twice(node, [argument.name for argument in node.args])


def _twice(node: nodes.Node, names: list[str]) -> Iterator[Trouble]:
    """Refuse what Jinja lets through and Python does not compile."""
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Trouble("template-syntax", node.lineno or 1, f'the argument "{name}" stands twice')


def _attribute(node: nodes.Getattr) -> Iterator[Trouble]:
    if node.attr.startswith("_"):
        yield _refused(node, f".{node.attr} is not allowed: it begins with an underscore")


def _set(node: nodes.NSRef) -> Iterator[Trouble]:
    if node.attr.startswith("_"):
        yield _refused(node, f".{node.attr} is not allowed: it begins with an underscore")


def _item(node: nodes.Getitem) -> Iterator[Trouble]:
    key = node.arg
    if isinstance(key, nodes.Const) and isinstance(key.value, str) and key.value.startswith("_"):
        yield _refused(node, f"[{key.value!r}] is not allowed: it begins with an underscore")
    if isinstance(key, nodes.Tuple) and any(isinstance(item, nodes.Slice) for item in key.items):
        yield Trouble(
            "template-syntax", node.lineno, "a slice stands alone between brackets: [1:3]"
        )


def _loop(node: nodes.For) -> Iterator[Trouble]:
    if node.recursive:
        yield _refused(node, "a recursive loop is not allowed in templates")


def _product(node: nodes.Mul) -> Iterator[Trouble]:
    for side in (node.left, node.right):
        if _is_no_number(side):
            yield _refused(node, "* multiplies numbers only")


def _remainder(node: nodes.Mod) -> Iterator[Trouble]:
    if _is_no_number(node.left):
        hint = 'to fill a text, write {{ "%.2f"|format(price) }}'
        yield _refused(node, "% takes numbers only", hint)


def _is_no_number(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Const):
        return not isinstance(node.value, _Number)
    texts = (nodes.List, nodes.Tuple, nodes.Dict, nodes.Concat, nodes.TemplateData)
    return isinstance(node, texts)


def _test(node: nodes.Test) -> Iterator[Trouble]:
    if node.name not in vocabulary.TESTS:
        hint = did_you_mean(node.name, vocabulary.TESTS)
        yield Trouble("template-syntax", node.lineno, f'there is no test "is {node.name}"', hint)
    if node.dyn_args or node.dyn_kwargs:
        yield _refused(node, "* and ** are not allowed in tests")
    yield from _twice(node, [str(pair.key) for pair in node.kwargs])


def _filter(node: nodes.Filter) -> Iterator[Trouble]:
    if node.name in vocabulary.BANNED_FILTERS:
        yield _refused(node, f"the filter {node.name} is not allowed in templates")
    elif node.name not in vocabulary.FILTERS:
        hint = did_you_mean(node.name, vocabulary.FILTERS)
        yield Trouble("template-syntax", node.lineno, f"there is no filter {node.name}", hint)
    if node.dyn_args or node.dyn_kwargs:
        yield _refused(node, "* and ** are not allowed in filters")
    yield from _twice(node, [str(pair.key) for pair in node.kwargs])
    if node.name in vocabulary.PICKING:
        yield from _picked(node)
    pattern = node.node.value if isinstance(node.node, nodes.Const) else ""
    if node.name == "format" and not (isinstance(pattern, str) and bounded.is_printf(pattern)):
        hint = "it takes %s, %d and %.2f, with a width of at most three digits"
        yield _refused(node, "format cannot fill this pattern", hint)


def _picked(node: nodes.Filter) -> Iterator[Trouble]:
    chosen = [pair.value for pair in node.kwargs if pair.key == "attribute"]
    if node.name in {"groupby", "rejectattr", "selectattr"}:
        chosen += node.args[:1]
    for value in chosen:
        known = value.value if isinstance(value, nodes.Const) else None
        if not isinstance(known, str | int):
            yield _refused(node, f"{node.name} takes a part's name in quotes")
        elif any(part.startswith("_") for part in str(known).split(".")):
            yield _refused(node, f"{known} is not allowed: it begins with an underscore")
    named = node.args[:1] if node.name == "map" else []
    for value in named:
        if not isinstance(value, nodes.Const) or value.value not in vocabulary.FILTERS:
            yield _refused(node, "map takes the name of an allowed filter in quotes")


_RULES: dict[type[nodes.Node], Callable[..., Iterator[Trouble]]] = {
    nodes.CallBlock: _arguments,
    nodes.Const: _constant,
    nodes.Filter: _filter,
    nodes.For: _loop,
    nodes.Getattr: _attribute,
    nodes.Getitem: _item,
    nodes.Macro: _arguments,
    nodes.Mod: _remainder,
    nodes.Mul: _product,
    nodes.NSRef: _set,
    nodes.Name: _name,
    nodes.Test: _test,
}
