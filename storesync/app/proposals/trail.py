"""What happened, as Git and the ledger tell it: commits, deliveries, decisions, approvals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from storesync.app.context import Context
from storesync.errors import UserError
from storesync.ledger.entry import JournalKind, Kind
from storesync.report.history import Event

if TYPE_CHECKING:
    from storesync.ledger.ledger import Ledger
    from storesync.ledger.segment import Line
    from storesync.source.history import Commit
    from storesync.source.landed import Brought
    from storesync.source.touched import Touched

# Who speaks in a receipt, until the run that it belongs to is known.
_CHANNEL = "publisher"
_HELD = {JournalKind.HOLD, JournalKind.RECALL, JournalKind.RESUME}


class Trail:
    """What happened to one campaign (`brand/campaign`), or to all for an empty name.

    `tip` is the commit that the published branch is at. `unknown` are commits that were met and
    that Git cannot compare with those before them: what they changed nobody can tell.
    """

    def __init__(self, context: Context, ledger: Ledger, campaign: str, tip: str) -> None:
        self.context = context
        self.ledger = ledger
        self.campaign = campaign
        self.tip = tip
        self.unknown: set[str] = set()

    @cached_property
    def brought(self) -> Mapping[str, Brought]:
        """Return what each of the published branch's own commits brought."""
        from storesync.source.landed import brought
        from storesync.source.touched import brought_of, touched

        repository = self.context.repository
        try:
            return brought(repository, self.tip, [])
        except UserError:  # it lists all or nothing
            known = touched(repository, self.tip, own=True)
        self.unknown |= set(known.unknown)
        return brought_of(repository, self.tip, known)

    @cached_property
    def _touched(self) -> Touched:
        """Return what each commit changed, where Git cannot list that at once."""
        from storesync.source.touched import touched

        found = touched(self.context.repository, self.tip)
        self.unknown |= set(found.unknown)
        return found

    def _commits(self, folders: Sequence[str]) -> list[Commit]:
        """Return the commits that changed something in some folders."""
        from storesync.source.history import log
        from storesync.source.touched import log_of

        repository = self.context.repository
        try:
            return log(repository, folders, self.tip)
        except UserError:
            return log_of(repository, folders, self.tip, self._touched)

    def is_about(self, names: Sequence[str]) -> bool:
        """Say whether something about some campaigns belongs here; about none: to all only."""
        return not self.campaign or self.campaign in names

    def of_campaign(self, brand: str, campaign: str) -> Iterator[Event]:
        """Yield the commits that changed a campaign, and what its lines in the ledger say."""
        from storesync.catalog.layout import folders_of

        for item in self._commits(folders_of(brand, campaign)):
            text = item.subject
            yield Event(
                item.at, item.author, "changed", brand, campaign, detail=text, commit=item.id
            )
        lines = self.ledger.lines(brand, campaign)
        places = {
            str(line.fields.get("key")): line.fields
            for line in lines
            if line.fields.get("type") == Kind.INTENT
        }
        for line in lines:
            yield _delivery(brand, campaign, line, places)

    def of_journal(self) -> Iterator[Event]:
        """Yield the baseline, what people stopped, and what was proven or was not."""
        begun = self.ledger.genesis
        if begun is not None:
            yield Event(
                begun.at, begun.who, "genesis", "", "", commit=begun.commit, hash=begun.hash
            )
        for line in self.ledger.journal.lines:
            kind = JournalKind(line.fields["type"])
            event = _decision(line) if kind in _HELD else self._approval(line)
            if event is not None:
                yield event

    def _approval(self, line: Line) -> Event | None:
        fields = line.fields
        commit = str(fields.get("commit", ""))
        names = [*dict(fields.get("campaigns") or {}), *self.campaigns(commit, fields.get("base"))]
        is_baseline = fields["type"] == JournalKind.ADOPTED
        if not (is_baseline or self.is_about(names)):
            return None
        brand, campaign = place_of(() if is_baseline else names, self.campaign)
        return Event(
            at=datetime.fromisoformat(str(fields["at"])),
            actor=str(fields.get("who") or _CHANNEL),
            event=str(fields["type"]),
            brand=brand,
            campaign=campaign,
            detail=str(fields.get("detail") or _given(fields)),
            commit=commit,
            proposal=str(fields.get("proposal") or ""),
            fingerprint=str(fields.get("plan") or ""),
            hash=line.hash,
        )

    def campaigns(self, commit: str, base: object = None) -> list[str]:
        """Return the campaigns whose files came with a commit, or with all since `base`."""
        from storesync.app.find import campaigns_in

        if base is None:
            return sorted(
                campaigns_in(self.brought[commit].paths) if commit in self.brought else ()
            )
        found: set[str] = set()
        is_in = False
        for name, item in self.brought.items():
            if name == base:
                break
            is_in = is_in or name == commit
            if is_in:
                found |= campaigns_in(item.paths)
        return sorted(found)


def place_of(names: Sequence[str], wanted: str) -> tuple[str, str]:
    """Return brand and campaign of what is about some campaigns: empty where they are several."""
    name = wanted if wanted in names else names[0] if len(set(names)) == 1 else ""
    brand, _, campaign = name.partition("/")
    return brand, campaign


def _delivery(
    brand: str, campaign: str, line: Line, places: Mapping[str, Mapping[str, Any]]
) -> Event:
    """Return what a line of the ledger tells; a receipt is where its intent is."""
    fields = line.fields
    kind = str(fields.get("type", ""))
    begun = places.get(str(fields.get("key")), {})
    placement = fields.get("placement") or begun.get("placement") or [""] * 6
    is_begun = kind == Kind.INTENT
    name = f"{fields.get('action')} begun" if is_begun else fields.get("state") or kind
    return Event(
        at=datetime.fromisoformat(str(fields["at"])),
        actor=str(fields.get("who") or fields.get("run") or begun.get("run") or _CHANNEL),
        event=str(name),
        brand=brand,
        campaign=campaign,
        location=str(placement[2]),
        channel=str(placement[3]),
        detail=str(fields.get("detail") or ""),
        fingerprint=str(fields.get("fingerprint") or begun.get("fingerprint") or ""),
        hash=line.hash,
    )


def _decision(line: Line) -> Event:
    """Return what a line of the journal tells of a hold, a recall or a resume."""
    fields = line.fields
    brand, campaign, location, channel = map(str, fields["scope"])
    until = f"until {fields['until']}: " if fields.get("until") else ""
    return Event(
        at=datetime.fromisoformat(str(fields["at"])),
        actor=str(fields["who"]),
        event=str(fields["type"]),
        brand=brand,
        campaign=campaign,
        location=location,
        channel=channel,
        detail=f"{until}{fields['detail']}",
        hash=line.hash,
    )


def _given(fields: Mapping[str, Any]) -> str:
    """Return whose approvals an approval record names, on whose behalf, and what they met."""
    who = [
        f"{item.get('login')} for {' '.join(map(str, item.get('owners') or ()))}"
        f"{' (recorded)' if item.get('recorded') else ''}"
        for item in fields.get("reviewers") or ()
    ]
    met = ", ".join(map(str, fields.get("requirements") or ()))
    text = f"approved by {', '.join(who) or 'nobody'}"
    return f"{text}; met: {met}" if met else text
