"""`storesync new`: a valid brand, location, template or campaign, from options or by asking."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

import click

from storesync.app.context import Context
from storesync.app.copied import campaign_copy, template_copy
from storesync.app.files import write_new
from storesync.cli.context import make_context
from storesync.diagnostics import printable
from storesync.errors import UserError

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


@click.group("new")
def command() -> None:
    """Write a valid file; what no option says is asked for on a terminal."""


@command.command("brand")
@click.argument("brand")
@click.option("--name", help="The name customers know.")
@click.option("--currency", default="USD", show_default=True, help="Where a location has no own.")
@click.option("--locales", default="en-US", show_default=True, help="fr-CA,en-CA: main one first.")
@click.pass_context
def brand_command(
    ctx: click.Context, *, brand: str, name: str | None, currency: str, locales: str
) -> int:
    """Write brands/BRAND/brand.yaml."""
    context = make_context(ctx)
    data = {
        "name": _given(name, "Name", _title(brand)),
        "locales": [item.strip() for item in locales.split(",")],
        "currency": currency,
    }
    return write_new(context, {f"brands/{_slug(brand)}/brand.yaml": ("brand", data)})


@command.command("location")
@click.argument("location")
@click.option("--brand", help="Brand id; needed where there are several.")
@click.option("--folder", default="", help="us/texas: below locations/.")
@click.option("--name", help="The name on the door.")
@click.option("--timezone", help="IANA name: America/Chicago.")
@click.option("--country", help="ISO 3166 code: US.")
@click.option("--city", help="As on a letter.")
@click.option("--street", help="As on a letter.")
@click.pass_context
def location_command(
    ctx: click.Context, /, *, location: str, brand: str | None, **given: str | None
) -> int:
    """Write a location file; what its folders' _defaults.yaml say is not asked for."""
    context = make_context(ctx)
    owner = _brand(context, brand)
    folder = (given["folder"] or "").strip("/")
    inherited = _inherited(context, owner, folder)
    address = {key: value for key in ("street", "city") if (value := given[key]) is not None}
    known = inherited.get("address", {})
    country = given["country"] or ("" if known.get("country") else _given(None, "Country", ""))
    if country:
        address["country"] = country
    zone = given["timezone"] or ("" if inherited.get("timezone") else _given(None, "Timezone", ""))
    data: dict[str, Any] = {"name": _given(given["name"], "Name", _title(location))}
    data |= {"address": address} if address else {}
    data |= {"timezone": zone} if zone else {}
    path = "/".join(filter(None, (f"brands/{owner}/locations", folder, f"{_slug(location)}.yaml")))
    return write_new(context, {path: ("location", data)})


@command.command("template")
@click.argument("template")
@click.option("--brand", default="shared", show_default=True, help="Brand id, or shared.")
@click.option("--from", "old", metavar="OLD", help="Copy this one: shared/seasonal-offer.")
@click.pass_context
def template_command(ctx: click.Context, *, template: str, brand: str, old: str | None) -> int:
    """Write a template with a web page, or a copy of another one: a redesign beside the old one."""
    context = make_context(ctx)
    if "/" in template:  # as campaigns and --from name it
        brand, _, template = template.partition("/")
    owner = brand if brand == "shared" else _brand(context, brand)
    folder = f"templates/{owner}/{_slug(template)}"
    if old is not None:
        return _write_texts(context, template_copy(context.work_tree, f"templates/{old}", folder))
    data = {
        "name": _title(template),
        "variables": {"headline": {"type": "string", "maxLength": 60}},
    }
    page = (
        '<!doctype html>\n<html lang="{{ locale }}"'
        '{% if locale[:2] in ["ar", "fa", "he", "ur"] %} dir="rtl"{% endif %}>\n'
        '<head><meta charset="utf-8">'
        "<title>{{ headline }}</title></head>\n<body>\n<h1>{{ headline }}</h1>\n"
        "<p>{{ location_name }}{% if city %}, {{ city }}{% endif %}</p>\n</body>\n</html>\n"
    )
    return write_new(
        context,
        {f"{folder}/template.yaml": ("template", data), f"{folder}/web.html.j2": ("", page)},
    )


@command.command("campaign")
@click.argument("campaign")
@click.option("--brand", help="Brand id; needed where there are several.")
@click.option(
    "--from", "old", metavar="OLD", help="Copy this campaign of the brand, archived or not."
)
@click.option("--name", help="For people.")
@click.option("--template", help="shared/seasonal-offer")
@click.option("--start", help="2026-12-01 or 2026-12-01T07:00, each location's own time.")
@click.option("--end", help="A date includes that whole day; left out: it runs on.")
@click.option("--channel", "channels", multiple=True, help="May be given several times.")
@click.pass_context
def campaign_command(
    ctx: click.Context,
    /,
    *,
    campaign: str,
    brand: str | None,
    old: str | None,
    channels: tuple[str, ...],
    **given: str | None,
) -> int:
    """Write a campaign for all locations, or a copy of another one with a new flight."""
    from storesync.catalog.layout import folders_of

    context = make_context(ctx)
    owner = _brand(context, brand)
    folder, archived = folders_of(owner, _slug(campaign))
    paths = context.work_tree.paths()
    if any(path.startswith(f"{archived}/") for path in paths):
        message = f"{archived} is in the archive, and its id stays taken"
        raise UserError(message, hint=f"choose another id; to run it again: --from {campaign}")
    start = _given(
        given["start"], "Start", (date.fromordinal(context.now.toordinal() + 14)).isoformat()
    )
    flight = {"start": _moment(start)} | ({"end": _moment(given["end"])} if given["end"] else {})
    _check_flight(flight)
    if old is not None:
        changes = {"name": given["name"] or _title(campaign), "flight": flight}
        here, gone = folders_of(owner, old)
        source = gone if f"{gone}/campaign.yaml" in paths else here
        copy = campaign_copy(context.work_tree, source, folder, changes)
        return _write_texts(context, copy)
    name = _given(given["name"], "Name", _title(campaign))
    template = _given(given["template"], "Template", _first_template(context, owner))
    variables = _required(context, owner, template)
    data = {
        "name": name,
        "template": template,
        "flight": flight,
        "channels": _served(context, template, channels),
    }
    data |= {"values": variables} if variables else {}
    return write_new(context, {f"{folder}/campaign.yaml": ("campaign", data)})


def _write_texts(context: Context, texts: Mapping[str, str]) -> int:
    return write_new(context, {path: ("", text) for path, text in texts.items()})


def _given(value: str | None, label: str, default: str) -> str:
    """Return an option's value; ask for it on a terminal; else take the default or refuse."""
    if value:
        return value
    if sys.stdin.isatty():
        return str(click.prompt(label, default=default or None))
    if default:
        return default
    message = f"--{label.lower()} is missing"
    raise UserError(
        message, hint="give it as an option, or run the command on a terminal to be asked"
    )


def _moment(text: str) -> object:
    """Return a day or a local time to be written bare; anything else as it is, for the check."""
    from storesync.model.base import read_day_or_moment

    try:
        return read_day_or_moment(text)
    except ValueError:
        return text


def _check_flight(flight: Mapping[str, object]) -> None:
    """Raise UserError where a flight ends before it starts; what is no time is refused later."""
    from storesync.schedule.zones import ending, starting

    start, end = flight["start"], flight.get("end")
    if not isinstance(start, date) or not isinstance(end, date):  # a datetime is a date, too
        return
    if ending(end) <= starting(start):
        message = f"--end {end.isoformat()} is before --start {start.isoformat()}"
        raise UserError(message, hint="nothing was written; a date as the end includes that day")


def _slug(name: str) -> str:
    if len(name) <= 64 and _SLUG.match(name):
        return name
    message = f'"{printable(name, limit=80)}" cannot be an id'
    raise UserError(message, hint="small letters, digits and single hyphens: north-gate-2")


def _title(slug: str) -> str:
    return slug.replace("-", " ").capitalize()


def _brand(context: Context, brand: str | None) -> str:
    folder = context.root / "brands"
    brands = sorted(item.name for item in folder.iterdir() if (item / "brand.yaml").is_file())
    if brand in brands:
        return str(brand)
    if brand is None and len(brands) == 1:
        return brands[0]
    names = ", ".join(brands) or "none yet: storesync new brand"
    message = f'there is no brand "{printable(brand)}"' if brand else "there are several brands"
    raise UserError(message, hint=f"--brand is one of {names}")


def _inherited(context: Context, brand: str, folder: str) -> Mapping[str, Any]:
    from storesync.catalog.catalog import folders_above
    from storesync.catalog.merge import merge_defaults
    from storesync.source.yaml import read

    defaults = {}
    for above in folders_above(folder):
        path = "/".join(filter(None, (f"brands/{brand}/locations", above, "_defaults.yaml")))
        try:
            document, _ = read(path, context.work_tree.read(path))
        except KeyError:
            continue
        if document is not None:
            defaults[above] = document.data
    return merge_defaults(folder, defaults)


def _first_template(context: Context, brand: str) -> str:
    """Return the first template that a brand can use, its own before shared ones."""
    own, shared = f"templates/{brand}/", "templates/shared/"
    paths = [path for path in context.work_tree.paths() if path.endswith("/template.yaml")]
    found = [path for group in (own, shared) for path in paths if path.startswith(group)]
    if not found:
        message = f"there is no template yet that {brand} can use"
        raise UserError(message, hint="storesync new template NAME")
    return "/".join(found[0].split("/")[1:3])


def _served(context: Context, template: str, wanted: tuple[str, ...]) -> list[str]:
    """Return the channels wanted, else the first that a template serves; refuse others."""
    from storesync.model.channel import KINDS
    from storesync.render.naming import parse_path

    files = [parse_path(path) for path in context.work_tree.paths()]
    parts = {
        (file.stem, file.form) for file in files if file and file.folder == f"templates/{template}"
    }
    served = [
        kind.name
        for kind in KINDS.values()
        if all((kind.name, part.name) in parts for part in kind.parts if part.required)
    ]
    other = next((name for name in wanted if name not in served), None)
    if other is not None or not served:
        message = f"{template} has no parts for {printable(other or 'any channel')}"
        raise UserError(message, hint=f"--channel is one of {', '.join(served) or 'none'}")
    return list(wanted) or served[:1]


def _required(context: Context, brand: str, template: str) -> dict[str, str]:
    """Return a placeholder for each variable that the template needs and that has no default."""
    from storesync.catalog.load import load
    from storesync.model.template import VariableType

    found = load(context.work_tree).templates.get(template)
    if found is None:
        message = f'there is no template "{printable(template)}"'
        raise UserError(message, hint="storesync new template NAME")
    if template.partition("/")[0] not in {brand, "shared"}:
        message = f"{template} is another brand's template"
        raise UserError(message, hint=f"take one of {brand} or shared, or copy it: new template")
    texts = {VariableType.DATE: context.now.date().isoformat(), VariableType.BOOLEAN: "false"}
    values = {}
    for name, variable in found.file.variables.items():
        if variable.required and variable.default is None:
            lowest = str(variable.minimum if variable.minimum is not None else 1)
            plain = _title(name.replace("_", "-")) if variable.type == "string" else lowest
            values[name] = (variable.enum or [texts.get(variable.type, plain)])[0]
    return values
