"""Answers kept between runs, by name: asking the same again costs nothing, nor does going on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from storesync.copywriting.spend import Price
from storesync.plugins.copywriter import Draft, Usage

# The answers of the batch that is being kept.
_BATCH = "answers of a batch"


class Store(Protocol):
    """Keeps JSON objects by name: see `source.cache.Cache`."""

    def load(self, name: str) -> dict[str, Any] | None:
        """Return what was saved under `name`, None where there is nothing to be trusted."""

    def save(self, name: str, value: Mapping[str, Any]) -> None:
        """Keep `value`, in place of what was there. Never raises for want of space or access."""


@dataclass
class Answers:
    """Drafts by name, what each cost, and by brief how often it was begun anew.

    `price` is what this run pays: another one, as of a batch, may have paid another.
    What a run got itself it keeps in memory, too: a store that takes nothing more must not make
    it ask the same again.
    """

    store: Store
    price: Price | None = None
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

    def cost(self, name: str, usage: Usage) -> Decimal | None:
        """Return what a kept draft cost when it was asked for, None where no price is known."""
        data = None if name in self._own else self.store.load(f"draft {name}")
        cost = (data or {}).get("cost")
        try:
            return Decimal(cost) if cost else self._price_of(usage)
        except (ArithmeticError, TypeError, ValueError):
            return self._price_of(usage)

    def _price_of(self, usage: Usage) -> Decimal | None:
        return self.price.of(usage) if self.price else None

    def keep(self, name: str, draft: Draft) -> None:
        """Keep a draft, good or bad: what is wrong with it is told to the next attempt."""
        self._own[name] = draft
        self.store.save(f"draft {name}", self._data(draft))

    def keep_all(self, drafts: Mapping[str, Draft]) -> None:
        """Keep the answers of a batch: all or none, wherever a run is killed; see `recover`."""
        self.store.save(_BATCH, {name: self._data(draft) for name, draft in drafts.items()})
        for name, draft in drafts.items():
            self.keep(name, draft)
        self.store.save(_BATCH, {})

    def recover(self) -> None:
        """Finish what a run that was killed had begun to keep."""
        for name, data in (self.store.load(_BATCH) or {}).items():
            self.store.save(f"draft {name}", data)

    def _data(self, draft: Draft) -> dict[str, Any]:
        usage = [draft.usage.input, draft.usage.output]
        values = {field: list(texts) for field, texts in draft.values.items()}
        cost = self._price_of(draft.usage)
        data = {"values": values, "usage": usage, "model": draft.model, "fault": draft.fault}
        return data if cost is None else {**data, "cost": str(cost)}

    def hand_in(self, batch: str) -> None:
        """Note that a batch was handed in."""
        self.store.save(f"batch {batch}", {"handed_in": True})

    def was_handed_in(self, batch: str) -> bool:
        """Say whether a batch is known to have been handed in."""
        return bool(self.store.load(f"batch {batch}"))

    def begun(self, brief: str) -> int:
        """Return how often a brief, by its digest, was begun anew."""
        if brief not in self._begun:
            count = (self.store.load(f"begun {brief}") or {}).get("count")
            self._begun[brief] = count if isinstance(count, int) else 0
        return self._begun[brief]

    def begin_anew(self, brief: str, *, lasting: bool = True) -> None:
        """Have a brief asked again, whatever was answered: by this run alone, or for good."""
        self._begun[brief] = self.begun(brief) + 1
        if lasting:
            self.store.save(f"begun {brief}", {"count": self._begun[brief]})


def _draft(data: Mapping[str, Any]) -> Draft:
    values = {str(field): [str(text) for text in texts] for field, texts in data["values"].items()}
    read, written = data["usage"]
    return Draft(values, Usage(int(read), int(written)), str(data["model"]), str(data["fault"]))
