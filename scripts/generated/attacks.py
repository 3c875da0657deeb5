"""docs/tested.md: the ways past review that are tried, from the names and reasons of the tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

_STORY = Path(__file__).resolve().parents[2] / "tests" / "story"
_TESTS = ("test_github_attacks.py", "test_github_tricks.py")


def every_attack() -> str:
    """Return a table: what somebody does, and what `publish` says of it."""
    trees = [ast.parse((_STORY / name).read_text(encoding="utf-8")) for name in _TESTS]
    rows = [f"| {what} | {why} |" for tree in trees for what, why in _attacks(tree)]
    return "\n".join(["| what somebody does | what `publish` says |", "|---|---|", *rows, ""])


def _attacks(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the name of each function that is decorated as an attack, in words, and its reason."""
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef):
            continue
        for item in node.decorator_list:
            if isinstance(item, ast.Call) and ast.unparse(item.func) == "attack":
                words = node.name.replace("_s_", "'s_").replace("_", " ")
                words = words.replace("github", "GitHub").replace("3000", "3,000")
                yield words, str(ast.literal_eval(item.args[0]))


PARTS = {"attacks": every_attack}
