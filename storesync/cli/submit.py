"""`storesync submit`: what I changed becomes a proposal, with its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from storesync.app.context import Context, note, say, say_json
from storesync.app.half_way import refuse_half_way
from storesync.cli.context import make_context
from storesync.errors import EXIT_ERRORS, UserError

if TYPE_CHECKING:
    from storesync.app.proposals.forges import Published
    from storesync.app.proposals.submission import Draft
    from storesync.app.review.asked import Reviewed
    from storesync.approval.decide import Decision
    from storesync.diagnostics import Diagnostic
    from storesync.plugins.forge import Proposal


@click.command("submit")
@click.argument("campaign", required=False)
@click.option("-m", "--message", default="", help="What it is about; the title of the proposal.")
@click.option("--urgent", is_flag=True, help="Mark it as urgent; say why with -m.")
@click.pass_context
def command(ctx: click.Context, *, campaign: str | None, message: str, urgent: bool) -> int:
    """Propose what I changed under brands/, templates/ and in settings, or CAMPAIGN's files only.

    Checks it, commits it on a branch of its own (or on the branch I am on), pushes that where
    storesync.yaml names a remote under forge, and proposes it with its plan. Run again after more
    changes, it updates the same proposal. Where nothing of CAMPAIGN is changed, and what is merged
    of it is not proven, its revision is raised. Other files and what is staged stay as they are.
    Exit code 1 where what would be proposed has errors; nothing is done then.
    """
    from storesync.app.proposals.decided import viewer
    from storesync.app.proposals.forges import open_published
    from storesync.app.proposals.submission import checked, commit, draft_of

    context = make_context(ctx)
    context.check_format()
    refuse_half_way(context)
    if urgent and not message.strip():
        raise UserError("nothing says why it is urgent", hint="--urgent -m 'Recall of oat milk'")
    published = open_published(context)
    login = published.forge.login()  # before anything is done: Git has to know who I am
    if published.is_mine_to_read():
        raise viewer(published)
    draft = draft_of(context, published, login, campaign, message.strip())
    seen, errors = checked(context, published, draft, whole=campaign is None)
    if errors:
        return _refuse(context, errors)
    _check_own_locations(seen)
    head = commit(context, draft, message.strip())
    return _propose(published, draft, head, seen, message.strip(), urgent=urgent)


def _check_own_locations(seen: Reviewed) -> None:
    """Raise UserError where a location manager's own campaign is for others' locations too.

    Proposed in another way, it is for a brand manager to decide; most often it is a slip.
    """
    from storesync.approval.own_locations import RULE

    found = next((item for item in seen.asked if item.rule == RULE), None)
    if found is not None:
        hint = "select your own: select: [{ids: […]}]; or ask a brand manager to propose it"
        raise UserError(found.why, hint=hint)


def _propose(
    published: Published, draft: Draft, head: str, seen: Reviewed, message: str, *, urgent: bool
) -> int:
    from storesync.app.proposals.decided import judged, reviewers_of, with_makers
    from storesync.app.proposals.reviewing import reviewed_commit
    from storesync.plugins.forge import Submission
    from storesync.report.escape import escape
    from storesync.report.markdown import as_markdown
    from storesync.report.proposed import URGENT
    from storesync.source import branch as own

    context = published.context
    if not context.repository.is_ancestor(published.tip, head):
        # The published branch went on: what counts is both together.
        author = draft.known.author if draft.known else published.forge.login()
        seen = reviewed_commit(published, head, author, comment=True)
        if seen.errors:
            return _refuse(context, list(seen.errors))
    if published.remote is not None:
        own.push(context.repository, published.fork or published.remote, draft.branch, head)
    is_marked = urgent and not draft.title.startswith(URGENT)
    submission = Submission(
        branch=draft.branch,
        head=head,
        title=f"{URGENT if is_marked else ''}{draft.title}",
        body=(f"{escape(message)}\n\n" if message else "") + as_markdown(seen.plan, seen.view),
        at=context.now.timestamp(),
        reviewers=reviewers_of(published, head, seen.asked),
        urgent=urgent,
        home=published.home,
    )
    proposal = with_makers(published, published.forge.submit(submission))
    decision = judged(published, proposal, published.forge.reviews(proposal), seen.asked)
    _report(published, draft, proposal, seen, decision)
    return 0


def _refuse(context: Context, errors: list[Diagnostic]) -> int:
    from storesync.report import diagnostics as report

    if context.format == "json":
        found = [report.as_data(item) for item in errors]
        say_json({"proposal": None, "diagnostics": found})
    else:
        say(report.as_text(errors, lambda _path: None))
        note(context, "nothing was proposed: correct the errors and submit again")
    return EXIT_ERRORS


def _report(
    published: Published, draft: Draft, proposal: Proposal, seen: Reviewed, decision: Decision
) -> None:
    from storesync.diagnostics import printable
    from storesync.report import proposal as report

    context = published.context
    if context.format == "json":
        data = {
            "proposal": report.as_data(proposal),
            "updated": draft.known is not None,
            "files": draft.paths,
            "plan": seen.plan.fingerprint,
            "summary": seen.plan.summary,
            "missing": report.decision_data(decision)["missing"],
            "unasked": list(proposal.unasked),
            "diagnostics": [],
        }
        say_json(data)
        return
    from storesync.report.diagnostics import brief
    from storesync.report.plan import as_text

    name = printable(proposal.id)
    done = "updated" if draft.known is not None else "proposed"
    say(as_text(seen.plan))
    if seen.warnings:
        say(brief(seen.warnings))
    say(f"\n{done} {name}: {printable(proposal.title)} ({_counted(draft.paths)})")
    for line in report.missing_lines(decision, proposal):
        say(line)
    say(f"next: one of them looks at it: storesync approve {name}")
    if proposal.url:
        say(f"see {printable(proposal.url)}")
    if proposal.unasked:
        who = report.owners_shown(f"@{name.removeprefix('@')}" for name in proposal.unasked)
        note(context, f"note: asked for no review, as the forge does not let it: {who}")
    branch = printable(draft.branch)
    note(context, f"you are on the branch {branch} now; back: git switch {published.branch}")


def _counted(paths: list[str]) -> str:
    if not paths:
        return "nothing new to commit"
    return f"{len(paths)} file{'s' if len(paths) > 1 else ''} committed"
