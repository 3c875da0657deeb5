"""Versions of all that shapes texts and times: of others the same files may read otherwise."""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import version

# Babel and phonenumbers bring data of locales, tzdata that of zones; Python that of Unicode.
_LIBRARIES = ("babel", "jinja2", "markupsafe", "phonenumbers", "tzdata")


@cache
def versions() -> str:
    """Return one line that is another one wherever a version is; it takes 2 ms."""
    named = [f"{name} {version(name)}" for name in ("storesync", *_LIBRARIES)]
    return ", ".join([*named, f"python {sys.version_info.major}.{sys.version_info.minor}"])
