"""What filters write, and what they say of values that they cannot read."""

from __future__ import annotations

import pytest

from storesync.render.engine import Failure


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ '4.50'|money('USD') }}", "$4.50"),
        ("{{ 4.5|money('EUR', locale='de-DE') }}", "4,50\u00a0€"),
        ("{{ '4.125'|money('USD') }}", "$4.13"),
        ("{{ '4.135'|money('USD') }}", "$4.14"),
        ("{{ '-4.125'|money('USD') }}", "-$4.13"),
        ("{{ 300|money('JPY') }}", "¥300"),
        ("{{ (('10'|decimal) / 3)|money('USD') }}", "$3.33"),
        ("{{ 0.1|money('USD') }}", "$0.10"),
        ("{{ 20|percent }}", "20%"),
        ("{{ '12.5'|percent(locale='fr') }}", "12,5\xa0%"),
        ("{{ 0|percent }}", "0%"),
        ("{{ 100|percent }}", "100%"),
        ("{{ '1234.5678'|number }}", "1,234.568"),
        ("{{ '2026-12-01'|date }}", "Dec 1, 2026"),
        ("{{ '2026-12-01'|date('month') }}", "December"),
        ("{{ '2026-12-01'|date('month', locale='pl-PL') }}", "grudzień"),
        ("{{ '2026-12-01T07:30'|time }}", "7:30\u202fAM"),
        ("{{ '24:00'|time(locale='de') }}", "00:00"),
        ("{{ '07:30'|time('medium', locale='de') }}", "07:30:00"),
        ("{{ '2026-12-01T07:30'|weekday }}", "Tuesday"),
        ("{{ 'mon'|weekday(locale='fr') }}", "lundi"),
        ("{{ 1.005|round(2) }}", "1.01"),
        ("{{ '1.5'|round }}", "2"),
        ("{{ 7|round(-1) }}", "10.0"),
        ("{{ '3.9'|int }}{{ 'x'|int(7) }}{{ none|int }}", "370"),
        ("{{ '3.5'|float + 1 }}", "4.5"),
        ("{{ ''|default('x', true) }}{{ 0|d(5) }}", "x0"),
    ],
)
def test_value_is_written(render, template, expected):
    assert render(template) == expected


@pytest.mark.parametrize(
    ("template", "part"),
    [
        ("{{ 'abc'|money('USD') }}", 'money: "abc" is not a number'),
        ("{{ true|money('USD') }}", "money"),
        ("{{ 1|money('usd') }}", '"usd" is not a currency code'),
        ("{{ 1|money('DOLLARS') }}", "not a currency code"),
        ("{{ 1|money }}", 'no value "currency"'),
        ("{{ none|money('USD') }}", "the value is empty"),
        ("{{ [1]|percent }}", "percent cannot read"),
        ("{{ '1e9'|number }}", "is not a number"),
        ("{{ '9999999999999999'|number }}", "is not a number"),
        ("{{ 'tomorrow'|date }}", "is not a date such as 2026-12-01"),
        ("{{ '2026-02-30'|date }}", "is not a date"),
        ("{{ '2026-12-01'|date('mediun') }}", 'did you mean "medium"?'),
        ("{{ '2026-12-01'|date('EEE') }}", "there is no style"),
        ("{{ '2026-12-01'|time }}", "is not a time such as 07:00"),
        ("{{ '25:00'|time }}", "is not a time"),
        ("{{ '2026-12-01'|date(locale='nosuch') }}", "is not a language tag"),
        ("{{ '2026-12-01'|date(locale='../../x') }}", "is not a language tag"),
        ("{{ 'hello'|phone }}", "is not a phone number"),
        ("{{ '030 12345'|phone_link }}", "lacks its country"),
        ("{{ 5|phone }}", "is not a phone number"),
        ("{{ {}|hours }}", "give it location.hours"),
        ("{{ [{'days': ['noday'], 'ranges': []}]|hours }}", "give it location.hours"),
        ("{{ [{'days': ['mon'], 'ranges': [['a', 'b']]}]|hours }}", "is not a time"),
        ("{{ 'ftp://example.com'|url }}", "does not begin with https://"),
        ("{{ 'https://'|url }}", "does not begin with https://"),
        ("{{ 'https://a b'|url }}", "is not a web address"),
        ("{{ 'https://bank.example@thief.example/'|url }}", "does not begin with https://"),
        ("{{ 'https://bank.example:@thief.example'|url }}", "does not begin with https://"),
        ("{{ 'x'|utm('mail') }}", "does not begin with https://"),
        ("{{ nosuch|utm('mail') }}", 'there is no value "nosuch"'),
    ],
)
def test_value_that_cannot_be_read_is_an_error_on_its_line(render, template, part):
    failure = render(f"x\n{template}")
    assert isinstance(failure, Failure)
    assert part in failure.message
    assert (failure.path, failure.line) == ("templates/shared/x/social.txt.j2", 2)


@pytest.mark.parametrize(
    ("country", "number", "expected"),
    [
        ("US", "+15125550142", "(512) 555-0142"),
        ("US", "+13105550142", "(310) 555-0142"),
        ("CA", "+15125550142", "(512) 555-0142"),
        ("GB", "+15125550142", "+1 512-555-0142"),
        ("GB", "+441314960000", "0131 496 0000"),
        ("GB", "+4401314960000", "0131 496 0000"),
        ("IT", "+390612345678", "06 1234 5678"),
        ("US", "5125550142", "(512) 555-0142"),
        ("MX", "+525512345678", "55 1234 5678"),
    ],
)
def test_phone_number_is_written_as_it_is_dialled_there(render, country, number, expected):
    location = {"phone": number, "address": {"country": country}}
    assert render("{{ location.phone|phone }}", location=location) == expected


def test_phone_number_without_a_country_takes_the_language_s(render):
    assert render("{{ '+15125550142'|phone }}") == "(512) 555-0142"
    assert render("{{ '+15125550142'|phone }}", locale="de-DE") == "+1 512-555-0142"


def test_phone_numbers_taken_apart_fast_are_the_library_s():
    phonenumbers = pytest.importorskip("phonenumbers")
    from storesync.render.phones import _taken_apart

    fast = 0
    for region in sorted(phonenumbers.SUPPORTED_REGIONS)[::3]:
        for kind in (0, 1, 3, 4):
            example = phonenumbers.example_number_for_type(region, kind)
            if example:
                text = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
                parsed = _taken_apart(text)
                fast += parsed is not None
                assert parsed is None or parsed == phonenumbers.parse(text, None)
    assert fast > 100


WEEK = [
    {"days": ["mon", "tue", "wed", "thu", "fri"], "ranges": [["06:00", "20:00"]]},
    {"days": ["sun"], "ranges": [["22:00", "02:00"]]},
]


@pytest.mark.parametrize(
    ("locale", "context", "expected"),
    [
        ("en-GB", {}, "Mon–Fri 06:00–20:00, Sat closed, Sun 22:00–02:00"),
        ("fr-FR", {}, "lun.–ven. 06:00–20:00, sam. fermé, dim. 22:00–02:00"),
        ("en-GB", {"t": {"closed": "shut"}}, "Mon–Fri 06:00–20:00, Sat shut, Sun 22:00–02:00"),
    ],
)
def test_hours_are_one_line(render, locale, context, expected):
    assert render("{{ h|hours }}", locale=locale, h={"weekly": WEEK}, **context) == expected


def test_hours_take_a_word_for_closed_and_a_language(render):
    template = (
        "{{ [{'days': ['mon'], 'ranges': [['00:00', '24:00']]}]|hours(locale='de', closed='zu') }}"
    )
    assert render(template, t={"closed": "shut"}) == "Mo 24 Std., Di–So zu"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.com", "https://example.com?utm_source=mail"),
        ("https://example.com/a?b=1#c", "https://example.com/a?b=1&utm_source=mail#c"),
        ("https://example.com/?utm_source=x", "https://example.com/?utm_source=x"),
        ("tel:+15125550142", "tel:+15125550142"),
    ],
)
def test_utm_adds_what_is_not_there(render, address, expected):
    assert render("{{ a|utm('mail') }}", a=address) == expected
