"""What a template says at some locations only: its words in branches that hang on the location.

One artifact speaks for all locations that share the values of a campaign, except for what lies in
such a branch, or is looked up by a value of the location: `{% if city == "Leith" %}Half price`.
Names are followed by their spelling alone, through all files, and macros count as such a branch:
rather too many words are taken to be local than too few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from jinja2 import nodes

from storesync.render.allowlist import examine
from storesync.render.naming import Library

# What templates see of a location itself.
_OWN = frozenset({"location", "location_name", "city", "currency", "legal"})
VALUE = "\ufffc"  # stands for what a value prints
WORKED_OUT = "7777"  # and for a number that the template makes itself
_NUMBERS = frozenset({"percent", "money", "currency"})
_MAKES = (nodes.BinExpr, nodes.Concat, nodes.Neg)
_MOST_ROUNDS = 8
# Characters of a part's file and of all that it includes, pictures in themselves among them.
_MOST_TOGETHER = 2_000_000


class Said(NamedTuple):
    """The words of a template's part: all of them, and those that every location sees.

    `names` are printed where a location decides. `attributes` says that a location's are printed.
    `too_much` says how much there is where it is too much to be read.
    """

    whole: str = ""
    common: str = ""
    names: frozenset[str] = frozenset()
    attributes: bool = False
    too_much: str = ""


def said_by(library: Library, template: str, channel: str, locale: str) -> Iterator[Said]:
    """Yield what each part of a channel says in a language; what cannot be parsed says nothing."""
    for _, path in library.parts(template, channel, locale):
        trees = _trees(library, path, locale)
        size = sum(len(library.sources[each]) for each in trees)
        if size > _MOST_TOGETHER:
            yield Said(
                too_much=f"more than {_MOST_TOGETHER:,} characters with all that it includes"
            )
        elif trees:
            own = _own_names(trees.values())
            reader = _Reader(library, trees, own, locale)
            reader.read(path)
            yield Said(
                "".join(reader.whole),
                "".join(reader.common),
                frozenset(reader.names),
                reader.attributes,
            )


def _trees(library: Library, root: str, locale: str) -> dict[str, nodes.Template]:
    """Return a file and all that it includes, parsed, by path."""
    found: dict[str, nodes.Template] = {}
    seen: set[str] = set()
    waiting = [root]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        examined = examine(library.sources[path], path)
        if examined.tree is None:
            continue
        found[path] = examined.tree
        names = [name for use in examined.uses for name in use.names]
        waiting += filter(None, (library.find(name, path, locale) for name in names))
    return found if root in found else {}


def _own_names(trees: Iterable[nodes.Template]) -> frozenset[str]:
    """Return the names that hang on the location, by assignments, loops and macros."""
    kinds = (nodes.Assign, nodes.For, nodes.Macro, nodes.CallBlock, nodes.With)
    bindings = [node for tree in trees for node in tree.find_all(kinds)]
    own = set(_OWN)
    for _ in range(_MOST_ROUNDS):
        before = len(own)
        for node in bindings:
            own.update(_bound(node, own))
        if len(own) == before:
            break
    return frozenset(own)


def _bound(node: nodes.Node, own: set[str]) -> Iterator[str]:
    if isinstance(node, nodes.Assign | nodes.For):
        source = node.node if isinstance(node, nodes.Assign) else node.iter
        yield from _names(node.target) if _mentions(source, own) else ()
    elif isinstance(node, nodes.Macro | nodes.CallBlock):
        yield from (argument.name for argument in node.args)
    elif isinstance(node, nodes.With) and any(_mentions(value, own) for value in node.values):
        yield from (name for target in node.targets for name in _names(target))


def _names(node: nodes.Node) -> Iterator[str]:
    found = [node] if isinstance(node, nodes.Name) else node.find_all(nodes.Name)
    yield from (name.name for name in found)


def _mentions(node: nodes.Node | None, own: Iterable[str]) -> bool:
    return node is not None and not set(own).isdisjoint(_names(node))


class _Step(NamedTuple):
    """A node of a file, or words, to be taken in; `local`: a location decides if it is shown."""

    node: nodes.Node | str
    path: str
    local: bool


class _Reader:
    """Writes down what a template says, twice: with and without what only some locations see."""

    def __init__(
        self,
        library: Library,
        trees: dict[str, nodes.Template],
        own: frozenset[str],
        locale: str,
    ) -> None:
        self._library = library
        self._trees = trees
        self._own = own
        self._locale = locale
        self._read: set[tuple[str, bool]] = set()
        self.whole: list[str] = []
        self.common: list[str] = []
        self.names: set[str] = set()
        self.attributes = False

    def read(self, path: str) -> None:
        """Take in a file and all that it includes, however deep that goes."""
        ahead = self._steps(self._trees[path].body, path, local=False)
        while ahead:
            step = ahead.pop()
            if isinstance(step.node, str):
                self._say(step.node, local=step.local)
            else:
                ahead += self._take(step.node, step.path, local=step.local)

    def _take(self, node: nodes.Node, path: str, *, local: bool) -> list[_Step]:
        """Take in a node, and return what comes next, the last first."""
        if isinstance(node, nodes.Output):
            self._output(node, local=local)
        elif isinstance(node, nodes.Include | nodes.Extends | nodes.Import | nodes.FromImport):
            return self._files(node, path, local=local)
        elif isinstance(node, nodes.Assign):
            self._worded(node.node)
        else:
            inside = local or self._decides(node)
            children = [one for one in node.iter_child_nodes() if not isinstance(one, nodes.Expr)]
            return [_Step(" ", path, local), *self._steps(children, path, local=inside)]
        return []

    def _steps(self, body: Sequence[nodes.Node], path: str, *, local: bool) -> list[_Step]:
        return [_Step(node, path, local) for node in reversed(body)]

    def _decides(self, node: nodes.Node) -> bool:
        if isinstance(node, nodes.If):
            tests = (node.test, *(one.test for one in node.elif_))
            return any(_mentions(test, self._own) for test in tests)
        if isinstance(node, nodes.For):
            return _mentions(node.iter, self._own) or _mentions(node.test, self._own)
        return isinstance(node, nodes.Macro | nodes.AssignBlock | nodes.CallBlock)

    def _output(self, node: nodes.Output, *, local: bool) -> None:
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                self._say(child.data, local=local)
                continue
            decides = local or _mentions(child, self._own)
            if decides:
                self._worded(child)
            self._say(_printed(child), local=decides)
            self.attributes |= any(one.attr == "attributes" for one in _attributes(child))

    def _worded(self, node: nodes.Node) -> None:
        """Take in the words inside an expression, seen at some locations, and names it prints."""
        constants = [node] if isinstance(node, nodes.Const) else node.find_all(nodes.Const)
        for one in constants:
            if isinstance(one.value, str):
                self._say(f"\n{one.value}\n", local=True)
        self.names.update(_names(node))
        self.names.update(f"t.{one.attr}" for one in _attributes(node))

    def _files(
        self,
        node: nodes.Include | nodes.Extends | nodes.Import | nodes.FromImport,
        path: str,
        *,
        local: bool,
    ) -> list[_Step]:
        ahead: list[_Step] = []
        wanted = node.template
        items = wanted.items if isinstance(wanted, nodes.Tuple | nodes.List) else [wanted]
        for item in items:
            name = item.value if isinstance(item, nodes.Const) else ""
            found = self._library.find(str(name), path, self._locale)
            if found in self._trees and (found, local) not in self._read:
                self._read.add((found, local))  # files that include each other twice grow fast
                inner = self._steps(self._trees[found].body, found, local=local)
                ahead = [_Step(" ", found, local), *inner, *ahead]
        return ahead

    def _say(self, text: str, *, local: bool) -> None:
        self.whole.append(text)
        if not local:
            self.common.append(text)


def _attributes(node: nodes.Node) -> Iterator[nodes.Getattr]:
    if isinstance(node, nodes.Getattr):
        yield node
    yield from node.find_all(nodes.Getattr)


def _printed(node: nodes.Node) -> str:
    """Return what stands for an expression in the text: a value, or a number made up here."""
    every = [node, *node.find_all(nodes.Expr)]
    if any(isinstance(one, nodes.Filter) and one.name in _NUMBERS for one in every):
        return f"{WORKED_OUT}%"
    made = isinstance(node, nodes.Const) or any(isinstance(one, _MAKES) for one in every)
    return WORKED_OUT if made else VALUE
