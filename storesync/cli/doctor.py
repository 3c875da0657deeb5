"""`storesync doctor`: what is wrong with the surroundings, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from storesync.app.context import Context, say, say_json
from storesync.cli.context import make_context
from storesync.errors import EXIT_ERRORS, UserError

if TYPE_CHECKING:
    from storesync.report.answers import Answer


_LOOK = "storesync validate says more"


@click.command("doctor")
@click.option("--fix", is_flag=True, help="Print the rule sets that GitHub should have, as JSON.")
@click.option("--strict", is_flag=True, help="Exit 1 also where something cannot be seen.")
@click.pass_context
def command(ctx: click.Context, *, fix: bool, strict: bool) -> int:
    """Check Git, this clone, the ledger, CODEOWNERS, the workflows and the code host's settings.

    Each check passes, fails, or cannot be seen from here, with what to do. Nothing is changed and
    no secret is shown. Exit code 1 where a check fails.
    """
    from storesync.report import answers as report
    from storesync.report.answers import Result

    context = make_context(ctx)
    context.check_format()
    found = list(_examine(context))
    rules = _rulesets(context) if fix else []
    if context.format == "json":
        say_json(report.as_data(found) | ({"rulesets": rules} if fix else {}))
    elif fix:
        click.echo(report.as_text(found), err=True)
        say_json(rules)
    else:
        shown = [item for item in found if item.result is not Result.PASS or not context.quiet]
        say(report.as_text(shown))
    bad = {Result.FAIL, Result.CANNOT_SEE} if strict else {Result.FAIL}
    return EXIT_ERRORS if any(item.result in bad for item in found) else 0


def _examine(context: Context) -> Iterator[Answer]:
    from storesync.app.doctor.clone import check_clone
    from storesync.app.doctor.hosting import check_channels, check_forge, check_owners
    from storesync.app.doctor.pulse import check_pulse
    from storesync.app.doctor.workflows import check_workflows, has_schedule
    from storesync.app.settings import forge_section
    from storesync.report.answers import Answer, Result

    yield from check_clone(context)
    yield from check_owners(context)
    try:
        settings = _settings(context)
    except UserError as error:
        yield Answer("settings", Result.FAIL, error.message, error.hint or _LOOK)
        return
    yield from check_pulse(context, scheduled=has_schedule(context))
    yield from check_workflows(context, wanted=forge_section(settings).is_hosted)
    yield from check_channels(context, settings)
    yield from check_forge(context, settings)


def _settings(context: Context) -> Mapping[str, Any]:
    from storesync.app.settings import settings_of

    return settings_of(context.repository, context.head())


def _rulesets(context: Context) -> list[dict[str, Any]]:
    from storesync.app.settings import forge_section
    from storesync.approval.ruleset import rulesets
    from storesync.ledger.layout import BRANCH, TAG

    branch = forge_section(_settings(context)).branch
    return rulesets(branch, BRANCH.removeprefix("refs/heads/"), TAG.removeprefix("refs/tags/"))
