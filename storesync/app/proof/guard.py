"""Whether what goes out needs a proven approval: as the baseline says, whatever is newer."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from storesync.app.context import Context
from storesync.app.settings import forge_section, section
from storesync.errors import UserError
from storesync.ledger.entry import JournalKind, Terms
from storesync.ledger.layout import GENESIS, TAG

if TYPE_CHECKING:
    from storesync.ledger.ledger import Ledger
    from storesync.ledger.segment import Line

# Where the key lies that signs approval records: only the environment that publishes has it.
KEY = "STORESYNC_RECORD_KEY"
# The parts of a line that adopts a baseline which a signature covers.
ADOPTION = ("commit", "who", "detail", "proof", "remote")
_OUTBOX = "outbox"
ADOPT = "an admin runs: storesync verify --adopt"


def real_channels(settings: Mapping[str, Any]) -> list[str]:
    """Return the channels that do not go to the outbox: what goes there is always proven."""
    channels = section(settings, "channels")
    return [kind for kind in channels if section(channels, kind).get("plugin", _OUTBOX) != _OUTBOX]


def needs_proof(settings: Mapping[str, Any]) -> bool:
    """Say whether what is published by these settings needs a proven approval."""
    return forge_section(settings).proves_all or bool(real_channels(settings))


def remote_of(settings: Mapping[str, Any]) -> str:
    """Return the Git remote that settings keep the ledger at, empty for none."""
    return str(section(settings, "ledger").get("remote", ""))


def terms_of(settings: Mapping[str, Any]) -> Terms:
    """Return what holds from a baseline on that is adopted under these settings."""
    return Terms(needs_proof(settings), remote_of(settings))


def first_remote(context: Context) -> str | None:
    """Return where the ledger is kept as of its beginning, where that asked for proof; else None.

    A commit pushed past review must not move it: with another ledger, everything would go out
    again. The tag tells it without the ledger's branch.
    """
    tag = context.repository.refs(TAG).get(TAG)
    raw = context.repository.file(tag, GENESIS) if tag is not None else None
    try:
        line = json.loads((raw or b"{}").split(b"\n", 1)[0])
    except ValueError:
        return None  # reading the ledger says what is wrong with it
    return str(line["remote"]) if line.get("proof") and "remote" in line else None


def record_key() -> bytes | None:
    """Return the key that records are signed with, None where this environment has none."""
    return os.environb.get(KEY.encode()) or None


def adopted_lines(ledger: Ledger) -> Sequence[Line]:
    """Return the lines that adopt a baseline; with a key only those that are signed by it."""
    from storesync.approval.record import is_signed

    key = record_key()
    lines = [line for line in ledger.journal.of(JournalKind.ADOPTED) if "commit" in line.fields]
    return [line for line in lines if key is None or is_signed(line.fields, ADOPTION, key)]


def written_at(line: Line) -> datetime | None:
    """Return when a line says it was written, None where nobody can tell: anybody may write one."""
    try:
        found = datetime.fromisoformat(str(line.fields.get("at")))
    except ValueError:
        return None
    return found if found.tzinfo else None


def is_guarded(ledger: Ledger, settings: Mapping[str, Any]) -> bool:
    """Say whether what goes out needs a proven approval.

    `settings` are the newest. So it is wherever the key of records is, whatever the baseline says.
    Raises UserError where their forge asks for proof and the baseline did not: then nobody has said
    from which commit on.
    """
    if ledger.genesis is None:
        if forge_section(settings).proves_all:
            message = "nothing was adopted as approved yet, so nothing can be proven"
            raise UserError(message, hint=ADOPT)
        return False
    # What asked for proof once goes on asking: no later line takes that back.
    asked = ledger.genesis.proof or record_key() is not None
    if asked or any(line.fields.get("proof") for line in adopted_lines(ledger)):
        return True
    if forge_section(settings).proves_all:
        message = "the settings ask for proven approvals, and nothing was adopted under them yet"
        raise UserError(message, hint=ADOPT)
    return False


def check_beginning() -> None:
    """Raise UserError where a ledger may not begin by itself: then an admin begins it.

    One that was deleted, tag and all, looks like one that never was: everything would count as
    approved, and go out once more. Who set the key wants nothing to begin without him.
    """
    if record_key() is not None:
        message = "there is no ledger, and what goes out here needs proven approvals"
        raise UserError(message, hint=ADOPT)


def unadopted(ledger: Ledger, settings: Mapping[str, Any]) -> dict[str, UserError]:
    """Return the channels that nothing may go to because the baseline knew of no real channel."""
    if ledger.genesis is None or is_guarded(ledger, settings):
        return {}
    message = "this channel needs proven approvals, and nothing was adopted under it yet"
    return {kind: UserError(message, hint=ADOPT) for kind in real_channels(settings)}
