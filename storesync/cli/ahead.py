"""Importing while something else is waited for."""

from __future__ import annotations

import importlib
import threading
from contextlib import suppress


def import_ahead(module: str) -> None:
    """Begin to import a module in the background.

    A matter of speed only: whoever needs it imports it as ever, waits for what is left, and is
    told what is wrong with it.
    """
    threading.Thread(target=_import, args=(module,)).start()


def _import(module: str) -> None:
    with suppress(Exception):
        importlib.import_module(module)
