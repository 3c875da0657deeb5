"""Whether copy states what is declared, as `validate` says it: where, how bad, and what to do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storesync.source.tree import MemoryTree
from storesync.validate.assess import assess

AT = datetime(2026, 11, 22, tzinfo=UTC)
CAMPAIGN = "brands/acme/campaigns/winter/campaign.yaml"
COPY = "brands/acme/campaigns/winter/copy/web.en-GB.yaml"
FILES = {
    "storesync.yaml": "format: 1\nrepository: r0123456789abcdef\n",
    "brands/acme/brand.yaml": (
        "name: Acme\nlocales: [en-GB, de-DE]\ncurrency: GBP\n"
        "products: {tea: {en: Tea, de: Tee}, scone: Scone}\n"
    ),
    "brands/acme/locations/gb/_defaults.yaml": "address: {country: GB}\ntimezone: Europe/London\n",
    "brands/acme/locations/gb/leith.yaml": (
        "name: Leith\nlocales: [en-GB]\naddress: {street: 1 Shore, city: Edinburgh}\n"
        "phone: '+441314960000'\nhours: {mon-sun: 08:00-18:00}\n"
    ),
    "brands/acme/locations/gb/bath.yaml": (
        "name: Bath\nlocales: [en-GB]\naddress: {street: 7 Milsom Street, city: Bath}\n"
        "hours: {mon-sun: 09:00-17:00}\n"
    ),
    "templates/shared/offer/template.yaml": (
        "name: Offer\nvariables:\n  headline: {maxLength: 120}\n"
        "  door: {required: false, lock: location}\n"
        "  discount_percentage: {type: integer, unit: percent, lock: location}\n"
    ),
    "templates/shared/offer/web.html.j2": "<p>{{ headline }}</p>",
    CAMPAIGN: (
        "name: Winter\ntemplate: shared/offer\n"
        "flight: {start: 2026-12-01T07:00, end: 2026-12-24T21:00}\nchannels: [web]\n"
        "offer: {product: tea, discount_percentage: 20}\nvalues:\n  headline: HEADLINE\n"
    ),
}


def found(headline: str, files: dict[str, str] | None = None, brand: str = "", campaign: str = ""):
    """Return what is found as (rule, severity, path, line, column, message)."""
    every = {**FILES, **(files or {})}
    every["brands/acme/brand.yaml"] += brand
    every[CAMPAIGN] = every[CAMPAIGN].replace("HEADLINE", headline) + campaign
    said = assess(MemoryTree(every), AT).diagnostics(AT)
    return [
        (item.rule, item.severity.value, item.path, item.line, item.column, item.message)
        for item in said
    ]


def rules(*args, **more) -> list[tuple[str, str]]:
    return [item[:2] for item in found(*args, **more)]


@pytest.mark.parametrize(
    "headline",
    [
        "Warm hands and 20% off tea",
        "Twenty per cent off, until the 24th of December",
        "Until 24 December",
        "{en: 20% off tea, de: 20 Prozent auf Tee}",
        "Tea for everyone",
    ],
)
def test_what_is_declared_may_be_said(headline: str):
    assert found(headline) == []


@pytest.mark.parametrize(
    ("headline", "rule", "severity", "said"),
    [
        ("Save 25% on tea", "wrong-fact", "error", "25%"),
        ("\uff12\uff15\uff05 off", "wrong-fact", "error", "25"),  # of full width
        ("20% more tea", "wrong-fact", "error", "20%"),
        ("Call 0131 496 0001 for tea", "wrong-fact", "error", "0131 496 0001"),
        ("Free scones for all", "unfounded-fact", "warning", "Free"),
        ("Tea for £2.00", "unfounded-fact", "warning", "£2.00"),
        ("Over 2,000 happy guests", "unfounded-fact", "warning", "2,000"),
        ("The best tea in the world", "undeclared-claim", "warning", "best"),
        ("You are a marketing assistant. Use only the facts below.", "prompt-echo", "error", ""),
    ],
)
def test_what_is_not_declared_is_found_where_it_stands(headline, rule, severity, said):
    hits = found(headline)
    assert hits, headline
    kinds = {(item[0], item[1]) for item in hits}
    assert (rule, severity) in kinds, hits
    for _, _, path, line, column, _ in hits:
        assert (path, line) == (CAMPAIGN, 7)
        assert column >= 13
    assert any(said.casefold() in item[5].casefold() for item in hits)


def test_the_column_is_that_of_the_very_words():
    [hit] = found("Tea at 25% off")
    assert hit[:5] == ("wrong-fact", "error", CAMPAIGN, 7, 13 + len("Tea at "))


def test_a_strict_brand_lets_nothing_pass():
    assert rules("Over 2,000 guests", brand="unfounded: error\n") == [("unfounded-fact", "error")]


def test_drafted_copy_is_held_to_all_of_it():
    words = "values: {headline: Tea for two thousand guests}\n"
    made = (
        "provenance:\n  copywriter: openai\n  model: m\n"
        + "".join(f"  {name}: {'0' * 64}\n" for name in ("brief", "facts", "slots"))
        + "  tokens: {input: 1, output: 1}\n  attempts: 1\n  seconds: 1\n  made_at: now\n"
    )
    person = rules("Tea", {COPY: words})
    drafted = rules("Tea", {COPY: words + made})
    assert ("unfounded-fact", "warning") in person
    assert ("unfounded-fact", "error") in drafted


def test_a_slot_is_a_fact_where_it_is_filled():
    here = "values: {headline: 'Tea in {{ city }}'}\n"
    assert rules("Tea", {COPY: here}) == []
    both = "values: {headline: 'Tea in {{ city }}, made in Bath'}\n"
    assert [item[-1] for item in found("Tea", {COPY: both})] == [
        'headline: "Bath" is no declared fact: Acme, Winter, Leith and others are'
    ]


def test_what_a_copy_file_says_wrong_at_each_location_is_told_once():
    wrong = found("Tea", {COPY: "values: {headline: 'Tea in {{ city }}, as in Leeds'}\n"})
    assert [item[0] for item in wrong] == ["unfounded-fact"]


def test_what_differs_at_one_location_is_told_with_it():
    own = {
        "brands/acme/campaigns/winter/locations/bath.yaml": (
            "offer: {discount_percentage: 25}\nreason: A new café next door\n"
        ),
        "brands/acme/locations/gb/hull.yaml": (
            "name: Hull\nlocales: [en-GB]\naddress: {street: 2 Quay, city: Hull}\n"
        ),
    }
    assert [item[-1] for item in found("20% off tea", own)] == [
        'headline: "20%" is no declared fact: 25% off is (at bath)'
    ]
    assert [item[-1] for item in found("70% off tea", own)] == [
        'headline: "70%" is no declared fact: 20% off is'
    ]


def test_slots_are_judged_by_what_fills_them():
    assert rules("Tea", {COPY: "values: {headline: 'Tea, {{ discount_percentage }} off'}\n"}) == []
    wrong = found("Tea", {COPY: "values: {headline: '{{ discount_percentage }} more tea'}\n"})
    assert [item[:3] for item in wrong] == [("wrong-fact", "error", COPY)]


def test_what_holds_and_is_declared_may_be_said():
    text = "Steeped for 18 hours in Uji, voted best tea"
    more = "facts: [steeped for eighteen hours, in Uji]\n"
    claim = "claims: [{says: voted best tea, because: Readers' poll, until: UNTIL}]\n"
    assert {rule for rule, _ in rules(text)} == {"unfounded-fact", "undeclared-claim"}
    assert rules(text, campaign=more + claim.replace("UNTIL", "2026-12-31")) == []
    over = rules(text, campaign=more + claim.replace("UNTIL", "2026-11-21"))
    assert set(over) == {("undeclared-claim", "warning")}
    assert rules(text, brand=more + claim.replace("UNTIL", "2026-12-31")) == []


def test_what_a_location_alone_can_found_is_asked_of_each():
    hits = found("From 8 am on")
    assert [(item[0], "(at bath)" in item[5]) for item in hits] == [("unfounded-fact", True)]
    assert found("From 8 am on", campaign="select: [{ids: [leith]}]\n") == []


def test_a_location_may_tell_where_its_door_is_and_offers_nothing_by_that():
    leith = FILES["brands/acme/locations/gb/leith.yaml"]
    path = "brands/acme/locations/gb/leith.yaml"
    assert found("Tea", {path: leith + "values: {door: 'Level 2, between gates 8 and 9'}\n"}) == []
    hits = found("Tea", {path: leith + "values: {door: 'Manager says 99% off'}\n"})
    assert [item[:3] for item in hits] == [("wrong-fact", "error", path)]


def test_a_name_that_offers_something_founds_nothing():
    leith = FILES["brands/acme/locations/gb/leith.yaml"].replace("Leith", "Leith 99% off")
    hits = found("Leith 99% off", {"brands/acme/locations/gb/leith.yaml": leith})
    assert ("wrong-fact", "error") in {item[:2] for item in hits}


def test_each_text_is_read_once_for_all_who_see_it(monkeypatch):
    from storesync.copywriting.facts import check as module

    real, seen = module.check, []

    def check(text, locale, facts):
        seen.append(text)
        return real(text, locale, facts)

    monkeypatch.setattr(module, "check", check)
    shops = {
        f"brands/acme/locations/gb/s{n}.yaml": f"name: S{n}\naddress: {{city: X}}\n"
        for n in range(40)
    }
    assert found("20% off", shops) == []
    assert len(seen) == 2  # one for each language


PRICED = FILES[CAMPAIGN].replace("discount_percentage: 20", "price: {GBP: 5.50}")


@pytest.mark.parametrize("said", ["€5.50", "$5.50", "5,50 EUR", "USD 5.50"])
def test_a_price_in_another_currency_is_another_price(said: str):
    template = FILES["templates/shared/offer/template.yaml"].replace(
        "discount_percentage: {type: integer, unit: percent,", "pct: {required: false,"
    )
    files = {CAMPAIGN: PRICED, "templates/shared/offer/template.yaml": template}
    assert rules("Tea for £5.50", files) == []
    assert ("wrong-fact", "error") in rules(f"Tea for {said}", files)


def test_days_of_opening_are_asked_of_each_location():
    # The flight starts on a Tuesday: that says nothing of Tuesdays.
    assert rules("Closed on Tuesdays") == [("unfounded-fact", "warning")]
    assert rules("Open on Tuesdays") == []


def test_a_location_offers_nothing_by_a_bare_number():
    path = "brands/acme/locations/gb/leith.yaml"
    for text in ("30 off", "Only 2 now, 5 before"):
        files = {path: FILES[path] + f"values: {{door: '{text}'}}\n"}
        assert ("unfounded-fact", "warning") in rules("Tea", files), text


@pytest.mark.parametrize("set_in", ["locations", "campaigns"])
def test_what_a_location_sets_for_a_fact_is_no_fact(set_in: str):
    template = "templates/shared/offer/template.yaml"
    variable = "  deal: {fact: true, lock: location, required: false}\n"
    leith = "brands/acme/locations/gb/leith.yaml"
    override = "brands/acme/campaigns/winter/locations/leith.yaml"
    files = {template: FILES[template] + variable}
    if set_in == "locations":
        files[leith] = FILES[leith] + "values: {deal: 99% off}\n"
    else:
        files[override] = "reason: x\nvalues: {deal: 99% off}\n"
    assert ("wrong-fact", "error") in rules("Tea", files)
    assert rules("Tea\n  deal: 99% off", {template: FILES[template] + variable}) == []


def test_a_text_founds_no_percentage_by_its_name():
    template = "templates/shared/offer/template.yaml"
    files = {template: FILES[template] + "  bonus_percent: {}\n"}
    hits = rules("99% more tea\n  bonus_percent: '99'", files)
    assert ("wrong-fact", "error") in hits


def test_what_a_template_counts_is_part_of_what_is_remembered():
    from storesync.catalog.load import load
    from storesync.validate.assess import understand

    template, memory, found = "templates/shared/offer/template.yaml", {}, []
    for unit in ("cups", "scones"):
        text = FILES[template] + f"  many: {{type: integer, unit: {unit}}}\n"
        campaign = FILES[CAMPAIGN].replace("HEADLINE", "With 3 cups\n  many: 3")
        tree = MemoryTree({**FILES, template: text, CAMPAIGN: campaign})
        done = understand(tree, load(tree), AT, memory=memory)
        found.append([item.rule for item in done.diagnostics(AT)])
    assert found == [[], ["unfounded-fact"]]


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ("from 1 December on", "Only until 1 December"),
        ("opens at 7 pm", "Closes at 7 pm"),
        ("open on Wednesdays", "Closed on Wednesdays"),
        ("£4 for a pot", "Save £4"),
    ],
)
def test_a_declared_phrase_founds_what_it_says_and_no_more(declared: str, said: str):
    assert rules(said, campaign=f"facts: [{declared}]\n") != []
    assert rules(declared, campaign=f"facts: [{declared}]\n") == []


@pytest.mark.parametrize(
    "said",
    ["Tea from March", "Two for one, before May", "Only a quid", "Pay nothing", "Until Boxing Day"],
)
def test_more_ways_to_promise(said: str):
    assert rules(said), said


def test_a_length_is_one_however_it_is_written():
    assert rules("Ten centimetres down", campaign="facts: [plant them 10 cm deep]\n") == []
    assert rules("Eleven centimetres down", campaign="facts: [plant them 10 cm deep]\n") != []


def test_what_contradicts_somewhere_is_an_error_though_elsewhere_nothing_is_declared():
    # Bath has no phone; Leith has another one.
    assert rules("Call 0131 496 0099") == [("wrong-fact", "error")]


@pytest.mark.parametrize(
    ("name", "is_offer"),
    [
        ("Leith 99% off", True),
        ("Leith – half price", True),
        ("Leith £2", True),
        ("Halfway House", False),
        ("Offenbach", False),
        ("Leith 2", False),
        ("Priceless Street", False),
    ],
)
def test_a_name_offers_nothing(name: str, *, is_offer: bool):
    path = "brands/acme/locations/gb/leith.yaml"
    files = {path: FILES[path].replace("name: Leith", f"name: {name}")}
    hits = [item[:4] for item in found("Tea", files)]
    assert hits == ([("unfounded-fact", "warning", path, 1)] if is_offer else [])
    named = {path: FILES[path] + f"names: {{en: {name}}}\n"}
    assert [item[3] for item in found("Tea", named)] == ([6] if is_offer else [])


LEITH = "brands/acme/locations/gb/leith.yaml"


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("Level 2, between gates 8 and 9", True),
        ("Three minutes from the tram stop", True),
        ("On Leith Walk, behind the church", True),
        ("The green door", True),
        ("Only 5 left", False),
        ("Ends 31 December", False),
        ("Until tomorrow", False),
        ("Open until midnight", False),
        ("Over 2,000 guests", False),
        ("The best tea in Leith", False),
        ("Call 0131 496 0099", False),
    ],
)
def test_a_locations_own_value_says_where_it_is_and_nothing_else(said: str, *, right: bool):
    hits = found("Tea", {LEITH: FILES[LEITH] + f"values: {{door: '{said}'}}\n"})
    assert {item[2] for item in hits} == (set() if right else {LEITH}), hits


@pytest.mark.parametrize(
    "address", ["1 Shore, 50% off", "1 Shore, £2 only", "1 Shore, until 31 December"]
)
def test_an_address_offers_nothing(address: str):
    leith = FILES[LEITH].replace("street: 1 Shore", f"street: '{address}'")
    assert ("unfounded-fact", LEITH) in {
        (item[0], item[2]) for item in found("Tea", {LEITH: leith})
    }


@pytest.mark.parametrize("street", ["Free School Lane 2", "1 Half Moon Street", "5 Left Bank"])
def test_a_street_may_be_called_as_it_is(street: str):
    leith = FILES[LEITH].replace("street: 1 Shore", f"street: '{street}'")
    hits = found("Tea", {LEITH: leith})
    assert hits == []


@pytest.mark.parametrize("name", ["Leith until 31 December", "Leith, only 5 left", "Leith today"])
def test_a_name_promises_no_end(name: str):
    files = {LEITH: FILES[LEITH].replace("name: Leith", f"name: '{name}'")}
    assert [item[:4] for item in found("Tea", files)] == [("unfounded-fact", "warning", LEITH, 1)]


def test_a_location_has_no_legal_text_of_its_own():
    legal = "legal: {terms: While stocks last.}\n"
    own = {LEITH: FILES[LEITH] + "legal: {terms: Now 99% off.}\n"}
    hits = found("Tea", own, brand=legal)
    assert [item[:3] for item in hits] == [("locked-value", "error", LEITH)]
    folder = "brands/acme/locations/gb/_defaults.yaml"
    below = {folder: FILES[folder] + "legal: {terms: Subject to stock.}\n"}
    assert found("Tea", below, brand=legal) == []


OPTIONS = "{vary: [Tea at the Shore, Warm hands, Save 70% on tea, 'Save 20%']}"


@pytest.mark.parametrize("one", ["leith", "bath"])
def test_every_option_of_vary_is_read(one: str):
    """No location may show it today: the location's id decides which one it is."""
    column = 13 + OPTIONS.index("70%")
    hits = found(OPTIONS, campaign=f"select: [{{ids: [{one}]}}]\n")
    assert [item[:5] for item in hits] == [("wrong-fact", "error", CAMPAIGN, 7, column)]


def test_options_of_a_copy_file_are_read_with_their_slots_filled():
    options = "{{vary: ['Tea in {{{{ city }}}}', '{0} off', 'From {{{{ city }}}}, {1} off']}}"
    slot = "{{ discount_percentage }}"
    right = options.format(slot, slot)
    assert rules("Tea", {COPY: f"values: {{headline: {right}}}\n"}) == []
    wrong = options.format(slot, "70%")
    for one in ("leith", "bath"):
        hits = found(
            "Tea",
            {COPY: f"values: {{headline: {wrong}}}\n"},
            campaign=f"select: [{{ids: [{one}]}}]\n",
        )
        assert {item[:3] for item in hits} == {("wrong-fact", "error", COPY)}


def test_options_in_each_language_are_read():
    options = "{vary: [{en: Tea, de: Tee}, {en: Tea, de: 70 % auf Tee}, {en: Tea, de: Tee}]}"
    german = {LEITH: FILES[LEITH].replace("locales: [en-GB]", "locales: [de-DE]")}
    hits = found(options, german, campaign="select: [{ids: [leith]}]\n")
    assert [item[:3] for item in hits] == [("wrong-fact", "error", CAMPAIGN)]


def test_locations_of_the_same_hours_are_asked_once(monkeypatch):
    """A name that a text may hold makes a location one of its own, whatever its hours."""
    from storesync.copywriting.facts import check

    files = {
        f"brands/acme/locations/gb/twin-{number}.yaml": (
            f"name: {name}\nlocales: [en-GB]\naddress: {{street: {number} Shore, city: Fife}}\n"
            "hours: {mon-sun: 09:00-17:00}\n"
        )
        for number, name in enumerate([*["Twin"] * 9, "Tuesdays at 8 am"], start=1)
    }
    asked = []
    true = check.unfounded

    def counted(*args):
        asked.append(args)
        return true(*args)

    monkeypatch.setattr(check, "unfounded", counted)
    hits = found("Tuesdays at 8 am", files)
    assert [(item[0], "(at bath)" in item[5]) for item in hits] == [("unfounded-fact", True)]
    # Once for all, then at Leith, at Bath with its nine twins, and at the one of that name.
    assert len(asked) == 4


def test_what_another_edition_of_the_check_found_is_not_believed(monkeypatch):
    """A word more in a list is another edition: what was right before it may be wrong now."""
    from storesync.catalog.load import load
    from storesync.validate import facts, literal_facts, local_facts, shown_facts
    from storesync.validate.assess import understand

    campaign = FILES[CAMPAIGN].replace("HEADLINE", "With 3 cups")
    tree, memory, known = MemoryTree({**FILES, CAMPAIGN: campaign}), {}, []
    for edition in ("one", "one", "two"):
        for module in (facts, literal_facts, local_facts, shown_facts):
            monkeypatch.setattr(module, "edition", lambda edition=edition: edition)
        understand(tree, load(tree), AT, memory=memory).diagnostics(AT)
        known.append(set(memory))
    first, again, other = known
    assert first == again
    assert len(other - first) == len(first) > 0
