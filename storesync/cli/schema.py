"""`storesync schema`: write the JSON Schemas of all file kinds, or check that they are current."""

from __future__ import annotations

import click

from storesync.app.context import say, say_json
from storesync.cli.context import make_context
from storesync.errors import EXIT_ERRORS


@click.command("schema")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where a schema is not current.")
@click.pass_context
def command(ctx: click.Context, *, check: bool) -> int:
    """Write schemas/*.json from the models; editors complete and check YAML files with them."""
    from storesync.app.files import write_whole
    from storesync.catalog.schema import schemas, verify

    context = make_context(ctx)
    context.check_format()
    folder = context.root / "schemas"
    current = schemas()
    verify(current.values())
    stale = []
    for name, text in current.items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(f"schemas/{name}")
            if not check:
                folder.mkdir(exist_ok=True)
                write_whole(path, text.encode())
    if context.format == "json":
        say_json({"ok": not (check and stale), "stale" if check else "written": stale})
    else:
        for name in stale:
            say(f"{name}: {'not current' if check else 'written'}")
        say(f"{'checked' if check else 'current'}: {len(current)} schemas")
    return EXIT_ERRORS if check and stale else 0
