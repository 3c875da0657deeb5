"""The comment on a pull request: golden, in bounds, quick, and harmless to a real parser."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from storesync.plan.bundle import bundled
from storesync.plan.change import Action, Change, PlacementKey
from storesync.plan.difference import Difference, Differing
from storesync.plan.plan import Plan
from storesync.plan.skipped import Skipped
from storesync.report.markdown import MARKER, MOST_CHARACTERS, as_markdown
from storesync.report.view import Approved, Example, Place, View, view_of

GOLDEN = Path(__file__).parents[1] / "cases" / "comment" / "golden.md"
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
START, END = datetime(2026, 12, 10, 7, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
CONTENT = Difference((Differing("discount_percentage", "20", "25"), Differing("message")), "m1")
DEEPER = Difference((Differing("discount_percentage", "20", "70"),), "m2")


def change(
    location: str,
    action: Action = Action.UPDATE,
    reason: str = "content",
    *,
    campaign: str = "2026-winter",
    channel: str = "web",
    starts: datetime = START,
) -> Change:
    key = PlacementKey("acme", campaign, location, channel, "en-GB", "outbox")
    printed = f"{campaign}-{location}-{channel}-{action}"
    return Change(action, key, starts, END, printed, "a1", reason, explained=False)


def story() -> View:
    """Return a plan with everything in it."""
    stores = [f"leeds-{number:02}" for number in range(30)] + [f"bath-{n:02}" for n in range(10)]
    crowd = [change(name, channel=way) for name in stores for way in ("web", "email")]
    odd = change("york")
    new = change("hull", Action.CREATE, "new", campaign="rush", starts=NOW)
    gone = change("leeds-01", Action.WITHDRAW, "no longer planned", campaign="old", starts=NOW)
    plan = Plan(
        None,
        (gone, *crowd, odd, new),
        1_234,
        skipped=(Skipped("acme", "rush", "whitby", "web", "closed until 2027-02-01"),),
        warnings=("acme/rush: sms was sent already",),
        frozen=(Skipped("acme", "rush", "filey", "", "error in filey.yaml", stays=True),),
    )
    bundles = bundled(plan.changes, lambda item: DEEPER if item is odd else CONTENT)
    page = "<title>Warm hands</title><p>Warm hands, <b>{}%</b> off until the end of the year.</p>"
    sale = {
        change_: Example({"html": page.format(20)}, {"html": page.format(25)}) for change_ in crowd
    }
    sale[odd] = Example({"html": page.format(20)}, {"html": page.format(70)})
    sale[new] = Example(None, {"html": page.format(10), "txt": "Warm hands, 10% off"})
    sale[gone] = Example({"subject": "Last call", "html": "<p>Bye"}, None)
    leeds, bath = (
        Place("Headrow", "Yorkshire", "Europe/London"),
        Place("Abbey", "Somerset", "Europe/London"),
    )
    places = {("acme", name): leeds if name.startswith("leeds") else bath for name in stores}
    approvals = (
        {
            "rule": "deep-discount",
            "why": "discount_percentage is 70 at york, over 30",
            "who": ["legal-anna", "acme/legal"],
            "count": 1,
            "campaigns": ["acme/2026-winter"],
            "brands": ["acme"],
        },
        {"rule": "brand", "why": "artifacts of acme change", "who": "mia", "count": 1},
    )
    seen = frozenset({item.fingerprint for item in crowd} | {"x"})
    since = (
        Approved(frozenset(item.fingerprint for item in plan.changes), login="ben"),
        Approved(seen, "c0ffee0123456789", "mia"),
    )
    return View(
        plan,
        NOW,
        bundles,
        titles={("acme", "2026-winter"): "Winter warmers", ("acme", "old"): "Old offer"},
        places=places,
        examples=sale,
        approvals=approvals,
        since=since,
        cost="About 41 text segments, 3.28 USD.",
        preview_url="https://ci.example.com/runs/17",
        head="0123456789abcdef0123456789abcdef01234567",
    )


def test_dates_that_move_are_shown_as_they_were():
    earlier = datetime(2026, 12, 8, 7, tzinfo=UTC)
    plan = Plan(None, (replace(change("york", reason="dates"), was=(earlier, END)),), 0)
    text = as_markdown(plan, View(plan, NOW, bundled(plan.changes, lambda _: CONTENT)))
    assert "- When: from Thu 10 Dec 2026, 07:00 UTC, until" in text
    assert "- Before: from Tue 8 Dec 2026, 07:00 UTC\n" in text  # and the end is the same
    plan = Plan(None, (replace(plan.changes[0], was=(START, None)),), 0)
    text = as_markdown(plan, View(plan, NOW, bundled(plan.changes, lambda _: CONTENT)))
    assert "- Before: without an end\n" in text


def test_the_comment_is_as_looked_at():
    view = story()
    assert as_markdown(view.plan, view) + "\n" == GOLDEN.read_text(encoding="utf-8")


def test_a_reviewer_reads_first_what_the_last_approval_did_not_cover():
    view = story()
    lines = as_markdown(view.plan, view).splitlines()
    at = lines.index("### For `mia`: new since your approval of `c0ffee012345`")
    assert [line for line in lines[at + 1 : at + 8] if line.startswith("- ")] == [
        "- **Winter warmers (acme/2026-winter)** changes · web · `york`",
        "- **rush (acme/rush)** goes live · web · `hull`",
        "- **Old offer (acme/old)** comes down · web · `leeds-01`",
        "- 1 change that you approved is no longer proposed",
    ]
    assert lines[lines.index("### For `ben`: new since your approval") + 2].startswith("Nothing")
    assert at < lines.index("### Look here first: unlike the rest")


def test_what_is_new_since_a_commit_stands_between_marks_for_whoever_addresses_it():
    view = story()
    commit = "c0ffee01" * 5
    seen = replace(view.since[1], commit=commit, login="")
    text = as_markdown(view.plan, replace(view, since=[seen, replace(seen, commit="main")]))
    _, begin, rest = text.partition(f"<!-- storesync:since {commit} -->\n")
    assert begin
    told = rest.partition("<!-- storesync:end -->")[0]
    assert "`york`" in told
    assert "new since your approval" not in text
    assert text.count("storesync:since") == 1  # of the other nobody could say what commit it is


def test_nothing_to_do_is_said_in_a_word():
    text = as_markdown(Plan(None, (), 7))
    assert text.startswith(f"{MARKER}\n## Nothing changes for customers\n")
    assert "7 unchanged" in text
    frozen = (Skipped("acme", "w", "filey", "web", "error in filey.yaml", stays=True),)
    told = as_markdown(Plan(None, (), 1, frozen=frozen)).splitlines()[1]
    assert told == "## Nothing changes for customers, all is frozen"
    told = as_markdown(Plan(None, (), 5, warnings=("5 end at another moment",))).splitlines()[1]
    assert told == "## Nothing changes for customers by these files: read the warnings"


VERDICTS = [
    ((change("a"), change("b")), "1 campaign changes at 2 locations"),
    (
        (change("a", Action.CREATE, starts=NOW), change("a", campaign="x")),
        "2 campaigns at 1 location: 1 goes live today and 1 changes",
    ),
    (
        tuple(change("a", Action.CREATE, campaign=name) for name in "xyz"),
        "3 campaigns at 1 location: 3 go live from Thu 10 Dec 2026",
    ),
    ((change("a", Action.WITHDRAW),), "1 campaign comes down at 1 location"),
]


@pytest.mark.parametrize(("changes", "words"), VERDICTS)
def test_the_first_line_says_it_all(changes: tuple[Change, ...], words: str):
    plan = Plan(None, changes, 0)
    text = as_markdown(plan, View(plan, NOW, bundled(changes)))
    assert text.splitlines()[1] == f"## {words}"


@pytest.mark.parametrize(
    ("action", "starts", "words"),
    [
        (Action.CREATE, NOW, "as soon as this is merged, until"),
        (Action.WITHDRAW, NOW, "as soon as this is merged"),
        (Action.WITHDRAW, START, "never goes live; it was to, from Thu 10 Dec 2026, 07:00 UTC"),
        (Action.UPDATE, START, "from Thu 10 Dec 2026, 07:00 UTC, until the end of Thu 31 Dec"),
    ],
)
def test_when_is_said_as_a_reviewer_thinks(action: Action, starts: datetime, words: str):
    plan = Plan(None, (change("a", action, starts=starts),), 0)
    assert f"\n- When: {words}" in as_markdown(plan, View(plan, NOW, bundled(plan.changes)))


@pytest.mark.parametrize(
    "text",
    [
        *("because", "<", "😀", "&", "a-1 #1 "),
        *(pytest.param(text, marks=pytest.mark.sweep) for text in ("`|", "@", "$", "x" * 50)),
    ],
)
def test_a_comment_of_25_000_locations_is_short_and_quick(text: str):
    changes = tuple(
        change(
            f"s-{number:05}", reason=f"{number % 2_000} {text * 100}", campaign=f"c-{number % 40}"
        )
        for number in range(25_000)
    )
    skipped = tuple(Skipped("acme", "w", f"s-{n}", "", f"{n} {text * 300}") for n in range(500))
    warnings = tuple(f"{number} {text * 300}" for number in range(500))
    plan = Plan(None, changes, 0, skipped, warnings, brake=text * 300, frozen=skipped)
    who = [text * 90] * 50
    approvals = [{"rule": text, "why": text * 300, "who": who, "campaigns": who}] * 100
    before = time.process_time()
    view = View(plan, NOW, bundled(changes), approvals=approvals, cost=text * 300)
    view = replace(
        view,
        since=[Approved(frozenset({"x"}), "", text * 40 + str(number)) for number in range(30)],
        examples={
            item: Example({"txt": text * 4_000}, {"txt": f"{text * 3_000} y"})
            for one in view.bundles[:40]
            for item in one.examples
        },
        titles={("acme", f"c-{number}"): text * 300 for number in range(40)},
        preview_url="https://x.example/" + "%" * 1_900,
    )
    shown = as_markdown(plan, view)
    assert time.process_time() - before < 2
    assert MOST_CHARACTERS * 0.3 < len(shown) <= MOST_CHARACTERS
    [(groups, left)] = re.findall(r"… and ([\d,]+) more groups: ([\d,]+) changes", shown)
    told = [int(count) for count in re.findall(r"^\*\*(\d+) locations\*\*", shown, re.MULTILINE)]
    assert int(groups.replace(",", "")) + len(told) == 2_000
    assert int(left.replace(",", "")) + sum(told) == 25_000
    assert shown.endswith(f"`{plan.fingerprint}`</sub>")


def test_odd_ones_do_not_hide_what_most_get():
    odd = tuple(change(f"s-{number:03}") for number in range(400))
    crowd = tuple(change(f"t-{number:05}") for number in range(24_600))
    most = Difference((Differing("price", "4.25", "3.95"),), "m")
    marks = {
        item: Difference((Differing("message", "", f"seat {number}"),), f"m{number}")
        for number, item in enumerate(odd)
    }
    plan = Plan(None, (*odd, *crowd), 0)
    bundles = bundled(plan.changes, lambda item: marks.get(item, most))
    page = Example({"txt": "Coffee 4.25"}, {"txt": f"Coffee 3.95 {'and more ' * 20}"})
    examples = {item: page for one in bundles for item in one.examples}
    shown = as_markdown(plan, View(plan, NOW, bundles, examples=examples))
    first, _, after = shown.partition("### Look here first")
    named, _, said = after.partition("### Changes")
    assert "**changes at 24,600 locations**: price <del>4.25</del> <b>3.95</b>" in first
    assert named.count("Changes at 1 location**") > 40
    assert "**24,600 locations** · web" in said
    assert "Words before and after" in said
    assert re.search(r"… and (\d+) more groups \(\1 unlike the rest\): \1 changes", said)
    assert len(shown) <= MOST_CHARACTERS


HOSTILE = [
    "@acme/everyone",
    "fixes #12",
    "deadbeefcafe",
    "![x](https://e.example/p.gif)",
    "[x](y)",
    "<img src=x onerror=y>",
    "</details></details>",
    "<!-- x",
    "-->",
    "| a | b |\n|---|---|",
    "```",
    "~~~",
    "> quote",
    "# Title",
    "- [ ] task",
    "1. one",
    "***",
    "www.e.example",
    "https://e.example",
    "a@b.example",
    ":tada:",
    "$x$",
    "[^1]",
    "[^1]: x",
    "[x]: https://e.example",
    "&#64;acme",
    "&lt;b&gt;",
    "\\@acme",
    "<b>",
    "<del>",
    "</del>",
    "<details open>",
    "<summary>",
    "\u202e",
    "\u200b@acme",
    "\x1b[2J",
    "\r\n\r\n",
    "    code",
    "===",
    "---",
    "a\n\n---\n\nb",
    "GHSA-aaaa-bbbb",
    "TICKET-12",
    "**",
    "_",
    "`",
    "``` mermaid",
]


def dressed(text: str) -> View:
    """Return a plan in which a stranger's text stands wherever one can."""
    key = PlacementKey(text, f"c{text}", f"l{text}", f"ch{text}", f"lo{text}", text)
    one = Change(Action.UPDATE, key, START, END, "f1", "a", f"why {text}", explained=False)
    two = replace(one, action=Action.CREATE, key=key._replace(location=f"m{text}"))
    gone = replace(one, action=Action.WITHDRAW, key=key._replace(campaign=f"d{text}"))
    same = replace(one, key=key._replace(campaign=f"e{text}"))
    left = tuple(Skipped(text, f"c{text}", f"{n}l{text}", text, f"{n}{text}") for n in range(3))
    plan = Plan(None, (one, two, gone, same), 1, left, (text,), text, (one,), (), left)
    differs = Difference((Differing(f"v{text}", f"1{text}", f"2{text}"),), "m")
    parts = [
        {"html": f"<p>{n} {text} <b>x {text}", "subject": f"{n} {text}", text: f"{n} {text}"}
        for n in "ab"
    ]
    parts.append({"html": f"a {text.replace('<', '&lt;')} b"})
    return View(
        plan,
        NOW,
        bundled(plan.changes, lambda item: differs._replace(of_location=item in {one, same})),
        titles={(text, f"c{text}"): f"T{text}"},
        places={(text, f"l{text}"): Place(f"n{text}", text, "UTC")},
        examples={
            one: Example(parts[0], parts[1]),
            two: Example(None, parts[2]),
            gone: Example(parts[0], None),
        },
        approvals=[{"rule": f"r{text}", "why": text, "who": [f"w{text}", text], "count": text}],
        since=[Approved(frozenset({text}), f"h{text}", f"x{text}")],
        cost=f"c{text}",
        preview_url=f"https://ci.example.com/{text}",
        head=f"h{text}",
    )


def blocks(text: str) -> Counter[str]:
    """Return how many blocks of each kind a parser sees, ours in HTML included."""
    tokens = PARSER.parse(text)
    counts = Counter(token.type for token in tokens if token.type.endswith("_open"))
    for token in tokens:
        if token.type == "html_block":
            counts.update(re.findall(r"</?[a-z]+(?: open)?>|<!--", token.content))
    for kind in ("paragraph_open", "blockquote_open", "<span>", "</span>"):
        counts.pop(kind, None)  # as many as examples have parts, and dollars have spans
    return counts


def test_of_several_campaigns_the_first_ones_are_named():
    names = [f"c-{number:02}" for number in range(15)]
    changes = tuple(change(place, campaign=name) for name in names for place in ("york", "hull"))
    own = Difference((Differing("phone"),), "|phone", of_location=True)
    plan = Plan(None, changes, 0)
    view = View(plan, NOW, bundled(changes, lambda _: own), titles={("acme", "c-00"): "Rush"})
    lines = as_markdown(plan, view).splitlines()
    assert "#### 15 campaigns of acme" in lines
    assert "**2 locations** · web · en-GB" in lines
    [named] = [line.replace("\u200b", "") for line in lines if line.startswith("- Campaigns: ")]
    assert named.startswith("- Campaigns: Rush, c-01, ")
    assert named.endswith("c-11 and 3 more")


def check_harmless(view: View) -> None:
    shown = as_markdown(view.plan, view)
    plain = dressed("x")
    assert blocks(shown) == blocks(as_markdown(plain.plan, plain))
    inline = [item for token in PARSER.parse(shown) for item in token.children or []]
    links = [str(item.attrs["href"]) for item in inline if item.type == "link_open"]
    assert len(links) == 1
    assert links[0].startswith("https://ci.example.com/")
    assert not [item for item in inline if item.type == "image"]
    tags = {item.content for item in inline if item.type == "html_inline"}
    ours = {"b", "i", "del", "sub", "span"}
    assert tags <= {f"<{end}{name}>" for name in ours for end in ("", "/")}
    said = [item.content for item in inline if item.type in {"text", "text_special"}]
    html = [token.content for token in PARSER.parse(shown) if token.type == "html_block"]
    # As a browser has it: what is written as a reference neither joins words nor hides a mark.
    for text in (*said, *map(unescape, html)):
        assert not re.search(r"(?i)@\w|#\d|\b[0-9a-f]{7,}|://|www\.|:\w+:|ghsa-\w|ticket-\d", text)
    assert "\x1b" not in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize("text", HOSTILE, ids=repr)
def test_a_strangers_text_stays_text(text: str):
    check_harmless(dressed(text))


@given(st.lists(st.sampled_from([*HOSTILE, "a", " ", "\n", "|", "1"]), min_size=1, max_size=5))
@settings(max_examples=60)
def test_however_it_is_put_together(pieces: list[str]):
    check_harmless(dressed("".join(pieces)))


def test_a_link_leads_to_a_page_or_nowhere():
    view = replace(view_of(Plan(None, (), 0)), preview_url="javascript:alert(1)")
    assert "javascript" not in as_markdown(view.plan, view)
