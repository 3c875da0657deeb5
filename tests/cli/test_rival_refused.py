"""What gives way to a rival stays up until a channel has taken the rival."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from installed import install

pytestmark = pytest.mark.slow

# A box of files, one for each page; it says of a campaign what a file beside it says.
POST = """
import os
from pathlib import Path
from storesync.plan.change import Action
from storesync.plugins.protocols import Capabilities, DeliveryClass, DeliveryState, Receipt

class Post:
    capabilities = Capabilities(DeliveryClass.CONVERGENT, can_update=True, can_withdraw=True)
    def __init__(self, setting):
        self.box = Path(os.environ["BOX"])
    def deliver(self, batch):
        for item in batch.deliveries:
            place = item.placement
            says = self.box / f"{place.campaign} says"
            page = self.box / f"{place.location} {place.campaign}"
            state = says.read_text() if says.exists() else "live"
            with (self.box / "log").open("a") as log:
                log.write(f"{item.action} {place.campaign} {place.location}\\n")
            if item.action is Action.WITHDRAW:
                page.unlink(missing_ok=True)
                state = "withdrawn"
            elif state == "breaks":
                raise RuntimeError
            elif state == "live" or place.location == "lakeside":
                page.write_text(batch.run)
                state = "live"
            yield Receipt(item.key, DeliveryState(state))
    def look_up(self, delivery):
        raise AssertionError
    def finish(self, at):
        pass
"""
FOLDER = "brands/my-brand/campaigns"
WELCOME = f"{FOLDER}/welcome/campaign.yaml"
RIVAL = (
    "name: Rival\ntemplate: shared/welcome\nflight: {start: 2026-01-01}\nchannels: [web]\n"
    "values: {headline: Better, message: Come in}\npriority: 5\noffer: {code: TEA}\n"
)
SHOPS = ("lakeside", "main-street", "old-station")


@pytest.fixture
def box(tmp_path, monkeypatch) -> Path:
    install(tmp_path / "site", monkeypatch, "channels", "post = acme_box:Post", POST)
    folder = tmp_path / "box"
    folder.mkdir()
    monkeypatch.setenv("BOX", str(folder))
    return folder


@pytest.fixture
def up(box) -> Callable[[], list[str]]:
    """Say which campaign is up at each shop."""

    def look() -> list[str]:
        return [" ".join(path.name.split()[1] for path in box.glob(f"{shop} *")) for shop in SHOPS]

    return look


@pytest.fixture
def shop(run, fresh: Path, commit, git_in, box, up) -> Path:
    """Welcome is up; a rival with priority was merged and is due."""
    settings = (fresh / "storesync.yaml").read_text(encoding="utf-8")
    welcome = (fresh / WELCOME).read_text(encoding="utf-8")
    settings = settings.replace("{plugin: outbox}", "{plugin: post}")
    git_in(fresh, "config", "user.name", "Mia")
    git_in(fresh, "config", "user.email", "mia@example.com")
    new = {"storesync.yaml": f"{settings}plugins: [outbox, post]\n"}
    commit(fresh, new | {WELCOME: f"{welcome}offer: {{code: TEA}}\n"})
    assert run("publish", cwd=fresh).code == 0
    assert up() == ["welcome"] * 3
    merge(run, commit, fresh, RIVAL)
    (box / "log").unlink()
    return fresh


def merge(run, commit, folder: Path, rival: str) -> None:
    commit(folder, {f"{FOLDER}/rival/campaign.yaml": rival})
    assert run("verify", "--adopt", "-m", "Looked at", cwd=folder).code == 0


def test_a_rival_is_out_before_what_gives_way_is_down(run, shop, box, up):
    plan = run("plan", "--format", "json", cwd=shop).json
    assert plan["summary"] == {"create": 3, "update": 0, "withdraw": 3, "unchanged": 0}
    assert run("publish", "--expect", plan["fingerprint"], cwd=shop).code == 0
    assert up() == ["rival"] * 3
    steps = [line.split()[0] for line in (box / "log").read_text().splitlines()]
    assert steps == ["create"] * 3 + ["withdraw"] * 3
    assert run("publish", cwd=shop).stdout.startswith("nothing to do: 3")


@pytest.mark.parametrize("says", ["refused", "failed"])
def test_a_page_stays_up_where_a_channel_does_not_take_its_rival(run, shop, box, up, commit, says):
    (box / "rival says").write_text(says)
    outcome = run("publish", cwd=shop)
    assert outcome.code == 1
    assert up() == ["rival", "welcome", "welcome"]
    assert "stays until its rival is out: rival has priority" in outcome.stdout
    for _ in range(2):  # refused for good, or tried again after a while
        outcome = run("publish", cwd=shop)
        assert (outcome.code, "withdrawn" in outcome.stdout) == (0, False), outcome
        assert up() == ["rival", "welcome", "welcome"]
    told = run("plan", cwd=shop).stdout
    assert "welcome  2 locations on web: stays live while nothing of the rival comes out" in told
    assert "welcome  lakeside on web: rival has priority" in told
    assert run("publish", "--only-failed", cwd=shop).code == 0
    assert up() == ["rival", "welcome", "welcome"]
    (box / "rival says").unlink()
    merge(run, commit, shop, RIVAL.replace("Better", "Best"))
    assert run("publish", cwd=shop).code == 0
    assert up() == ["rival"] * 3
    assert run("publish", cwd=shop).stdout.startswith("nothing to do: 3")


def test_a_page_stays_up_while_its_rival_is_in_doubt_and_put_out_anew(run, shop, box, up):
    (box / "rival says").write_text("breaks")
    for _ in range(2):  # it cannot be asked, and is repeated
        run("publish", cwd=shop)
        assert up() == ["welcome"] * 3
    until = ("--until", "2099-01-01T09:00Z")
    assert run("hold", "rival", "-m", "Is it out?", *until, cwd=shop).code == 0
    run("publish", cwd=shop)
    assert up() == ["welcome"] * 3, "a hold takes down nothing"
    assert run("resume", "rival", "-m", "It is not", cwd=shop).code == 0
    (box / "rival says").unlink()
    assert run("publish", cwd=shop).code == 0
    assert up() == ["rival"] * 3
    assert run("publish", cwd=shop).stdout.startswith("nothing to do: 3")


def test_a_part_of_a_plan_takes_nothing_down_for_what_is_not_in_it(run, shop, up):
    run("publish", "--campaign", "welcome", cwd=shop)
    assert up() == ["welcome"] * 3
    assert run("publish", "--campaign", "rival", cwd=shop).code == 0
    run("publish", cwd=shop)
    assert up() == ["rival"] * 3


def test_what_is_recalled_comes_down_whatever_its_rival_does(run, shop, box, up):
    (box / "rival says").write_text("refused")
    assert run("recall", "welcome", "-m", "Wrong", cwd=shop).code == 0
    run("publish", cwd=shop)
    assert up() == ["rival", "", ""]


def test_a_page_stays_up_for_a_refused_rival_whatever_it_is_called(
    run, shop, box, up, commit, git_in
):
    (box / "rival says").write_text("refused")
    for old, new, names in [("welcome", "hello", "welcome"), ("hello", "hi", "welcome, hello")]:
        text = (shop / f"{FOLDER}/{old}/campaign.yaml").read_text(encoding="utf-8")
        git_in(shop, "mv", f"{FOLDER}/{old}", f"{FOLDER}/{new}")
        text = f"{text.partition('formerly')[0]}formerly: [{names}]\n"
        commit(shop, {f"{FOLDER}/{new}/campaign.yaml": text})
        assert run("verify", "--adopt", "-m", "Looked at", cwd=shop).code == 0
        for _ in range(2):
            run("publish", cwd=shop)
            assert up() == ["rival", "welcome", "welcome"]
    (box / "rival says").unlink()
    merge(run, commit, shop, RIVAL.replace("Better", "Best"))
    assert run("publish", cwd=shop).code == 0
    assert up() == ["rival"] * 3
