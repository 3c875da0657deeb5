"""Which kind of file stands at which path."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.catalog.layout import Kind, campaign_at, check_path, place_of, standing
from storesync.diagnostics import Diagnostic

BRAND = "brands/acme"
WINTER = f"{BRAND}/campaigns/winter"
SHARED = "templates/shared"


def check(path: str) -> list[Diagnostic]:
    return check_path(path, place_of(path))


@pytest.mark.parametrize(
    ("path", "kind", "owner", "name", "folder"),
    [
        ("storesync.yaml", Kind.SETTINGS, "", "", ""),
        ("brands/acme/brand.yaml", Kind.BRAND, "acme", "acme", ""),
        ("brands/acme/locations/leith.yaml", Kind.LOCATION, "acme", "leith", ""),
        (f"{BRAND}/locations/gb/north/leith.yaml", Kind.LOCATION, "acme", "leith", "gb/north"),
        ("brands/acme/locations/_defaults.yaml", Kind.DEFAULTS, "acme", "_defaults", ""),
        ("brands/acme/locations/gb/_defaults.yaml", Kind.DEFAULTS, "acme", "_defaults", "gb"),
        (f"{BRAND}/locations/campaigns/brand.yaml", Kind.LOCATION, "acme", "brand", "campaigns"),
        (f"{WINTER}/campaign.yaml", Kind.CAMPAIGN, "acme", "winter", ""),
        (f"{WINTER}/results.yaml", Kind.RESULTS, "acme", "winter", ""),
        (f"{WINTER}/locations/leith.yaml", Kind.OVERRIDE, "acme", "leith", "winter"),
        (f"{WINTER}/copy/web.en-GB.yaml", Kind.COPY, "acme", "winter", "web.en-GB"),
        ("templates/shared/offer/template.yaml", Kind.TEMPLATE, "shared", "offer", ""),
        ("templates/acme/offer/web.html.j2", Kind.PART, "acme", "offer", "web.html.j2"),
        (f"{SHARED}/_includes/mail.html.j2", Kind.PART, "shared", "_includes", "mail.html.j2"),
    ],
)
def test_places(path: str, kind: Kind, owner: str, name: str, folder: str):
    place = place_of(path)
    assert place is not None
    assert (place.kind, place.owner, place.id, place.folder) == (kind, owner, name, folder)
    assert check(path) == []
    assert campaign_at(path) == ((owner, place.campaign) if place.campaign else None)


def test_a_campaign_in_the_archive_is_no_campaign_and_known_all_the_same():
    for rest in ("campaign.yaml", "results.yaml", "locations/leith.yaml", "copy/web.en-GB.yaml"):
        path = f"{BRAND}/archive/winter/{rest}"
        assert (place_of(path), campaign_at(path), check(path)) == (None, None, [])
        assert standing(path) == f"{WINTER}/{rest}"
    assert [standing(path) for path in (f"{WINTER}/campaign.yaml", f"{BRAND}/archive.yaml")] == (
        [None, None]
    )


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        (f"{BRAND}/archive/campaign.yaml", "unknown-file"),
        (f"{BRAND}/archive/winter/other.yaml", "unknown-file"),
        (f"{BRAND}/archive/2023/winter/campaign.yaml", "unknown-file"),
        (f"{BRAND}/archive/Winter Sale/campaign.yaml", "invalid-id"),
        (f"{BRAND}/archive/winter/copy/web.yaml", "invalid-copy-name"),
    ],
)
def test_names_in_the_archive_are_checked(path: str, rule: str):
    assert {item.rule for item in check(path)} == {rule}


@pytest.mark.parametrize(
    "path",
    [
        "brands/acme.yaml",
        "brands/acme/location/leith.yaml",
        "brands/acme/locations.yaml",
        "brands/acme/campaigns/winter.yaml",
        f"{WINTER}/other.yaml",
        f"{WINTER}/locations/gb/leith.yaml",
        "brands/acme/locations/leith.yml",
        "brands/acme/locations/leith.YAML",
        "brands/acme/locations/leith.yaml.txt",
        "templates/offer/template.yaml",
        "templates/shared/offer/more/web.html.j2",
        "templates/shared/offer/other.yaml",
        "templates/shared/offer/web.html.jinja2",
    ],
)
def test_files_that_are_not_read_are_told(path: str):
    assert place_of(path) is None
    assert [item.rule for item in check(path)] == ["unknown-file"]


@pytest.mark.parametrize(
    "path",
    ["brands/acme/logo.svg", "brands/acme/README.md", "templates/shared/offer/notes.txt", "brands"],
)
def test_other_files_are_nobodys_business(path: str):
    assert place_of(path) is None
    assert check(path) == []


FOLDERS = ["brands", "templates", "acme", "shared", "locations", "campaigns", "gb", "..", ""]
FILES = ["_defaults.yaml", "brand.yaml", "campaign.yaml", ".yaml", "web.html.j2", "\x1b.yaml"]
PARTS = st.sampled_from(FOLDERS + FILES)


@given(st.lists(PARTS, max_size=6).map("/".join))
def test_no_path_is_too_odd(path: str):
    check(path)
    place = place_of(path)
    assert place is None or place.path == path


@pytest.mark.parametrize(
    ("path", "campaign"),
    [
        ("brands/acme/campaigns/winter/campaign.yaml", ("acme", "winter")),
        ("brands/acme/campaigns/winter/locations/leith.yaml", ("acme", "winter")),
        ("brands/acme/campaigns/winter/notes/plan.txt", ("acme", "winter")),
        ("brands/acme/campaigns/winter", None),
        ("brands/acme/locations/winter/campaign.yaml", None),
        ("docs/acme/campaigns/winter/campaign.yaml", None),
        ("x/brands/acme/campaigns/winter/campaign.yaml", None),
    ],
)
def test_the_campaign_of_a_file(path: str, campaign: tuple[str, str] | None):
    assert campaign_at(path) == campaign
