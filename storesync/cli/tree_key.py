"""A hash of everything an outcome hangs on, to know without any work that it is still the same."""

from __future__ import annotations

import hashlib

from storesync.cli.context import TOOL
from storesync.source.tree import Tree


def tree_key(tree: Tree, *more: str) -> str:
    """Return a hash of a tree's content, the tool's version and what else an outcome hangs on."""
    hasher = hashlib.blake2b(TOOL.encode(), digest_size=16)
    for path, content in sorted(tree.content_ids().items()):
        hasher.update(f"{path}\0{content}\0".encode())
    hasher.update("\0".join(more).encode())
    return hasher.hexdigest()
