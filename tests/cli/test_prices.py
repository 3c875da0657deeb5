"""What was published at which price, later claims are held against; the ledger is asked once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

CAMPAIGNS = "brands/my-brand/campaigns"
TEA = """\
name: Tea time
template: shared/tea
flight: {{start: {}, end: {}}}
channels: [web]
offer: {{product: tea, price: {}{}}}
"""


@pytest.mark.slow
def test_a_claim_is_held_against_what_was_published(run, fresh: Path, commit, edit):
    commit(
        fresh,
        {
            "templates/shared/tea/template.yaml": "name: Tea\nvariables: {}\n",
            "templates/shared/tea/web.html.j2": "<p>{{ price|money }}</p>",
            f"{CAMPAIGNS}/tea/campaign.yaml": TEA.format("2026-11-20", "2026-11-25", 3, ""),
        },
    )
    brand = fresh / "brands/my-brand/brand.yaml"
    brand.write_text(f"{brand.read_text('utf-8')}products: {{tea: Tea}}\n", encoding="utf-8")
    commit(fresh, {})
    assert run("publish", "--at", "2026-11-22T16:00:00Z", cwd=fresh).code == 0
    # Somebody corrects the file: what was told stays told.
    edit(fresh / CAMPAIGNS / "tea/campaign.yaml", "price: 3", "price: 3.50")
    more = ", regular_price: 4, prior_price: 4, prior_price_source: Tills"
    later = TEA.format("2026-12-01", "2026-12-24", 3.5, more)
    commit(fresh, {f"{CAMPAIGNS}/more-tea/campaign.yaml": later})
    at = ("--at", "2026-11-27T16:00:00Z")
    outcome = run("validate", *at, cwd=fresh)
    assert "in the 30 days before the start 3 USD was the price in tea until" in outcome.stdout
    assert "(at 3 locations, such as lakeside)" in outcome.stdout
    assert "[prior-price]" in outcome.stdout
    assert run("validate", *at, cwd=fresh) == outcome
    # Another ledger, or none, is another answer: what validate remembers goes by it.
    clone = Path(shutil.copytree(fresh, fresh.parent / "clone"))
    (clone / ".git/refs/heads/storesync/ledger").unlink()
    (clone / ".git/storesync-ledger-tip").unlink(missing_ok=True)
    (clone / ".git/refs/tags/storesync/genesis").unlink()
    blind = run("validate", *at, cwd=clone)
    assert "3.50 USD was the price in tea" in blind.stdout
    # Run again, a campaign is held against what it told itself the first time.
    (fresh / CAMPAIGNS / "more-tea/campaign.yaml").unlink()
    again = TEA.format("2026-12-01", "2026-12-24", 3, ", regular_price: 4")
    (fresh / CAMPAIGNS / "tea/campaign.yaml").write_text(again, encoding="utf-8")
    outcome = run("validate", *at, cwd=fresh)
    assert "3 USD was the price in tea until" in outcome.stdout
    # What it tells from its start on is the reduction itself.
    running = TEA.format("2026-11-20", "2026-12-24", 3, ", regular_price: 4")
    (fresh / CAMPAIGNS / "tea/campaign.yaml").write_text(running, encoding="utf-8")
    outcome = run("validate", *at, cwd=fresh)
    assert "was the price in tea" not in outcome.stdout
    assert "[prior-price-missing]" in outcome.stdout
