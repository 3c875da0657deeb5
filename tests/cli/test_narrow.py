"""After one location changed the commands say and write what they would have from nothing."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from storesync.app.context import Context, Options
from storesync.app.documents import Documents, ReadBefore
from storesync.app.proof.basis import open_basis
from storesync.app.publishing.channels import Channels
from storesync.app.publishing.due import work_out
from storesync.app.publishing.rendered import Rendered
from storesync.catalog.catalog import Catalog
from storesync.catalog.load import load
from storesync.publish import publisher
from storesync.render.pool import Renderer
from storesync.source.cache import MemoryCache
from storesync.source.work_tree import WorkTree

LOCATION = "brands/my-brand/locations/us/main-street.yaml"
CAMPAIGN = "brands/my-brand/campaigns/welcome/campaign.yaml"
CACHE = Path(".storesync/cache")

EDITS = [
    pytest.param("name: ", "name: New ", id="another name"),
    pytest.param('postcode: "62701"', "postcode: 62701", id="a warning"),
    pytest.param('postcode: "62701"', "postcode: [", id="an error"),
    pytest.param("name: ", "closes_on: 2026-11-01\nname: ", id="closed"),
    pytest.param("name: ", "formerly: [old-street]\nname: ", id="an earlier id"),
]


def files_in(folder: Path) -> dict[str, bytes]:
    """Return what people see of a folder: path -> bytes."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in found
        if not path.name.startswith(".")
    }


@pytest.mark.parametrize(("old", "new"), EDITS[1:])
def test_validate_says_the_same(run, fresh: Path, edit, old: str, new: str):
    assert run("validate", cwd=fresh).code == 0
    edit(fresh / LOCATION, old, new)
    again = run("validate", "--format", "json", cwd=fresh)
    shutil.rmtree(fresh / CACHE)
    assert again == run("validate", "--format", "json", cwd=fresh)


@pytest.mark.parametrize("category", ["alcohol", "alcohl"])
def test_what_settings_name_of_another_brand_is_there(run, fresh: Path, commit, git_in, category):
    """A run looks at the brand that changed alone; a slip in the settings freezes all the same."""
    shutil.copytree(fresh / "brands/my-brand", fresh / "brands/a-tea")
    with (fresh / "brands/a-tea/brand.yaml").open("a", encoding="utf-8") as file:
        file.write("products: {punch: Punch}\ncategories: {alcohol: [punch]}\n")
    with (fresh / "storesync.yaml").open("a", encoding="utf-8") as file:
        file.write("admins: [mia]\nrequirements: [{id: law, when: {categories: [alcohol]}}]\n")
    run("codeowners", cwd=fresh)
    git_in(fresh, "add", "--all")
    commit(fresh, {})
    assert run("publish", "--at", "2026-11-22T16:00Z", cwd=fresh).code == 0
    settings = (fresh / "storesync.yaml").read_text(encoding="utf-8")
    text = (fresh / CAMPAIGN).read_text(encoding="utf-8").replace("Good to have", "Glad to have")
    files = {CAMPAIGN: text, "storesync.yaml": settings.replace("[alcohol]", f"[{category}]")}
    if category == "alcohol":
        del files["storesync.yaml"]
    commit(fresh, files)
    outcome = run("publish", "--at", "2026-11-22T16:01Z", cwd=fresh)
    is_sound = category == "alcohol"
    assert ("3 live, 3 unchanged" in outcome.stdout) is is_sound, outcome
    assert ("unknown-category" in outcome.stderr) is not is_sound


def test_workers_get_ready_with_what_the_last_run_rendered(run, fresh: Path, edit, monkeypatch):
    given: list[list[str]] = []
    start = Renderer.start

    def started(self, samples=()):
        given.append([item.template for item in samples])
        start(self, samples)

    monkeypatch.setattr(Renderer, "start", started)
    assert run("validate", cwd=fresh).code == 0
    edit(fresh / LOCATION, "name: ", "name: New ")
    assert run("validate", cwd=fresh).code == 0
    assert given == [[], ["shared/welcome"]]


@pytest.mark.parametrize(("old", "new"), [EDITS[0], EDITS[3]])
def test_render_writes_the_same(run, fresh: Path, edit, old: str, new: str):
    assert run("render", "--out", "first", cwd=fresh).code == 0
    edit(fresh / LOCATION, old, new)
    again = run("render", "--out", "first", cwd=fresh)
    shutil.rmtree(fresh / CACHE)
    whole = run("render", "--out", "second", cwd=fresh)
    assert again.code == whole.code == 0
    assert files_in(fresh / "first") == files_in(fresh / "second")


def written(root: Path) -> dict[str, int]:
    """Return when each entry of the cache was written."""
    return {path.name: path.stat().st_mtime_ns for path in (root / CACHE).iterdir()}


def test_only_what_changed_is_worked_out(run, fresh: Path, edit):
    run("validate", cwd=fresh)
    run("render", "--out", "pages", cwd=fresh)
    kept = written(fresh)
    edit(fresh / LOCATION, "name: ", "name: New ")
    run("validate", cwd=fresh)
    run("render", "--out", "pages", cwd=fresh)
    now = written(fresh)
    # What each of them found; the caches of all files and all artifacts are not touched.
    assert len([name for name in kept if kept[name] != now[name]]) == 2
    edit(fresh / CAMPAIGN, "name: ", "name: New ")
    run("validate", cwd=fresh)
    later = written(fresh)
    assert len([name for name in now if now[name] != later[name]]) > 1


def test_only_what_changed_is_planned(run, small: Path, edit, git_in):
    run("plan", "--at", AT, cwd=small)
    edit(small / LOCATION, "name: ", "name: New ")
    git_in(small, "commit", "--quiet", "--all", "--message", "Change")
    before = written(small)
    assert "1 to update" in run("plan", "--at", AT, cwd=small).stdout
    now = written(small)
    assert {name: now[name] for name in before} == before
    assert len(now) == len(before) + 1  # the few files that all locations have in common
    edit(small / LOCATION, "name: ", "name: Another ")
    git_in(small, "commit", "--quiet", "--all", "--message", "Change again")
    assert "1 to update" in run("plan", "--at", AT, cwd=small).stdout
    assert written(small) == now


@pytest.mark.parametrize("path", [CAMPAIGN, "brands/my-brand/brand.yaml", "storesync.yaml"])
def test_what_was_read_before_is_known_again(path: str, fresh: Path, edit):
    cache = MemoryCache()

    def told() -> tuple[Catalog, int]:
        """Return the catalog, and how many of the files had to be read."""
        known = cache.load("read") or {}
        with closing(ReadBefore(cache)) as ahead:
            catalog = load(WorkTree(fresh), Documents(MemoryCache()), ahead=ahead)
        return catalog, len((cache.load("read") or {}).keys() - known.keys())

    whole = load(WorkTree(fresh))
    assert told() == (whole, 5)
    assert told() == (whole, 0)
    with (fresh / path).open("a", encoding="utf-8") as file:
        file.write("# looked at\n")
    assert told() == (load(WorkTree(fresh)), 1)
    with (fresh / path).open("a", encoding="utf-8") as file:
        file.write("nme: [slip\n")
    assert told() == (load(WorkTree(fresh)), 0)  # what is wrong is not remembered


AT = "2026-11-22T16:00:00Z"
AUSTIN = "brands/harbor-coffee/locations/us/texas/austin-congress.yaml"
PLANNED = [
    pytest.param("name: ", "closed_until: 2026-12-01\nname: ", id="closed for a while"),
    pytest.param("[downtown, drive-thru]", "[]", id="in fewer selectors"),
    pytest.param("name: ", "timezone: Nowhere\nname: ", id="an error"),
    pytest.param("name: ", "notes: Nothing to see\nname: ", id="nothing anybody sees"),
]


def forget_manifests(root: Path, git_in) -> None:
    """Leave nothing in the ledger that says what was worked out before."""
    work = root.with_name("ledger")
    git_in(root, "worktree", "add", "--quiet", str(work), "storesync/ledger")
    git_in(work, "rm", "-r", "--quiet", "manifests")
    git_in(work, "commit", "--quiet", "--message", "Forget")
    git_in(root, "worktree", "remove", str(work))


@pytest.mark.sweep  # what is planned and written is compared on random trees in every suite
@pytest.mark.parametrize(("old", "new"), PLANNED)
def test_publish_does_the_same(run, git_in, published: Path, tmp_path: Path, old: str, new: str):
    some, every = tmp_path / "some", tmp_path / "every"
    shutil.copytree(published, some)
    text = (some / AUSTIN).read_text(encoding="utf-8")
    (some / AUSTIN).write_text(text.replace(old, new, 1), encoding="utf-8")
    git_in(some, "commit", "--quiet", "--all", "--message", "Change")
    shutil.copytree(some, every)
    forget_manifests(every, git_in)
    plans = [run("plan", "--at", AT, "--format", "json", cwd=root).stdout for root in (some, every)]
    assert json.loads(plans[0]) == json.loads(plans[1])
    codes = [run("publish", "--at", AT, cwd=root).code for root in (some, every)]
    assert codes[0] == codes[1]
    assert files_in(some / ".storesync/outbox") == files_in(every / ".storesync/outbox")
    if codes[0]:
        return  # with an error nothing is said to be as it should be
    manifests = [
        git_in(root, "grep", "-h", '^[\\["]', "storesync/ledger", "--", "manifests")
        for root in (some, every)
    ]
    assert manifests[0] == manifests[1]


def test_the_only_one_to_speak_a_language_is_missed(run, fresh: Path, edit, git_in):
    edit(fresh / CAMPAIGN, "channels: ", "locales: [es-US]\nchannels: ")
    edit(fresh / LOCATION, "name: ", "locales: [es-US]\nname: ")
    git_in(fresh, "commit", "--quiet", "--all", "--message", "Say it in Spanish")
    assert [run(*command, cwd=fresh).code for command in (("validate",), ("publish",))] == [0, 0]
    edit(fresh / LOCATION, "[es-US]", "[en-US]")
    git_in(fresh, "commit", "--quiet", "--all", "--message", "Say it in English")
    for command in (("validate",), ("plan",)):
        outcome = run(*command, cwd=fresh)
        assert outcome.code == 1
        assert "[unspoken-locales]" in outcome.stdout + outcome.stderr


def test_a_past_that_is_named_no_more_is_missed(run, fresh: Path):
    new = (fresh / LOCATION).rename(fresh / LOCATION.replace("main", "new"))
    text = new.read_text(encoding="utf-8")
    new.write_text(f"{text}formerly: [main-street]\n", encoding="utf-8")
    assert run("validate", cwd=fresh).code == 0
    new.write_text(text, encoding="utf-8")
    assert "[renamed-id]" in run("validate", cwd=fresh).stdout


def test_a_link_that_came_is_seen(run, fresh: Path, git_in):
    commands = [("validate",), ("render", "--out", "pages")]
    assert [run(*command, cwd=fresh).code for command in commands] == [0, 0]
    (fresh / LOCATION.replace("main", "new")).symlink_to("main-street.yaml")
    git_in(fresh, "add", "brands")
    git_in(fresh, "commit", "--quiet", "--message", "Link")
    assert [run(*command, cwd=fresh).code for command in commands] == [1, 1]


def test_nothing_left_to_render_is_said(run, fresh: Path, edit):
    edit(fresh / CAMPAIGN, "channels: ", "select: [{ids: [main-street]}]\nchannels: ")
    assert run("render", "welcome", "--out", "pages", "--at", AT, cwd=fresh).code == 0
    edit(fresh / LOCATION, "name: ", "closes_on: 2020-01-01\nname: ")
    outcome = run("render", "welcome", "--out", "pages", "--at", AT, cwd=fresh)
    assert (outcome.code, outcome.stderr.count("nothing to render")) == (2, 1)


def test_a_shallow_clone_works_out_all(run, small: Path, edit, git_in):
    for name in ("New", "Other"):
        edit(small / LOCATION, "name: ", f"name: {name} ")
        git_in(small, "commit", "--quiet", "--all", "--message", name)
    git_in(small.parent, "clone", "--quiet", "--depth=1", small.as_uri(), "shallow")
    clone = small.parent / "shallow"
    ledger = "storesync/ledger:storesync/ledger"
    git_in(clone, "fetch", "--quiet", "origin", ledger, "refs/tags/*:refs/tags/*")
    assert "1 to update" in run("plan", "--at", AT, cwd=clone).stdout
    git_in(clone, "rm", "--quiet", LOCATION)
    git_in(clone, "commit", "--quiet", "--message", "Remove")
    outcome = run("plan", "--at", AT, cwd=clone)
    assert (outcome.code, "--unshallow" in outcome.stderr) == (2, True)


@pytest.mark.parametrize(
    "days",
    [
        pytest.param(["2026-11-25", "2026-12-05"], id="begun"),
        pytest.param(["2026-11-25", "2026-12-22"], id="over"),
        pytest.param(["2026-12-05", "2026-12-22"], id="begun and over"),
    ],
)
def test_who_is_skipped_changes_with_time(run, fresh: Path, edit, git_in, days: list[str]):
    edit(fresh / CAMPAIGN, "{start: 2026-01-01}", "{start: 2026-12-01, end: 2026-12-20}")
    for path in (fresh / LOCATION).parent.glob("[a-z]*.yaml"):
        edit(path, "name: ", "closed_until: 2026-12-21\nname: ")
    edit(fresh / LOCATION, "2026-12-21", "2026-12-10")
    git_in(fresh, "commit", "--quiet", "--all", "--message", "Close")
    first, then = (f"{day}T16:00:00Z" for day in days)
    run("publish", "--at", first, cwd=fresh)
    command = ("plan", "--at", then, "--format", "json")
    some = run(*command, cwd=fresh).json
    forget_manifests(fresh, git_in)
    assert some["skipped"] == run(*command, cwd=fresh).json["skipped"]


def begin_and_end(root: Path, at: datetime) -> None:
    """Announce what is due in the ledger, and be gone before anything is delivered."""
    with closing(Context(Options(directory=root, quiet=True), at)) as context:
        basis = open_basis(context, at)
        basis.ledger = basis.store.begin(
            at=at, who="ann", commit=basis.commit, repository_id=basis.repository_id
        )
        due = work_out(basis)
        channels = Channels(context, basis.settings)
        begun = publisher.Run("gone", at, basis.repository_id, channels.of, step=_end)
        writer = basis.store.writer(basis.ledger, "gone")
        with pytest.raises(KeyboardInterrupt):
            publisher.carry_out(begun, basis.ledger, writer, due.plan.changes, due.bodies)


def _end(_step: str) -> None:
    raise KeyboardInterrupt


def test_what_another_run_began_is_not_forgotten(run, fresh: Path, git_in):
    settings = fresh / "storesync.yaml"
    with settings.open("a", encoding="utf-8") as file:
        file.write("ledger: {remote: origin}\n")
    git_in(fresh, "commit", "--quiet", "--all", "--message", "Share the ledger")
    git_in(fresh.parent, "clone", "--quiet", "--bare", str(fresh), "origin.git")
    git_in(fresh, "remote", "add", "origin", str(fresh.parent / "origin.git"))
    begin_and_end(fresh, datetime.fromisoformat(AT))
    moments = [AT.replace("16:00", "16:05"), AT.replace("16:00", "16:30")]
    outcomes = [run("publish", "--at", at, cwd=fresh).stdout for at in moments]
    assert "another run is sending it, until 2026-11-22 16:15Z at most" in outcomes[0]
    assert outcomes[1].endswith("3 live, 0 unchanged\n")


def test_a_campaign_of_another_brand_than_the_changed_one_is_known(
    run, published: Path, tmp_path: Path, edit, git_in
):
    root = Path(shutil.copytree(published, tmp_path / "all"))
    edit(root / AUSTIN, "name: ", "name: New ")
    git_in(root, "commit", "--quiet", "--all", "--message", "Change")
    name = next((root / "brands/fern-and-field/campaigns").iterdir()).name
    command = ("publish", "--at", AT, "--campaign")
    assert run(*command, f"fern-and-field/{name}", cwd=root).code == 0
    assert run(*command, "fern-and-field/none", cwd=root).code == 2


@pytest.mark.parametrize("is_damaged", [False, True])
def test_a_render_cut_off_leaves_nothing_that_is_trusted(run, fresh: Path, is_damaged):
    assert run("render", "--out", "pages", "--at", AT, cwd=fresh).code == 0
    before = files_in(fresh / "pages")
    page = next(path for path in before if "main-street" in path)
    done = Rendered(fresh / "pages")
    done.begin({page.removesuffix(".html"): ["new", [".html"]]})
    if is_damaged:
        (fresh / "pages/.storesync-doubtful.json").write_bytes(b'{"half')
    (fresh / "pages" / page).write_text("what the next edit says", encoding="utf-8")
    assert run("render", "--out", "pages", "--at", AT, cwd=fresh).code == 0
    assert files_in(fresh / "pages") == before


def test_a_first_render_cut_off_is_taken_over(run, fresh: Path, monkeypatch, edit):
    with monkeypatch.context() as patched:
        patched.setattr(Rendered, "finish", lambda *_: _end("finish"))
        assert run("render", "--out", "pages", "--at", AT, cwd=fresh).code == 130
    page = next(path for path in files_in(fresh / "pages") if "main-street" in path)
    edit(fresh / LOCATION, "name: ", "closes_on: 2020-01-01\nname: ")
    assert run("render", "--out", "pages", "--at", AT, cwd=fresh).code == 0
    assert page not in files_in(fresh / "pages")


def test_what_one_run_left_unknown_stays_so_when_the_next_is_cut_off(run, fresh: Path):
    assert run("render", "--out", "pages", "--at", AT, cwd=fresh).code == 0
    before = files_in(fresh / "pages")
    pages = [path.removesuffix(".html") for path in before if path.endswith(".html")]
    for page in pages[:2]:
        Rendered(fresh / "pages").begin({page: ["new", [".html"]]})
        (fresh / "pages" / f"{page}.html").write_text("what an edit said", encoding="utf-8")
    assert run("render", "--out", "pages", "--at", AT, cwd=fresh).code == 0
    assert files_in(fresh / "pages") == before
