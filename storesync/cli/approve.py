"""`storesync approve`: what was looked at is right; with --merge it is published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from storesync.app.context import Context, note, say, say_json
from storesync.cli.context import make_context
from storesync.errors import EXIT_ERRORS, UserError

if TYPE_CHECKING:
    from storesync.app.proposals.forges import Published
    from storesync.app.review.asked import Reviewed
    from storesync.approval.decide import Decision
    from storesync.diagnostics import Diagnostic
    from storesync.plan.plan import Plan
    from storesync.plugins.forge import Proposal, Review


@click.command("approve")
@click.argument("proposal", required=False)
@click.option("--merge", is_flag=True, help="Merge it too, if nothing is missing then.")
@click.option("-m", "--message", default="", help="A word to the author.")
@click.option(
    "--expect", metavar="FINGERPRINT", help="Only if this still is the fingerprint of the plan."
)
@click.pass_context
def command(
    ctx: click.Context, *, proposal: str | None, merge: bool, message: str, expect: str | None
) -> int:
    """Approve PROPOSAL, by its id, branch or campaign; without one, the one that waits for me.

    Shows the plan that is approved, and what is missing afterwards. With --merge, whoever proposed
    it may merge what others approved. Exit code 1 where it has errors, or --merge cannot merge yet.
    """
    from storesync.app.proposals.decided import find_proposal, has_my_hand, waiting
    from storesync.app.proposals.forges import open_published
    from storesync.app.proposals.reviewing import reviewed
    from storesync.publish.publisher import check_expected

    context = make_context(ctx)
    context.check_format()
    published = open_published(context)
    asked = find_proposal(published, proposal) if proposal else waiting(published)
    is_mine = has_my_hand(published, asked)
    if is_mine and not merge:
        raise _self_approval(published, asked)
    seen = reviewed(published, asked)
    plan, errors = seen.plan, list(seen.errors)
    check_expected(expect, plan.fingerprint)
    if context.format == "text":
        _show(seen)
    if errors:
        return _refuse(context, asked, plan, errors)
    if not is_mine:
        _approve(published, asked, message, plan)
    return _conclude(published, asked, seen, merge=merge)


def _refuse(context: Context, proposal: Proposal, plan: Plan, errors: list[Diagnostic]) -> int:
    from storesync.approval.decide import Decision
    from storesync.report import diagnostics as report

    if context.format == "json":
        nothing = Decision((), (), ("it has errors",))
        _say_data(proposal, plan, nothing, [], None, errors)
    else:
        click.echo(report.as_text(errors, lambda _path: None), err=True)
        note(context, "not approved: it has errors")
    return EXIT_ERRORS


def _self_approval(published: Published, proposal: Proposal) -> UserError:
    from storesync.app.proposals.decided import makers, owners_of
    from storesync.approval.decide import fold
    from storesync.report.proposal import owners_shown

    theirs = {fold(name) for name in proposal.hands}
    others = [name for name in owners_of(published, proposal.head) if fold(name) not in theirs]
    who = owners_shown(others)
    hint = f"who could: {who}" if who else "CODEOWNERS names nobody else who could"
    made = {fold(name) for name in makers(published, proposal.head)}
    is_made = fold(published.forge.login()) in made
    what = "had a hand in what came in past review and is approved with this"
    message = f"you {what if is_made else 'had a hand in this'}: nobody approves his own"
    return UserError(message, hint=hint)


def _show(seen: Reviewed) -> None:
    from storesync.report import approvals
    from storesync.report.diagnostics import brief
    from storesync.report.plan import as_text

    say(as_text(seen.plan))
    if seen.warnings:
        say(brief(seen.warnings))
    wanted = approvals.as_text(seen.asked, len(seen.strangers))
    if wanted:
        say(wanted)


def _approve(published: Published, proposal: Proposal, message: str, plan: Plan) -> None:
    from storesync.app.proposals.decided import has_said
    from storesync.plugins.forge import ReviewState, Verdict

    at = published.context.now.timestamp()
    verdict = Verdict(proposal, ReviewState.APPROVED, message, at, plan.fingerprint)
    if has_said(published, verdict):
        note(published.context, "note: you approved just this already: nothing is added")
    else:
        published.forge.review(verdict)


def _conclude(published: Published, proposal: Proposal, seen: Reviewed, *, merge: bool) -> int:
    """Say what is missing; merge where that is wanted and nothing is."""
    from storesync.app.proposals.decided import judged
    from storesync.diagnostics import printable

    reviews = published.forge.reviews(proposal)
    decision = judged(published, proposal, reviews, seen.asked)
    commit, trouble = None, None
    if merge and decision.approved:
        commit, trouble = _merge(published, proposal, decision)
    if published.context.format == "json":
        _say_data(proposal, seen.plan, decision, reviews, commit)
    else:
        _say(published.context, proposal, decision, reviews)
        _say_idle(published, proposal, decision)
        if commit is not None:
            say(f"merged into {published.branch}: {commit[:10]}")
            say("next: storesync plan shows what publishing does")
        elif decision.approved and trouble is None:
            say(f"next: storesync approve {printable(proposal.id)} --merge")
    if trouble is not None:
        hint = f"\n\nhint: {trouble.hint}" if trouble.hint else ""
        click.echo(f"error: not merged: {trouble.message}{hint}", err=True)
    return EXIT_ERRORS if merge and commit is None else 0


def _merge(
    published: Published, proposal: Proposal, decision: Decision
) -> tuple[str | None, UserError | None]:
    """Return the commit on the published branch, else why the forge did not merge.

    What was approved stays so. A forge with rules of its own is asked to merge once they are met.
    """
    from storesync.diagnostics import printable
    from storesync.plugins.forge import MergeRequest

    forge, approvers = published.forge, ", ".join(decision.approvers)
    title = f"Merge {printable(proposal.branch)}: {printable(proposal.title)}"
    message = f"{title}\n\nApproved by {approvers}\n"
    request = MergeRequest(proposal, proposal.head, message, published.context.now.timestamp())
    try:
        return forge.merge(request), None
    except UserError as error:
        merge_later = getattr(forge, "merge_later", None)
        if not forge.capabilities.can_merge_later or merge_later is None:
            return None, error
        try:
            merge_later(request)
        except UserError as later:
            return None, UserError(error.message, hint=f"{error.hint}\nnor later: {later.message}")
        return None, UserError(error.message, hint="it is merged by itself once that is met")


def _say(context: Context, proposal: Proposal, decision: Decision, reviews: list[Review]) -> None:
    from storesync.diagnostics import printable
    from storesync.report.proposal import missing_lines, recorded_line

    name, by = printable(proposal.id), ", ".join(map(printable, decision.approvers))
    if decision.approved:
        say(f"approved: {name}, by {by}")
    else:
        say(f"not approved yet: {name}" + (f", so far by {by}" if by else ""))
    for line in missing_lines(decision, proposal):
        say(line)
    recorded = recorded_line(decision, reviews)
    if recorded:
        note(context, f"note: {recorded}")


def _say_idle(published: Published, proposal: Proposal, decision: Decision) -> None:
    """Tell whoever approved just now if that counts for nothing."""
    from storesync.app.proposals.decided import has_my_hand
    from storesync.approval.decide import fold
    from storesync.diagnostics import printable

    me = published.forge.login()
    counted = fold(me) in {fold(name) for name in decision.approvers}
    if not counted and not has_my_hand(published, proposal):
        words = "nothing asks for your approval here, so it counts for nothing"
        note(published.context, f"note: {printable(me)}: {words}")


def _say_data(
    proposal: Proposal,
    plan: Plan,
    decision: Decision,
    reviews: list[Review],
    commit: str | None,
    errors: Sequence[Diagnostic] = (),
) -> None:
    from storesync.report import diagnostics
    from storesync.report import proposal as report

    data = {
        "proposal": report.as_data(proposal),
        "plan": plan.fingerprint,
        **report.decision_data(decision),
        "recorded": sorted({item.login for item in reviews if item.recorded and item.login}),
        "merged": commit,
        "diagnostics": [diagnostics.as_data(item) for item in errors],
    }
    say_json(data)
