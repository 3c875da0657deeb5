"""Answers kept between runs, by name: asking the same again costs nothing, nor does going on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from storesync.plugins.copywriter import Draft, Usage


class Store(Protocol):
    """Keeps JSON objects by name: see `source.cache.Cache`."""

    def load(self, name: str) -> dict[str, Any] | None:
        """Return what was saved under `name`, None where there is nothing to be trusted."""

    def save(self, name: str, value: Mapping[str, Any]) -> None:
        """Keep `value`, in place of what was there. Never raises for want of space or access."""


@dataclass
class Answers:
    """Drafts by name, and by brief how often it was begun anew.

    What a run got itself it keeps in memory, too: a store that takes nothing more must not make
    it ask the same again.
    """

    store: Store
    _own: dict[str, Draft] = field(default_factory=dict)
    _begun: dict[str, int] = field(default_factory=dict)

    def get(self, name: str) -> Draft | None:
        """Return a draft that was kept, None where there is none."""
        if name in self._own:
            return self._own[name]
        data = self.store.load(f"draft {name}")
        try:
            return _draft(data) if data else None
        except (KeyError, TypeError, ValueError, AttributeError):
            return None

    def keep(self, name: str, draft: Draft) -> None:
        """Keep a draft, good or bad: what is wrong with it is told to the next attempt."""
        self._own[name] = draft
        usage = [draft.usage.input, draft.usage.output]
        values = {field: list(texts) for field, texts in draft.values.items()}
        data = {"values": values, "usage": usage, "model": draft.model, "fault": draft.fault}
        self.store.save(f"draft {name}", data)

    def begun(self, brief: str) -> int:
        """Return how often a brief, by its digest, was begun anew."""
        if brief not in self._begun:
            count = (self.store.load(f"begun {brief}") or {}).get("count")
            self._begun[brief] = count if isinstance(count, int) else 0
        return self._begun[brief]

    def begin_anew(self, brief: str) -> None:
        """Have a brief asked again, whatever was answered so far."""
        self._begun[brief] = self.begun(brief) + 1
        self.store.save(f"begun {brief}", {"count": self._begun[brief]})


def _draft(data: Mapping[str, Any]) -> Draft:
    values = {str(field): [str(text) for text in texts] for field, texts in data["values"].items()}
    read, written = data["usage"]
    return Draft(values, Usage(int(read), int(written)), str(data["model"]), str(data["fault"]))
