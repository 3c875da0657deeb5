"""Following a parsed HTML template through its branches, to know where each value would stand.

Escaping makes a value safe in text and in quoted attributes, and nowhere else: in addresses and
styles a guard is put around it, in scripts and unquoted attributes it is refused.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NoReturn

from jinja2 import nodes

from storesync.diagnostics import Diagnostic, printable
from storesync.render import nesting, references
from storesync.render.markup import Event, MarkupError, advance
from storesync.render.places import HOLE, Place, State, is_plain, merge, with_hole

_MAX_REPORTED = 20
_WORD = re.compile(r"[a-z-]{0,40}\Z")
_PIECES: dict[type[nodes.Node], str] = {
    nodes.AssignBlock: "the {% set %} block",
    nodes.CallBlock: "the {% call %} block",
    nodes.Include: "an include",
    nodes.Macro: "the macro",
}
_QUOTED = frozenset({Place.DOUBLE, Place.SINGLE})
_STRICTNESS = {"": 0, " attribute": 1, " link": 2, " css": 2}


class _Refused(Exception):  # noqa: N818 - a way to leave the walk
    def __init__(self, rule: str, message: str, hint: str = "") -> None:
        self.rule, self.message, self.hint = rule, message, hint


def guard(tree: nodes.Template, path: str) -> list[Diagnostic]:
    """Check an HTML template and put guards around the values that need one, in `tree` itself.

    Rules: `template-not-allowed` (a value or a tag where it cannot be followed),
    `remote-content` (something that another server would deliver), `open-element` (one that is
    left open, or closed and not open).
    """
    walk = _Walk(path)
    try:
        end = walk.through(tree.body, State())
        walk.expect_text(end, "the file", _last_line(tree))
        walk.expect_closed((), "the file")
        _unmark_slices(tree)
    except _Refused:
        pass  # reported where it was found; what comes after it cannot be judged
    return walk.found


def _last_line(tree: nodes.Template) -> int:
    return max((node.lineno for node in tree.body), default=1)


class _Walk:
    """One run over a template; `found` is what is wrong."""

    def __init__(self, path: str) -> None:
        self.found: list[Diagnostic] = []
        self._path = path
        self._open: nesting.Open = ()

    def through(self, body: Iterable[nodes.Node], state: State) -> State:
        """Follow nodes in order and return the state after them."""
        for node in body:
            state = self._node(node, state)
        return state

    def expect_text(self, state: State, what: str, line: int) -> None:
        """Refuse a piece that ends inside a tag or another special place."""
        if not state.is_text:
            place = "a tag that is begun" if state.pending else state.place.value
            self._refuse(line, f"{what} ends inside {place}", "close it in the same piece")

    def expect_closed(self, before: nesting.Open, what: str) -> None:
        """Report what a piece left open or closed too much, and go on as if it had not."""
        self._report_open(nesting.difference(before, self._open, what))
        self._open = before

    def _report_open(self, trouble: nesting.Trouble | None) -> None:
        if trouble:
            hint = "let each file, macro, block and branch close what it opens"
            self._report(trouble.line, _Refused("open-element", trouble.message, hint))

    def _refuse(self, line: int, message: str, hint: str = "") -> NoReturn:
        refused = _Refused("template-not-allowed", message, hint)
        self._report(line, refused)
        raise refused

    def _report(self, line: int, trouble: _Refused) -> None:
        text = printable(trouble.message, limit=300)
        found = Diagnostic(trouble.rule, text, self._path, line=line, hint=trouble.hint)
        if len(self.found) < _MAX_REPORTED and found not in self.found:
            self.found.append(found)

    def _node(self, node: nodes.Node, state: State) -> State:
        if isinstance(node, nodes.Output):
            return self._output(node, state)
        if isinstance(node, nodes.If):
            return self._branches(node, state)
        if isinstance(node, nodes.For):
            return self._loop(node, state)
        if isinstance(node, nodes.With):
            return self.through(node.body, state)
        if isinstance(node, nodes.Block):
            return self._block(node, state)
        if isinstance(node, nodes.FilterBlock) or getattr(node, "filter", None):
            # A filter over finished HTML could undo its escaping.
            message = "a filter over a whole block is not allowed in HTML"
            self._refuse(node.lineno, message, "put the filter on each value")
        if isinstance(node, nodes.Include | nodes.CallBlock):
            self._expect_around(state, _PIECES[type(node)], node.lineno)
        if isinstance(node, nodes.CallBlock | nodes.Macro | nodes.AssignBlock):
            before, self._open = self._open, ()
            self.expect_text(self.through(node.body, State()), _PIECES[type(node)], node.lineno)
            self.expect_closed((), _PIECES[type(node)])
            self._open = before
        return state

    def _expect_around(self, state: State, what: str, line: int) -> None:
        if not state.is_text:
            self._refuse(line, f"{what} cannot stand in {state.place.value}")

    def _block(self, node: nodes.Block, state: State) -> State:
        # Whoever overrides the block has their part followed as ordinary text.
        if not (state.place is Place.RAW and state.element == "title"):
            self._expect_around(state, f"the block {node.name}", node.lineno)
        before = self._open
        end = self.through(node.body, state)
        self.expect_closed(before, f"the block {node.name}")
        if replace(end, values=state.values) != state:
            self._refuse(node.lineno, f"the block {node.name} does not end where it began")
        return end

    def _branches(self, node: nodes.If, state: State) -> State:
        bodies = [node.body, *(branch.body for branch in node.elif_), node.else_]
        before, ends, states = self._open, [], []
        for body in bodies:
            self._open = before
            states.append(self.through(body, state))
            ends.append(self._open)
        alone = "" if node.elif_ or node.else_ else repr(node.test)
        self._open, trouble = nesting.meet(ends, alone)
        self._report_open(trouble)
        return self._meet(states, node.lineno)

    def _loop(self, node: nodes.For, state: State) -> State:
        before = self._open
        met = self._meet([state, self.through(node.body, state)], node.lineno)
        self.expect_closed(before, "the loop")
        if met != state:  # the second round begins where the first one ends, in an attribute
            met = self._meet([met, self.through(node.body, met)], node.lineno)
        return self._meet([met, self.through(node.else_, state)], node.lineno)

    def _meet(self, states: list[State], line: int) -> State:
        met = merge(states)
        if met is None:
            message = "the branches from here on end at different places of the HTML"
            self._refuse(line, message, "let each branch close what it opens")
        return met

    def _output(self, node: nodes.Output, state: State) -> State:
        for index, part in enumerate(node.nodes):
            if isinstance(part, nodes.TemplateData):
                state = self._static(part, state)
                continue
            words = _words(part)
            if words and state.place in {Place.TAG, Place.NAME, Place.AFTER_NAME}:
                ways = [self._advance(word, state, part.lineno)[0] for word in words]
                state = self._meet(ways, part.lineno)
                continue
            try:
                node.nodes[index] = _guarded(part, _guard_for(state))
            except _Refused as refused:
                self._report(part.lineno, refused)
                raise
            state = with_hole(state)
        return state

    def _static(self, data: nodes.TemplateData, state: State) -> State:
        after, events = self._advance(data.data, state, data.lineno)
        for event in events:
            line = data.lineno + data.data.count("\n", 0, event.position)
            self._open, trouble = nesting.after(self._open, event.tag.element, line)
            self._report_open(trouble)
            for rule, message in _problems(event):
                self._report(line, _Refused(rule, message, _HINTS.get(rule, "")))
        return after

    def _advance(self, text: str, state: State, line: int) -> tuple[State, list[Event]]:
        try:
            return advance(state, text)
        except MarkupError as error:
            self._refuse(line + text.count("\n", 0, error.position), error.message)


_HINTS = {"remote-content": "use a relative address or put the image in itself (data:)"}


def _problems(event: Event) -> Iterable[tuple[str, str]]:
    if event.text:
        return references.style_problems(event.text) if event.tag.element == "style" else ()
    return references.problems(event.tag)


def _guarded(part: nodes.Expr, name: str) -> nodes.Expr:
    """Put a guard around a value; of two that different ways need, the stricter one."""
    present = part.name if isinstance(part, nodes.Filter) and part.name.startswith(" ") else ""
    if _STRICTNESS[name] <= _STRICTNESS.get(present, 0):
        return part
    return _filtered(part, name)


def _filtered(part: nodes.Expr, name: str) -> nodes.Filter:
    filtered = nodes.Filter(part, name, [], [], None, None, lineno=part.lineno)
    if part.environment is not None:
        filtered.set_environment(part.environment)
    return filtered


def _unmark_slices(tree: nodes.Template) -> None:
    """Let slices of finished HTML be plain text: half a tag must not come out as HTML."""
    for item in tree.find_all(nodes.Getitem):
        if isinstance(item.arg, nodes.Slice):
            item.node = _filtered(item.node, " plain")


def _words(part: nodes.Expr) -> list[str]:
    """Return the words that an expression can give if they are all written in it."""
    if isinstance(part, nodes.Const):
        return [part.value] if isinstance(part.value, str) and _WORD.match(part.value) else []
    if isinstance(part, nodes.CondExpr) and part.expr2 is not None:
        first, second = _words(part.expr1), _words(part.expr2)
        return first + second if first and second else []
    return []


def _guard_for(state: State) -> str:
    """Return the guard that a value needs at a place, "" for none. Raises _Refused."""
    place = state.place
    if state.pending or place in {Place.TAG, Place.NAME, Place.AFTER_NAME, Place.DECLARATION}:
        raise _refused("inside a tag", "put it into an attribute in double quotes")
    if place in {Place.BEFORE_VALUE, Place.UNQUOTED}:
        raise _refused("in an attribute without quotes", 'write the attribute as name="{{ … }}"')
    if place is Place.RAW:
        if state.element == "script":
            raise _refused("inside <script>", "write it into the page's text instead")
        return " css" if state.element == "style" else " attribute"
    if place in _QUOTED:
        return _attribute_guard(state)
    return " attribute" if place is Place.COMMENT else ""


def _attribute_guard(state: State) -> str:
    name, element = state.name, state.element
    if is_plain(name):
        return " attribute"
    if name.startswith("on"):
        raise _refused(f"in {name}, which is code", "write it into the page's text instead")
    if name == "style" or references.is_painting(name):
        return " css"
    before = [html.unescape(value) for value in state.values]
    if references.is_link(element, name):
        if all(references.is_settled_link(value) for value in before):
            return " attribute"
        if not all(value.strip() in {"", HOLE} for value in before):
            raise _refused(
                f"in {name} after {_shown(before)}", "let the value hold the whole address"
            )
        return " link"
    if references.is_loading(name):
        if all(references.is_settled_path(value) for value in before) and "srcset" not in name:
            return " attribute"
        message = f"a value cannot stand at the beginning of <{element} {name}>, which is loaded"
        raise _Refused("remote-content", message, 'begin it with a folder: src="images/{{ … }}"')
    if name in references.NEVER and not (name == "content" and element == "meta"):
        raise _refused(f"in {name}", "")
    return " attribute"


def _shown(values: list[str]) -> str:
    return f'"{printable(values[0], limit=40)}"'


def _refused(where: str, hint: str) -> _Refused:
    return _Refused("template-not-allowed", f"a value cannot stand {where}", hint)
