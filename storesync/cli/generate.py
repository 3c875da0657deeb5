"""`storesync generate`: drafts of a campaign's copy, checked before they are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from storesync.app.context import Context, say, say_json
from storesync.app.drafting.options import Asked
from storesync.cli.context import make_context
from storesync.errors import EXIT_ERRORS, UserError

_MOST_VARIANTS = 20


@click.command("generate")
@click.argument("campaigns", metavar="CAMPAIGN...", nargs=-1, required=True)
@click.option("--channel", "channels", multiple=True, help="Only this one; may be repeated.")
@click.option("--locale", "locales", multiple=True, help="Only this language: fr-CA, or fr.")
@click.option(
    "--variants",
    type=click.IntRange(1, _MOST_VARIANTS),
    help="So many texts of each, for locations to vary; left out: as many as there are.",
)
@click.option("--estimate", "only_estimate", is_flag=True, help="Say what it would cost; no more.")
@click.option("--batch", is_flag=True, help="Through a batch: cheaper, within a day.")
@click.option("--wait", is_flag=True, help="With --batch: wait until it is through.")
@click.option("--fresh", is_flag=True, help="Ask again, whatever was answered before.")
@click.option("--force", is_flag=True, help="Also over words that a person has edited.")
@click.pass_context
def command(ctx: click.Context, /, *, campaigns: tuple[str, ...], **given: Any) -> int:
    """Draft copy for CAMPAIGN: a file for each channel and language, in its folder.

    A draft that fails a check is asked for again with what was wrong, a bounded number of times;
    what does not pass is not written. Words that a person has edited stay. It asks the server
    that `copywriter:` in storesync.yaml names, within the caps that stand there. Exit code 1
    where a draft is missing: it failed, or a cap was reached.
    """
    context = make_context(ctx)
    context.check_format()
    return _generate(context, campaigns, Asked(**given))


def _generate(context: Context, names: Sequence[str], asked: Asked) -> int:
    from storesync.app.chain import open_chain, open_production
    from storesync.app.drafting.copywriters import open_copywriter_of, open_desk, read_settings
    from storesync.app.drafting.jobs import Wanted, scenes_of, tasks_of
    from storesync.app.drafting.run import DraftRun
    from storesync.app.find import check_channel, find_campaign
    from storesync.report import drafts as report

    for channel in asked.channels:
        check_channel(channel)
    if asked.wait and not asked.batch:
        raise UserError("--wait is for --batch", hint="leave it out: drafts are waited for anyway")
    settings = read_settings(context.work_tree)
    said, copywriter = open_copywriter_of(context, settings)
    desk = open_desk(context, said, copywriter, batch=asked.batch)
    tree = context.work_tree
    # Only samples are rendered: one worker is enough for them.
    production = open_production(context, tree, few=True)
    chain = open_chain(context, tree, context.now, production=production)
    wanted = Wanted(asked.channels, asked.locales)
    campaigns = [find_campaign(chain.catalog, name) for name in dict.fromkeys(names)]
    scenes = [scene for item in campaigns for scene in scenes_of(chain, item, wanted)]
    tasks = list(tasks_of(context, chain, scenes, copywriter, asked.variants))
    run = DraftRun(context, asked, said, desk, tasks)
    done = run.finish()
    chain.finish()
    if context.format == "json":
        say_json(report.as_data(done))
    elif done.drafts:
        say(report.as_text(done))
    missing = any(item.state in {"failed", "stopped"} for item in done.drafts)
    return EXIT_ERRORS if missing else 0
