"""`storesync fmt`: YAML files in their canonical form."""

from __future__ import annotations

from pathlib import Path

import click

from storesync.app.context import say, say_json
from storesync.cli.context import make_context
from storesync.errors import EXIT_ERRORS


@click.command("fmt")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where a file would change.")
@click.pass_context
def command(ctx: click.Context, *, paths: tuple[Path, ...], check: bool) -> int:
    """Write YAML files canonically: meaning and comments stay. Files with errors are left alone."""
    from storesync.app.files import write_whole
    from storesync.app.paths import chosen
    from storesync.source.canonical import format as canonical

    context = make_context(ctx)
    context.check_format()
    tree = context.work_tree
    wanted = [path for path in chosen(context, tree.paths(), paths) if path.endswith(".yaml")]
    changed = []
    for path in wanted:
        try:
            text = tree.read(path).decode("utf-8")
        except UnicodeDecodeError:  # validate says so, with the place
            continue
        new = canonical(text)
        if new != text:
            changed.append(path)
            if not check:
                write_whole(context.root / path, new.encode())
    if context.format == "json":
        say_json({"changed": changed, "checked": len(wanted), "written": not check})
    else:
        for path in changed:
            say(path)
        verb = "would change" if check else "changed"
        say(f"{len(changed)} of {len(wanted)} files {verb}")
    return EXIT_ERRORS if check and changed else 0
