"""Importing while something else is waited for."""

from __future__ import annotations

import importlib
import threading


def import_ahead(module: str) -> None:
    """Begin to import a module in the background.

    A matter of speed only: whoever needs it imports it as ever, and waits for what is left.
    """
    threading.Thread(target=importlib.import_module, args=(module,)).start()
