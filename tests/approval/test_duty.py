"""Who decides today: deputies while somebody is away, and only then."""

from __future__ import annotations

from datetime import date

import pytest

from storesync.approval.duty import admins_of, on_duty, resolve, stand_ins
from storesync.approval.roles import Teams
from storesync.model.team import Away, Team
from storesync.plugins.forge import People

AWAY = Away.model_validate(
    {"who": "Mia", "from": date(2026, 12, 21), "to": date(2027, 1, 3), "deputy": "zoe@acme.example"}
)
ROOT = Away.model_validate(
    {"who": "root", "from": date(2026, 12, 21), "to": date(2026, 12, 21), "deputy": "ada"}
)
TEAMS = Teams(
    {"acme": Team(brand_managers=["Mia", "ben"], away=[AWAY]), "fern": Team(admins=["nora"])},
    admins=("root",),
    away=(ROOT,),
    people={"zoe": ("zoe@acme.example",), "mia": ("mia@acme.example",)},
)
OWNERS = {"mia", "ben", "zoe"}


@pytest.mark.parametrize(
    ("logins", "brands", "day", "expected"),
    [
        (OWNERS, {"acme"}, (2026, 12, 20), {"mia", "ben"}),
        (OWNERS, {"acme"}, (2026, 12, 21), {"ben", "zoe"}),
        (OWNERS, {"acme"}, (2027, 1, 3), {"ben", "zoe"}),
        (OWNERS, {"acme"}, (2027, 1, 4), {"mia", "ben"}),
        ({"MIA"}, {"acme"}, (2026, 12, 24), {"mia"}),  # rather one mail too many than none
        (OWNERS, set(), (2026, 12, 24), {"ben", "zoe"}),
        ({"mia", "stranger"}, {"fern"}, (2026, 12, 24), {"mia", "stranger"}),
        ({"root", "ada"}, {"fern"}, (2026, 12, 21), {"ada"}),
        ({"root", "ada"}, {"fern"}, (2026, 12, 22), {"root"}),
        (set(), {"acme"}, (2026, 12, 22), set()),
    ],
)
def test_who_decides_today(logins, brands, day, expected):
    assert on_duty(logins, TEAMS, brands, date(*day)) == expected


def test_admins_of_a_brand_and_of_all():
    assert admins_of(TEAMS, {"fern"}) == {"root", "ada", "nora"}
    assert admins_of(TEAMS, {"acme"}) == {"root", "ada"}


def test_whom_deputies_stand_in_for():
    assert stand_ins(TEAMS, {"acme", ""}) == {"zoe": {"mia"}, "ada": {"root"}}
    both = Team(brand_managers=["mia", "zoe"], away=[AWAY])
    teams = Teams({"acme": both, "fern": Team(admins=["mia"], away=[AWAY])}, people=TEAMS.people)
    assert stand_ins(teams, {"fern"}) == {"zoe": {"mia"}}
    assert stand_ins(teams, {"acme"}) == {}  # there she decides for herself


def test_a_deputy_of_all_brands_decides_for_herself_where_she_has_a_role():
    teams = Teams({"acme": Team(brand_managers=["ada", "ben"])}, admins=("root",), away=(ROOT,))
    assert stand_ins(teams, {"acme"}) == {}
    assert stand_ins(teams, {"fern"}) == stand_ins(teams, {"acme", ""}) == {"ada": {"root"}}


def test_a_deputy_who_is_away_as_well_is_not_told():
    gone = Away.model_validate(
        {"who": "ada", "from": date(2026, 12, 20), "to": date(2026, 12, 22), "deputy": "ben"}
    )
    acme = Team(brand_managers=["ada", "ben"], away=[gone])
    teams = Teams({"acme": acme}, admins=("root",), away=(ROOT,))
    assert on_duty({"root", "ada", "ben"}, teams, {"acme"}, date(2026, 12, 21)) == {"ben"}
    assert on_duty({"root", "ada"}, teams, {"acme"}, date(2026, 12, 21)) == {"root", "ada"}


def test_names_are_resolved_to_logins():
    people = People(frozenset(), {"acme/legal": frozenset({"lea"})}, {"zoe@acme.example": "zoe"})
    names = ("@Ben", "ben", "@acme/legal", "@acme/other", "zoe@acme.example", "x@y.example")
    assert [resolve(name, people) for name in names] == [
        {"ben"}, {"ben"}, {"lea"}, None, {"zoe"}, {"x@y.example"},
    ]  # fmt: skip
