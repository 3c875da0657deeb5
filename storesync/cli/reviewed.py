"""What merging a commit into the published branch would change, found out without merging."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storesync.cli.forges import Published
    from storesync.diagnostics import Diagnostic
    from storesync.plan.plan import Plan


def reviewed(published: Published, head: str) -> tuple[Plan, list[Diagnostic]]:
    """Return the review plan of a merge of `head`, and the errors of what it gives.

    Raises UserError that names the paths where the two conflict.
    """
    from storesync.catalog.locate import locate
    from storesync.cli.plan import review
    from storesync.source.joining import trial

    context = published.context
    repository = context.repository
    tree = repository.tree(trial(repository, published.tip, repository.resolve(head)))
    plan, errors = review(context, published.tree, tree, context.now)
    return plan, locate(errors, tree)
