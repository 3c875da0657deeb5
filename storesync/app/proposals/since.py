"""What reviewers approved before, for the section of a comment that tells each what is new."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from storesync.app.context import Context, note
from storesync.errors import UserError

if TYPE_CHECKING:
    from storesync.report.view import Approved

# Each other commit costs a plan of its own.
_MOST_COMMITS = 5


def read_since(given: Iterable[str]) -> list[tuple[str, str]]:
    """Return (login, revision) of each `LOGIN=REV` or `REV`. Raises UserError."""
    found = []
    for text in given:
        login, equals, revision = text.rpartition("=")
        if not revision or (equals and not login):
            message = f"--since {text[:80]!r} names no approval"
            raise UserError(message, hint="write who approved what: --since mia=4f2c81d")
        found.append((login.removeprefix("@"), revision))
    return sorted(found) if all(login for login, _ in found) else found


def approved_before(
    context: Context, base: str, approvals: Iterable[tuple[str, str]], at: datetime
) -> list[Approved]:
    """Return the changes that approved commits would have made to `base`.

    What cannot be worked out any more counts as not approved, so that all of it is shown as new:
    a commit that is gone, or one that conflicts by now.
    """
    from storesync.report.view import Approved

    wanted = list(approvals)
    commits = list(dict.fromkeys(commit for _, commit in wanted))
    if len(commits) > _MOST_COMMITS:
        note(context, f"note: only {_MOST_COMMITS} of {len(commits)} approved commits are compared")
    known = {item: _changes(context, base, item, at) for item in commits[:_MOST_COMMITS]}
    return [Approved(*known.get(commit, (frozenset(), commit)), login) for login, commit in wanted]


def _changes(context: Context, base: str, named: str, at: datetime) -> tuple[frozenset[str], str]:
    """Return the fingerprints of what a commit changes, and the commit's full name."""
    from storesync.app.proposals.reviewing import review
    from storesync.app.review.asked import Question
    from storesync.source.joining import trial

    repository = context.repository
    try:
        commit = repository.resolve(named)
        merged = trial(repository, repository.resolve(base), commit)
        found = review(context, base, merged, Question(at))
    except UserError as error:
        note(context, f"note: {named} cannot be compared any more: {error.message}")
        return frozenset(), named
    return frozenset(change.fingerprint for change in found.plan.changes), commit
