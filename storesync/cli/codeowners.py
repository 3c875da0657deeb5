"""`storesync codeowners`: .github/CODEOWNERS from the teams, or what is wrong with it."""

from __future__ import annotations

import click

from storesync.app.context import say, say_json
from storesync.cli.context import make_context
from storesync.errors import EXIT_ERRORS, UserError

_FILE = ".github/CODEOWNERS"


@click.command("codeowners")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where something is wrong.")
@click.pass_context
def command(ctx: click.Context, *, check: bool) -> int:
    """Write .github/CODEOWNERS from the teams in storesync.yaml and each brand.yaml.

    What is wrong with it is reported: files without an owner, lines that decide nothing, owners
    who are one person.
    """
    from storesync.app.files import write_whole
    from storesync.app.review.ownership import OwnerFiles
    from storesync.catalog.locate import locate
    from storesync.diagnostics import has_errors
    from storesync.report.diagnostics import as_text
    from storesync.report.problems import outcome

    context = make_context(ctx)
    context.check_format()
    tree = context.work_tree
    owners = OwnerFiles(context.root, tree)
    if owners.teams.is_empty and not has_errors(owners.faults) and not (check and owners.files):
        message = "no team is named: neither admins in storesync.yaml nor a team in a brand.yaml"
        raise UserError(message, hint="docs/approval.md shows how a team is written")
    written: list[str] = []
    if not check and not has_errors(owners.faults):
        path, text = context.root / _FILE, owners.expected()
        if owners.files.get(_FILE) != text.encode():
            path.parent.mkdir(exist_ok=True)
            write_whole(path, text.encode())
            written.append(_FILE)
        owners = OwnerFiles(context.root, tree)
    problems = owners.problems()
    found = locate([*owners.faults, *problems], tree)
    if context.format == "json":
        say_json(outcome(found) if check else outcome(found, written=written))
    else:
        if found:
            say(as_text(found, lambda _path: None))
        elif check:
            say(f"{_FILE}: current")
        if not check and not has_errors(owners.faults):
            say(f"{_FILE}: {'written' if written else 'current'}")
    return EXIT_ERRORS if found else 0
