"""`storesync new`: files that validate, from options."""

from __future__ import annotations

from pathlib import Path

import pytest

MADE = [
    (["brand", "sister", "--currency", "EUR", "--locales", "de-DE,en"], "brands/sister/brand.yaml"),
    (
        ["location", "pier", "--folder", "us", "--timezone", "America/Boise", "--city", "Boise"],
        "brands/my-brand/locations/us/pier.yaml",
    ),
    (
        ["location", "hafen", "--country", "DE", "--timezone", "Europe/Berlin"],
        "brands/my-brand/locations/hafen.yaml",
    ),
    (["template", "poster"], "templates/shared/poster/template.yaml"),
    (
        ["template", "greeting", "--brand", "my-brand", "--from", "shared/welcome"],
        "templates/my-brand/greeting/template.yaml",
    ),
    (["template", "my-brand/card"], "templates/my-brand/card/template.yaml"),
    (
        ["campaign", "spring", "--start", "2027-03-01", "--end", "2027-03-31"],
        "brands/my-brand/campaigns/spring/campaign.yaml",
    ),
    (
        ["campaign", "again", "--from", "welcome", "--start", "2027-03-01"],
        "brands/my-brand/campaigns/again/campaign.yaml",
    ),
]


@pytest.mark.parametrize(("args", "path"), MADE, ids=lambda value: " ".join(value[:2]))
def test_what_is_written_is_valid_and_canonical(run, fresh: Path, args, path: str):
    outcome = run("new", *args, cwd=fresh)
    assert (outcome.code, outcome.stderr) == (0, "")
    assert path in outcome.stdout.splitlines()
    assert (fresh / path).is_file()
    shown = run("validate", cwd=fresh)
    assert shown.code == 0, shown.stdout
    assert run("fmt", "--check", cwd=fresh).code == 0
    again = run("new", *args, cwd=fresh)
    assert again.code == 2
    assert "exists already; nothing was written" in again.stderr


def test_a_copied_campaign_keeps_words_and_gets_its_own_flight(run, fresh: Path):
    args = ["campaign", "again", "--from", "welcome", "--start", "2027-03-01", "--name", "Again"]
    run("new", *args, cwd=fresh)
    text = (fresh / "brands/my-brand/campaigns/again/campaign.yaml").read_text(encoding="utf-8")
    assert "Good to have you here" in text
    assert "name: Again\n" in text
    assert "flight: {start: 2027-03-01}" in text


def test_a_copied_campaign_keeps_its_copy_and_not_where_that_came_from(run, fresh: Path):
    folder = fresh / "brands/my-brand/campaigns/welcome/copy"
    folder.mkdir()
    words = "values:\n  headline: Hello {{ city }}\n"
    made = (
        "provenance:\n  copywriter: openai\n  model: m\n  parameters: {}\n  attempts: 1\n"
        f"  brief: {'0' * 64}\n  facts: {'0' * 64}\n  slots: {'0' * 64}\n"
        "  tokens: {input: 1, output: 1}\n  seconds: 1\n  made_at: 2026-11-20T09:30Z\n"
    )
    (folder / "web.en.yaml").write_text(words + made)
    run("new", "campaign", "again", "--from", "welcome", "--start", "2027-03-01", cwd=fresh)
    written = fresh / "brands/my-brand/campaigns/again/copy/web.en.yaml"
    assert written.read_text(encoding="utf-8") == words


def test_an_archived_campaign_is_run_again_under_another_id(run, fresh: Path):
    brand = fresh / "brands/my-brand"
    (brand / "archive").mkdir()
    (brand / "campaigns/welcome").rename(brand / "archive/welcome")
    new = ("new", "campaign", "--from", "welcome", "--start", "2027-03-01")
    outcome = run(*new, "welcome", cwd=fresh)
    assert (outcome.code, "its id stays taken" in outcome.stderr) == (2, True)
    assert not (brand / "campaigns/welcome").exists()
    assert run(*new, "again", cwd=fresh).code == 0
    assert "headline: " in (brand / "campaigns/again/campaign.yaml").read_text(encoding="utf-8")
    assert run("validate", cwd=fresh).code == 0


def test_what_is_no_text_is_not_copied(run, fresh: Path):
    (fresh / "templates/shared/welcome/picture.png").write_bytes(b"\xff\xfe")
    outcome = run("new", "template", "card", "--from", "shared/welcome", cwd=fresh)
    assert (outcome.code, "picture.png is no text" in outcome.stderr) == (2, True)
    assert not (fresh / "templates/shared/card").exists()


HERE = ("--country", "US", "--timezone", "America/Chicago")
REFUSED = [
    (["campaign", "Spring Sale"], '"Spring Sale" cannot be an id', "small letters"),
    (["campaign", "../../etc"], "cannot be an id", "small letters"),
    (["campaign", "x", "--template", "shared/nope"], 'no template "shared/nope"', "new template"),
    (["campaign", "x", "--channel", "fax"], "shared/welcome has no parts for fax", "one of web"),
    (["campaign", "x", "--channel", "sms"], "shared/welcome has no parts for sms", "one of web"),
    (["campaign", "x", "--start", "soon"], "would not be valid", ""),
    (
        ["campaign", "x", "--start", "2027-03-02", "--end", "2027-03-01"],
        "--end 2027-03-01 is before --start 2027-03-02",
        "nothing was written",
    ),
    (["campaign", "x", "--from", "welcome", "--end", "2020-01-01T07:00"], "is before --start", ""),
    (["campaign", "x", "--from", "nope"], "there is no brands/my-brand/campaigns/nope", "--from"),
    (["location", "x", "--brand", "nobody"], 'no brand "nobody"', "my-brand"),
    (["template", "x", "--brand", "nobody"], 'no brand "nobody"', "my-brand"),
    (["template", "../x"], 'no brand ".."', "my-brand"),
    (["template", "x", "--from", "welcome"], "no templates/welcome", "--from is one of shared/w"),
    (["location", "x", "--timezone", "Mars/Olympus", "--folder", "us"], "not be valid", ""),
    (["location", "x"], "--country is missing", "give it as an option"),
    (["brand", "con"], '"con" cannot be an id: Windows reserves', "another"),
    (["location", "x", *HERE, "--folder", "us/Texas"], '"Texas" cannot be an id', "small letters"),
    (["location", "x", *HERE, "--folder", "../../.."], '".." cannot be an id', "small letters"),
]


@pytest.mark.parametrize(("args", "message", "hint"), REFUSED, ids=lambda value: str(value)[:30])
def test_what_would_not_be_valid_is_not_written(run, fresh: Path, args, message, hint, git_in):
    outcome = run("new", *args, cwd=fresh)
    assert outcome.code == 2
    lead, _, rest = outcome.stderr.partition("\n")
    assert message in lead
    assert hint in rest
    assert git_in(fresh, "status", "--porcelain") == ""


def test_with_several_brands_one_is_named(run, fresh: Path):
    run("new", "brand", "sister", cwd=fresh)
    outcome = run("new", "campaign", "spring", cwd=fresh)
    assert outcome.code == 2
    assert "--brand is one of my-brand, sister" in outcome.stderr
    assert run("new", "campaign", "spring", "--brand", "my-brand", cwd=fresh).code == 0


def test_a_campaign_takes_the_channel_that_its_template_serves(run, fresh: Path):
    run("new", "template", "text", cwd=fresh)
    folder = fresh / "templates/shared/text"
    (folder / "web.html.j2").rename(folder / "email.html.j2")
    new = ["new", "campaign", "x", "--template", "shared/text"]
    assert "one of none" in run(*new, cwd=fresh).stderr  # the subject is not there
    (folder / "email.html.j2").rename(folder / "sms.txt.j2")
    outcome = run(*new, cwd=fresh)
    assert "channels: [sms]\n" in (fresh / outcome.stdout.strip()).read_text(encoding="utf-8")


def test_a_campaign_takes_no_template_of_another_brand(run, fresh: Path):
    run("new", "brand", "a-tea", cwd=fresh)
    run("new", "template", "page", "--brand", "a-tea", cwd=fresh)
    new = ["new", "campaign", "spring", "--brand", "my-brand", "--template", "a-tea/page"]
    outcome = run(*new, cwd=fresh)
    assert (outcome.code, outcome.stderr.splitlines()[0]) == (
        2,
        "error: a-tea/page is another brand's template",
    )


def test_a_campaign_takes_a_template_that_its_brand_can_use(run, fresh: Path):
    run("new", "brand", "a-tea", cwd=fresh)
    run("new", "template", "page", "--brand", "a-tea", cwd=fresh)
    for brand, template in (("my-brand", "shared/welcome"), ("a-tea", "a-tea/page")):
        outcome = run(
            "new", "campaign", "spring", "--brand", brand, "--start", "2027-03-01", cwd=fresh
        )
        written = (fresh / outcome.stdout.strip()).read_text(encoding="utf-8")
        assert f"template: {template}\n" in written
