"""Who decides over a brand, a location, everything."""

from __future__ import annotations

import pytest

from storesync.approval.roles import Role, Teams, is_as_mighty, role_over, roles_of
from storesync.model.team import Team

ACME = Team.model_validate(
    {
        "admins": ["ada"],
        "brand_managers": ["mia"],
        "location_managers": [{"who": ["uma"], "folders": ["us/texas"], "locations": ["leith"]}],
        "viewers": ["lena"],
        "away": [{"who": "mia", "from": "2026-12-01", "to": "2026-12-02", "deputy": "dan"}],
    }
)
OTHER = Team.model_validate({"brand_managers": ["otto", "mia"]})
TEAMS = Teams({"acme": ACME, "other": OTHER}, admins=("root",))
AUSTIN = ("austin", "brands/acme/locations/us/texas/austin.yaml")
LEITH = ("leith", "brands/acme/locations/gb/leith.yaml")


def over(login: str, *scope: str, teams: Teams = TEAMS) -> Role | None:
    return role_over(roles_of(login, "", teams), teams, *scope)


@pytest.mark.parametrize(
    ("login", "scope", "role"),
    [
        ("root", ("acme",), Role.ADMIN),
        ("root", ("",), Role.ADMIN),
        ("root", ("nowhere",), Role.ADMIN),
        ("ada", ("acme",), Role.ADMIN),
        ("ada", ("other",), None),
        ("ada", ("",), None),
        ("Mia", ("acme",), Role.BRAND_MANAGER),
        ("mia", ("",), Role.BRAND_MANAGER),
        ("otto", ("",), None),
        ("otto", ("acme",), None),
        ("dan", ("acme", *AUSTIN), Role.BRAND_MANAGER),
        ("uma", ("acme", *AUSTIN), Role.LOCATION_MANAGER),
        ("uma", ("acme", *LEITH), Role.LOCATION_MANAGER),
        ("uma", ("acme", "leith", ""), Role.LOCATION_MANAGER),
        ("uma", ("acme", "austin", ""), None),
        ("uma", ("acme", "oslo", "brands/acme/locations/us/texas-2/oslo.yaml"), None),
        ("uma", ("acme", "austin", "brands/other/locations/us/texas/austin.yaml"), None),
        ("uma", ("acme",), None),
        ("uma", ("other", *LEITH), None),
        ("lena", ("acme", *LEITH), None),
        ("nobody", ("acme",), None),
        ("", ("acme",), None),
    ],
)
def test_a_role_reaches_as_far_as_it_says(login: str, scope: tuple[str, ...], role: Role | None):
    assert over(login, *scope) == role


def test_a_brands_admin_is_no_admin_of_other_brands():
    """Where the settings name none he owns shared files; what others publish is theirs."""
    teams = Teams({"acme": ACME, "other": OTHER})
    assert over("ada", "acme", teams=teams) is Role.ADMIN
    assert over("ada", "other", teams=teams) is None
    assert over("ada", "", teams=teams) is None


def test_mightier_roles_come_first():
    names = [*(role.value for role in Role), ""]
    for index, mine in enumerate(Role):
        assert [is_as_mighty(mine, other) for other in names] == [
            index <= place for place in range(len(names))
        ]
    assert not is_as_mighty(None, "viewer")
    assert not is_as_mighty(Role.BRAND_MANAGER, "owner of a later version")
    assert is_as_mighty(Role.ADMIN, "owner of a later version")
