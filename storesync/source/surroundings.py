"""What git is run with: options before every command, and a clean environment."""

from __future__ import annotations

from collections.abc import Mapping

# Nothing that a configuration runs, nothing that only people can read, and no housekeeping in
# the background that would outlive us and hold our lock.
_SETTINGS = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.quotePath=false",
    "diff.orderFile=/dev/null",
    "protocol.ext.allow=never",
    "gc.auto=0",
    "maintenance.auto=false",
    "log.showSignature=false",
    "submodule.recurse=false",
    "push.followTags=false",
)
OPTIONS = (
    "--no-pager",
    "--literal-pathspecs",
    *(part for setting in _SETTINGS for part in ("-c", setting)),
)
# Git itself leaves loose objects to the page cache, so that a power cut can lose a commit which a
# ref already names. Before 2.36 it does not know the key and ignores it.
DURABLE = ("-c", "core.fsync=all")
# A small commit becomes loose objects, which Git gathers up in time. A large one goes straight
# into a pack, lightly compressed: 0.2 s for 17 MB instead of 0.7 s.
LARGE = 1_000_000
# Git's own number for `gc.auto`.
LOOSE = 6_700
# To put a ref into one file with others takes its lock, which the next who writes the ledger takes
# for one that was left behind.
GATHERING = ("-c", "gc.autoDetach=false", "-c", "gc.packRefs=false")
PACKED = ("-c", "pack.compression=1", "-c", "fastimport.unpackLimit=1")

# Of Git's own variables only these reach it: how to log in, where configuration lies, where to
# stop looking. GIT_DIR, GIT_INDEX_FILE and their like are set inside hooks, and would make us
# read another repository than the one asked for.
_KEPT = frozenset(
    {
        "GIT_ALLOW_PROTOCOL",
        "GIT_ASKPASS",
        "GIT_CEILING_DIRECTORIES",
        "GIT_CONFIG_COUNT",
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_NOSYSTEM",
        "GIT_CONFIG_SYSTEM",
        "GIT_EXEC_PATH",
        "GIT_SSH",
        "GIT_SSH_COMMAND",
        "GIT_SSL_CAINFO",
    }
)
_KEPT_PREFIXES = ("GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_")
_ALWAYS = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
}


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for git: `environment` without what would point it elsewhere."""
    kept = {name: value for name, value in environment.items() if _is_kept(name)}
    return kept | _ALWAYS


def _is_kept(name: str) -> bool:
    return not name.startswith("GIT_") or name in _KEPT or name.startswith(_KEPT_PREFIXES)
