"""`storesync fmt`: YAML files in their canonical form."""

from __future__ import annotations

from pathlib import Path

import click

from storesync.app.context import say, say_json
from storesync.cli.context import make_context, tell_errors
from storesync.errors import EXIT_ERRORS


@click.command("fmt")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where a file would change.")
@click.pass_context
def command(ctx: click.Context, *, paths: tuple[Path, ...], check: bool) -> int:
    """Write YAML files canonically: meaning and comments stay.

    Files that are not YAML as StoreSync reads it are told with their errors, and left alone; exit
    code 1 then.
    """
    from storesync.app.files import write_whole
    from storesync.app.paths import chosen
    from storesync.diagnostics import has_errors
    from storesync.source.canonical import format as canonical
    from storesync.source.yaml import read

    context = make_context(ctx)
    context.check_format()
    tree = context.work_tree
    wanted = [path for path in chosen(context, tree.paths(), paths) if path.endswith(".yaml")]
    changed, wrong = [], []
    for path in wanted:
        raw = tree.read(path)
        text = raw.decode("utf-8", "surrogateescape")
        new = canonical(text)
        # Some of what is wrong, such as line ends, is mended by that.
        found = read(path, new.encode("utf-8", "surrogateescape"))[1]
        wrong += sorted(found, key=lambda item: item.sort_key)
        if has_errors(found):
            continue
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
    return tell_errors(wrong) or (EXIT_ERRORS if check and changed else 0)
