"""PyYAML's parser without its schema: bytes -> nodes or tokens whose scalars are bare text.

Nothing here decides what a scalar means. libyaml is used where PyYAML was built with it; the
Python parser gives the same nodes, slower. Only bytes that `prescan` let pass may come here, and
only when `structure` has bounded their depth may they be composed: libyaml's composer is recursive.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml
from yaml.composer import Composer
from yaml.nodes import Node
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner
from yaml.tokens import Token


class _NoSchema:
    """The three methods a composer calls for the tags of a schema."""

    def resolve(self, kind: object, value: object, implicit: object) -> None:
        """Give no tag: what is left in a node's tag was written in the file."""

    def descend_resolver(self, parent: object, index: object) -> None:
        """Do nothing."""

    def ascend_resolver(self) -> None:
        """Do nothing."""


class PythonParser(_NoSchema, Reader, Scanner, Parser, Composer):
    """The parser in Python."""

    def __init__(self, body: bytes) -> None:
        Reader.__init__(self, body)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)


def _fast_parser() -> type[PythonParser]:
    """Return the parser in C, which has the methods of the other, if PyYAML was built with it."""
    if not yaml.__with_libyaml__:
        return PythonParser
    from yaml._yaml import CParser

    fast: type[PythonParser] = type("FastParser", (_NoSchema, CParser), {})
    return fast


FastParser = _fast_parser()


def compose(body: bytes, parser: type[PythonParser] = FastParser) -> Node | None:
    """Return the root of the one document, None where there is none. Raises yaml.YAMLError."""
    try:
        root: Node | None = parser(body).get_single_node()
    except (ValueError, OverflowError) as error:  # the Python parser, of "\U00110000"
        raise yaml.YAMLError(str(error)) from error
    return root


def tokens(body: bytes, parser: type[PythonParser] = FastParser) -> Iterator[Token]:
    """Yield the tokens up to the first error, which is raised: yaml.YAMLError. Never recursive."""
    source = parser(body)
    try:
        while (token := source.get_token()) is not None:  # type: ignore[no-untyped-call]  # in typeshed
            yield token
    except (ValueError, OverflowError) as error:
        raise yaml.YAMLError(str(error)) from error
