"""From teams to the text of CODEOWNERS: cases as data, and what always holds."""

from __future__ import annotations

from typing import Any

import pytest
from casefile import CASES, Case, read_case
from hypothesis import given
from hypothesis import strategies as st

from storesync.approval.codeowners import read_codeowners
from storesync.approval.coverage import check_codeowners, check_current
from storesync.approval.ownership import Ownership
from storesync.approval.roles import Role, Teams, grants, login_of, roles_of, teams_of
from storesync.approval.teams import check_teams, location_paths
from storesync.approval.write import HEADER, codeowners_text
from storesync.model.settings import SettingsFile
from storesync.model.team import Team
from storesync.source.yaml import read

FILES = sorted((CASES / "codeowners" / "teams").glob("*.txt"))
PATHS = [
    "brands/acme/brand.yaml",
    "brands/acme/campaigns/winter/locations/austin.yaml",
    "brands/acme/locations/us/_defaults.yaml",
    "brands/acme/locations/us/texas/_defaults.yaml",
    "brands/acme/locations/us/texas/austin.yaml",
    "brands/acme/locations/us/texas/dallas.yaml",
    "brands/bloom/locations/us/reno.yaml",
    "brands/corner/locations/us/boise.yaml",
]
LOCATIONS = location_paths(PATHS)


def data(path: str, text: str) -> Any:
    document, found = read(path, text.encode())
    assert document is not None
    assert not found
    return document.data


def teams_in(case: Case) -> Teams:
    brands = {
        name: Team.model_validate(data(name, text))
        for name, text in case.sections.items()
        if name not in {"storesync.yaml", "expected"}
    }
    text = case.sections.get("storesync.yaml", "")
    more = data("storesync.yaml", text) if text else {}
    head = {"format": "1", "repository": "r0123456789abcdef"}
    return teams_of(SettingsFile.model_validate({**head, **more}), brands)


@pytest.mark.parametrize(
    "case", [read_case(path) for path in FILES], ids=lambda case: case.path.stem
)
def test_what_teams_ask_for(case: Case, update: bool):
    teams = teams_in(case)
    text = codeowners_text(teams, LOCATIONS)
    assert text.startswith(HEADER)
    codeowners = read_codeowners(text.encode())
    found = [
        *check_teams(teams, LOCATIONS),
        *check_codeowners(codeowners, PATHS, teams.addresses()),
        *check_current(text, text),
    ]
    told = [f"{item.path}:{item.line or item.at} {item.message}" for item in found]
    seen = text.removeprefix(HEADER) + "".join(f"{line}\n" for line in told)
    case.check(seen, update=update)


def acme(**team: Any) -> Teams:
    """Return one brand's team, with root and ada as admins of everything."""
    return Teams({"acme": Team.model_validate(team)}, ("root", "ada"))


def owners(teams: Teams, path: str) -> set[str]:
    text = codeowners_text(teams, LOCATIONS)
    return {
        name.removeprefix("@") for name in Ownership(read_codeowners(text.encode())).of(path).owners
    }


UMA = {"location_managers": [{"who": ["uma"], "folders": ["us"]}], "brand_managers": ["ben", "mia"]}


@pytest.mark.parametrize("path", PATHS)
def test_location_managers_approve_nothing_unless_the_brand_says_so(path: str):
    assert "uma" not in owners(acme(**UMA), path)


@pytest.mark.parametrize("path", PATHS)
def test_then_they_approve_data_of_their_own_locations(path: str):
    is_theirs = "acme/locations/us/texas/" in path and not path.endswith("_defaults.yaml")
    assert ("uma" in owners(acme(**UMA, location_managers_approve=True), path)) is is_theirs


@pytest.mark.parametrize("path", ["storesync.yaml", ".github/CODEOWNERS", "schemas/x.json", "x"])
def test_managers_of_a_brand_own_nothing_that_brands_share(path: str):
    teams = acme(**UMA, admins=["kim"], location_managers_approve=True)
    assert owners(teams, path) == {"root", "ada"}


def test_a_brand_names_no_deputy_for_admins_of_everything():
    absence = {"who": "root", "from": "2026-12-01", "to": "2026-12-31", "deputy": "mallory"}
    teams = acme(brand_managers=["ben"], away=[absence])
    assert not roles_of("mallory", "", teams)
    (found,) = check_teams(teams, LOCATIONS)
    assert (found.rule, found.at) == ("unknown-member", ("team", "away", 0, "who"))


def test_a_deputy_has_the_role_and_its_reach():
    absence = {"who": "UMA", "from": "2026-12-01", "to": "2026-12-31", "deputy": "eve"}
    (grant,) = roles_of("eve", "", acme(**UMA, away=[absence]))
    assert (grant.role, grant.folders) == (Role.LOCATION_MANAGER, ("us",))
    assert grant.deputy_of == "UMA"


@pytest.mark.parametrize(
    ("absence", "rules"),
    [
        ({"who": "ben", "to": "2026-12-31", "deputy": "eve"}, []),
        ({"who": "ben", "to": "2026-11-30", "deputy": "eve"}, ["flight-ends-first"]),
        ({"who": "bem", "to": "2026-12-31", "deputy": "eve"}, ["unknown-member"]),
        ({"who": "ben", "to": "2026-12-31", "deputy": "Ben"}, ["unknown-member"]),
    ],
)
def test_absences(absence: dict[str, str], rules: list[str]):
    teams = acme(brand_managers=["ben"], away=[{"from": "2026-12-01", **absence}])
    assert [item.rule for item in check_teams(teams, LOCATIONS)] == rules


def test_places_that_are_not_there():
    managers = [
        {"who": ["uma"], "folders": ["us", "gb"], "locations": ["austin", "astin", "boise"]},
        {"who": ["eve"]},
    ]
    found = check_teams(acme(location_managers=managers), LOCATIONS)
    assert {item.rule for item in found} == {"unknown-location"}
    top = ("team", "location_managers")
    wanted = [(*top, 0, "locations", 1), (*top, 0, "locations", 2), (*top, 0, "folders", 1)]
    assert [item.at for item in found] == [*wanted, (*top, 1)]


def test_addresses_are_people():
    teams = Teams(admins=("ada", "root@acme.example"), people={"Ada": ("ada@acme.example",)})
    assert login_of("ADA@acme.example", teams) == "ada"
    assert login_of("12+ada@users.noreply.github.com", teams) == "ada"
    assert login_of("ada@elsewhere.example", teams) == ""
    assert [item.member for item in roles_of("", "root@acme.example", teams)] == [
        "root@acme.example"
    ]
    assert [item.member for item in roles_of("ada", "", teams)] == ["ada"]


members = st.lists(st.sampled_from(["ben", "mia", "acme/brand", "eve@acme.example"]), max_size=3)


@given(members, members, members, st.booleans())
def test_what_is_written_is_sound_and_stays(
    admins: list[str], managers: list[str], locals_: list[str], approve: bool
):
    item = [{"who": locals_, "folders": ["us"]}] if locals_ else []
    team = {"brand_managers": managers, "location_managers": item}
    brand = Team.model_validate({**team, "location_managers_approve": approve})
    teams = Teams({"acme": brand}, tuple(admins))
    text = codeowners_text(teams, LOCATIONS)
    assert codeowners_text(teams, dict(reversed(LOCATIONS.items()))) == text
    found = read_codeowners(text.encode())
    assert not found.problems
    rules = {item.rule for item in check_codeowners(found, PATHS, {"eve@acme.example": "eve"})}
    assert rules <= {"codeowners-gap", "codeowners-alone"}
    if len(set(admins)) > 1:
        assert not rules
    for grant in grants(teams):
        if grant.role is Role.ADMIN:
            assert all(grant.member in owners(teams, path) for path in PATHS)
