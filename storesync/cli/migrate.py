"""`storesync migrate`: older file formats brought up to date."""

from __future__ import annotations

import click

from storesync.app.context import say, say_json
from storesync.cli.context import make_context
from storesync.errors import UserError


@click.command("migrate")
@click.option("--dry-run", is_flag=True, help="Show what would change and write nothing.")
@click.pass_context
def command(ctx: click.Context, *, dry_run: bool) -> int:
    """Rewrite files of an older format; comments, order and quoting stay.

    The version stands in storesync.yaml. Files without a version are format 0.
    """
    from storesync.app.files import write_whole
    from storesync.model.settings import FORMAT
    from storesync.source.migration import STEPS, migrate, version_of

    context = make_context(ctx)
    context.check_format()
    tree = context.work_tree
    texts = {
        path: tree.read(path).decode("utf-8", "surrogateescape")
        for path in tree.paths()
        if path.endswith(".yaml")
    }
    found = version_of(texts)
    if found > FORMAT:
        message = f"the files are of format {found}; this StoreSync knows up to {FORMAT}"
        raise UserError(message, hint="upgrade StoreSync")
    changed = migrate(texts, found, STEPS)
    if not dry_run:
        for path, text in changed.items():
            write_whole(context.root / path, text.encode("utf-8", "surrogateescape"))
    if context.format == "json":
        say_json({"from": found, "to": FORMAT, "changed": sorted(changed), "written": not dry_run})
    else:
        for path in sorted(changed):
            say(path)
        say(
            f"format {found} -> {FORMAT}: {len(changed)} files"
            f" {'would change' if dry_run else 'changed'}"
        )
    return 0
