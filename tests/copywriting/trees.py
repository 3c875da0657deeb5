"""A brand whose every private word is marked: SECRET must never be in a prompt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from storesync.catalog.catalog import Catalog
from storesync.catalog.load import load
from storesync.copywriting.scene import Scene, make_scene
from storesync.plan.pieces import date_pieces
from storesync.resolve.placement import template_of
from storesync.source.tree import MemoryTree

AT = datetime(2026, 11, 20, tzinfo=UTC)
LEITH = "brands/acme/locations/gb/leith.yaml"
CAMPAIGN = "brands/acme/campaigns/winter/campaign.yaml"

FILES: Mapping[str, str] = {
    "storesync.yaml": """\
format: 1
repository: r0123456789abcdef
admins: [secret-admin]
people: {secret-admin: [secret@acme.example.com]}
notes: SECRET settings
""",
    "brands/acme/brand.yaml": """\
name: Acme Tea
website: https://secret.acme.example.com
locales: [en-GB, fr-FR]
currency: GBP
colours: {secret: "#123456"}
voice: {tone: [calm, "a little dry"], avoid: [cheap]}
legal:
  terms: {en: SECRET terms apply, fr: SECRET conditions}
products:
  tea: {en: Black Tea, fr: Thé noir}
  secret-scone: SECRET scone
team: {brand_managers: [secret-mia], viewers: [secret-agency]}
notes: SECRET of the brand
""",
    "brands/acme/locations/_defaults.yaml": "tags: [secret-tag]\n",
    "brands/acme/locations/gb/_defaults.yaml": """\
address: {country: GB}
timezone: Europe/London
locales: [en-GB]
""",
    LEITH: """\
name: Leith
address: {street: 1 SECRET Street, city: Edinburgh, postcode: SEC RET}
phone: "+441315550142"
email: secret@leith.example.com
attributes: {manager: SECRET person}
notes: SECRET of Leith
""",
    "brands/acme/locations/gb/bath.yaml": """\
name: Bath by the Old Abbey Gardens
address: {street: 7 SECRET Lane, city: Bath}
""",
    "brands/acme/locations/fr/paris.yaml": """\
name: Paris
address: {street: 3 rue SECRET, city: Paris, country: FR}
timezone: Europe/Paris
locales: [fr-FR]
currency: EUR
""",
    "templates/shared/offer/template.yaml": """\
name: SECRET template
variables:
  headline: {maxLength: 40, description: The first line}
  note: {maxLength: 60, required: false}
  unused: {required: false}
  discount_percentage: {type: integer, minimum: 5, maximum: 50, unit: percent, lock: location}
  seats: {type: integer, required: false}
  look: {enum: [plain, secret], default: plain}
notes: SECRET of the template
""",
    "templates/shared/offer/web.html.j2": """\
<p>{{ headline }} {{ discount_percentage }} {% if note %}{{ note }}{% endif %} {{ look }}</p>
""",
    "templates/shared/offer/sms.txt.j2": "{{ headline }} {{ location_name }}\n",
    CAMPAIGN: """\
name: Winter tea
template: shared/offer
flight: {start: 2026-12-01, end: 2026-12-24}
channels: [web, sms]
offer: {product: tea, discount_percentage: 20}
values:
  headline: {en: Warm hands, fr: Mains au chaud}
  note: {en: A pot for two, fr: Une théière pour deux}
  seats: 12
tags: [secret-label]
budget: 98765
cost_center: SECRET-114
costs: {discount: 43210}
notes: SECRET reasons
""",
    "brands/acme/campaigns/autumn/campaign.yaml": """\
name: SECRET other campaign
template: shared/offer
flight: {start: 2026-10-01, end: 2026-10-24}
channels: [web]
offer: {product: secret-scone, discount_percentage: 10}
values: {headline: SECRET headline}
""",
    "brands/zen/brand.yaml": """\
name: SECRET rival
locales: [en-GB]
currency: GBP
notes: SECRET of another brand
""",
}


def catalog_of(changes: Mapping[str, str | None] | None = None) -> Catalog:
    files = {**FILES, **(changes or {})}
    tree = MemoryTree({path: text.encode() for path, text in files.items() if text is not None})
    return load(tree)


def scene_of(
    channel: str = "web", locale: str = "en-GB", changes: Mapping[str, str | None] | None = None
) -> Scene:
    """Return the scene of the campaign `winter`."""
    catalog = catalog_of(changes)
    assert [item for item in catalog.diagnostics if item.severity == "error"] == []
    brand = catalog.brands["acme"]
    campaign = brand.campaigns["winter"]
    template = template_of(catalog, campaign)
    wanted = ("winter", channel, locale)
    pieces = date_pieces(catalog, brand, AT, {})
    kept = [x for x in pieces if (x.key.campaign, x.key.channel, x.key.locale) == wanted]
    sources = {
        path: text for path, text in {**FILES, **(changes or {})}.items() if path.endswith(".j2")
    }
    return make_scene((brand, campaign, template), (channel, locale), kept, sources)
