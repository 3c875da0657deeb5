"""A campaign that is merged and not proven: its `revision` is raised to have it approved.

Nothing else in its file changes, so the plan of that proposal shows what nobody saw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from storesync.app.context import Context, note
from storesync.errors import UserError

if TYPE_CHECKING:
    from storesync.app.proposals.forges import Published

_NAME = "campaign.yaml"


def revised(context: Context, published: Published, folder: str) -> dict[str, bytes]:
    """Return the path and the new bytes of a campaign's file; nothing where all is approved.

    `folder` is the campaign's, without changes of its own. Raises UserError where this clone does
    not have the commits that nobody approved: who approves its head would not see them.
    """
    from storesync.app.review.asked import Head, Question, answer
    from storesync.approval.proof import open_causes
    from storesync.approval.ratify import revision_of
    from storesync.source.edit import set_value

    brand, name = folder.split("/")[1:4:2]
    repository, head = context.repository, context.head()
    standing = published.base.standing
    if standing is None or not standing.replaced(f"{brand}/{name}"):
        return {}
    if not repository.is_ancestor(head, published.tip):
        return {}  # what is proposed already says what it is about
    given = Head(repository.tree(published.tip), frozenset())
    plan = answer(context, published.base, given, Question(context.now, narrow=True)).plan
    if not any(change.key[:2] == (brand, name) for change in plan.changes):
        return {}
    if not all(repository.is_ancestor(item.commit, head) for item in open_causes(standing)):
        message = f"what nobody approved of {brand}/{name} is not in this clone yet"
        raise UserError(message, hint=f"git pull on {published.branch}, then submit again")
    path = f"{folder}/{_NAME}"
    raw = repository.tree(head).read(path)
    number = revision_of(path, raw) + 1
    note(context, f"note: nobody approved what is merged of {brand}/{name}: revision {number}")
    return {path: set_value(raw.decode(), ("revision",), number).encode()}
