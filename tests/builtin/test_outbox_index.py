from __future__ import annotations

import re
from html.parser import HTMLParser
from posixpath import dirname, join, normpath

import pytest

from storesync.builtin import outbox_index as index
from storesync.builtin import outbox_pages as pages
from storesync.builtin import outbox_record as records
from storesync.builtin.outbox_record import SIDECAR
from storesync.errors import UserError

HOSTILE = '"><script>alert(1)</script>\u202e\x1b[31m&amp;'


class MemoryView:
    """An outbox in a dict: path -> bytes."""

    def __init__(self, deliveries=()):
        self.files = {}
        self.reads = 0
        for delivery in deliveries:
            self.put(delivery)

    def names(self, folder):
        start = f"{folder}/" if folder else ""
        below = [path[len(start) :] for path in self.files if path.startswith(start)]
        folders = {path.partition("/")[0] for path in below if "/" in path}
        return sorted(folders), sorted(path for path in below if "/" not in path)

    def read_many(self, paths):
        wanted = list(paths)
        self.reads += len(wanted)
        return [self.files.get(path) for path in wanted]

    def put(self, delivery):
        folder = records.folder_of(delivery.placement)
        files = records.part_files(delivery.artifact)
        files[SIDECAR] = records.record_of(delivery, delivery.artifact, files).encode()
        self.files |= {f"{folder}/{name}": data for name, data in files.items()}
        return folder

    def update(self, touched=(), known=None):
        """Bring the pages up to date and return the paths that changed."""
        edits = index.edits(self, touched, known or {})
        for path, data in edits:
            if data is None:
                del self.files[path]
            else:
                self.files[path] = data
        return [path for path, _ in edits]

    def page(self, path):
        return self.files[path].decode()


class Links(HTMLParser):
    """The addresses a page links to, and the elements it has."""

    def __init__(self, text):
        super().__init__()
        self.addresses = []
        self.elements = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.addresses += [value for name, value in attrs if name in {"href", "src"}]


def reachable(view):
    """Follow every link from the first page; return what was found, and fail on dead ones."""
    found, todo = set(), ["index.html"]
    while todo:
        path = todo.pop()
        if path in found:
            continue
        found.add(path)
        assert path in view.files, f"a dead link to {path}"
        if path.endswith(".html") and pages.is_ours(view.files[path]):
            todo += [normpath(join(dirname(path), to)) for to in Links(view.page(path)).addresses]
    return found


def many(sample, count, *, areas=("us/texas", "us/new-york", "ca/quebec")):
    return [
        sample.put(f"store-{number}", titles={"folder": areas[number % len(areas)]})
        for number in range(count)
    ]


def test_everything_is_linked_from_the_first_page(sample):
    deliveries = [
        sample.put(),
        sample.put(locale="es-MX"),
        sample.email("dallas", text="x"),
        sample.put(brand="other"),
        sample.put("paris", "sms", {"txt": "x"}, campaign="spring"),
        sample.put("paris", "poster", {"html": "x", "back": "y"}, campaign="spring"),
    ]
    view = MemoryView(deliveries)
    view.update()
    own = {path for path in view.files if path.startswith(".outbox/") or path.endswith(SIDECAR)}
    assert reachable(view) == view.files.keys() - own


def test_a_large_campaign_is_divided_by_area(sample, monkeypatch):
    monkeypatch.setattr(pages, "LOCATIONS_ON_A_PAGE", 40)
    view = MemoryView(many(sample, 100))
    view.update()
    folder = "harbor/winter"
    names = sorted(name for name in view.names(folder)[1])
    assert names == [
        "in.ca.quebec.html",
        "in.us.new-york.html",
        "in.us.texas.html",
        "index.html",
    ]
    assert "store-1/" not in view.page(f"{folder}/index.html")
    assert "33" in view.page(f"{folder}/index.html")
    assert sum(path.endswith("page.html") for path in reachable(view)) == 100


@pytest.mark.parametrize("area", ["", "us", "x" * 300, "Ünï/\u202e", "../../x", "a.b", "a//b"])
def test_a_large_area_is_divided_into_pages(sample, area, monkeypatch):
    monkeypatch.setattr(pages, "LOCATIONS_ON_A_PAGE", 40)
    view = MemoryView(many(sample, 90, areas=[area]))
    view.update()
    names = view.names("harbor/winter")[1]
    assert len(names) == 4
    assert all(re.fullmatch(r"index\.html|in[._][a-z0-9_.-]{0,120}html", name) for name in names)
    assert sum(path.endswith("page.html") for path in reachable(view)) == 90


def test_areas_never_share_a_page():
    areas = ["", "us", "us/p", "us.p", "_", "2", "us/2", "US", "x" * 99, "x" * 101, "a-b", "a/b"]
    names = [pages._page_name(area, number) for area in areas for number in (1, 2, 3)]
    assert len({name.lower() for name in names}) == len(names)


def test_a_page_is_never_large(sample):
    view = MemoryView(many(sample, pages.LOCATIONS_ON_A_PAGE + 1, areas=["us/texas"]))
    view.update()
    assert len(view.files["harbor/winter/in.us.texas.html"]) < 200_000


def test_pages_shrink_with_the_campaign(sample, monkeypatch):
    monkeypatch.setattr(pages, "LOCATIONS_ON_A_PAGE", 40)
    deliveries = many(sample, 50)
    view = MemoryView(deliveries)
    view.update()
    gone = [records.folder_of(item.placement) for item in deliveries[10:]]
    for folder in gone:
        del view.files[f"{folder}/{SIDECAR}"]
    view.update(gone)
    fresh = MemoryView(deliveries[:10])
    fresh.update()
    assert view.names("harbor/winter")[1] == ["index.html"]
    assert {path: view.files[path] for path in fresh.files} == fresh.files


def test_one_changed_delivery_costs_one_sidecar(sample, monkeypatch):
    monkeypatch.setattr(pages, "LOCATIONS_ON_A_PAGE", 40)
    deliveries = many(sample, 100)
    view = MemoryView([*deliveries, sample.put(brand="other")])
    view.update()
    view.reads = 0
    changed = sample.put("store-1", titles={"folder": "us/new-york", "location": "New name"})
    edits = sorted(view.update([view.put(changed)]))
    assert edits == [".outbox/lists/harbor/winter", "harbor/winter/in.us.new-york.html"]
    assert view.reads < 20


def test_what_is_known_is_not_read(sample):
    view = MemoryView()
    view.update()
    delivery = sample.put()
    files = records.part_files(delivery.artifact)
    folder = records.folder_of(delivery.placement)
    record = records.record_of(delivery, delivery.artifact, files)
    assert "harbor/winter/index.html" in view.update([folder], {folder: record})
    assert folder.removeprefix("harbor/winter/") in view.page("harbor/winter/index.html")


def test_nothing_touched_is_nothing_to_do(sample):
    view = MemoryView([sample.put()])
    assert view.update()
    assert view.update() == []
    assert view.update(["harbor/winter/austin/web/en-US"]) == []


def test_the_order_of_changes_is_not_in_the_pages(sample):
    deliveries = many(sample, 30)
    at_once, one_by_one = MemoryView(deliveries), MemoryView()
    at_once.update()
    for delivery in deliveries[::-1]:
        one_by_one.update([one_by_one.put(delivery)])
    assert at_once.files == one_by_one.files


def test_hostile_words_are_only_shown(sample, monkeypatch):
    monkeypatch.setattr(pages, "LOCATIONS_ON_A_PAGE", 40)
    titles = dict.fromkeys(("brand", "campaign", "location", "folder"), HOSTILE)
    view = MemoryView([sample.put(titles=titles), *many(sample, 50), sample.email(titles=titles)])
    view.update()
    sound = MemoryView([sample.put(), *many(sample, 50), sample.email()])
    sound.update()
    elements = Links("".join(map(sound.page, reachable(sound)))).elements - {"p"}
    for path in reachable(view):
        if pages.is_ours(view.files[path]):
            text = view.page(path)
            assert Links(text).elements <= elements | {"p"}
            assert "\u202e" not in text
            assert "\x1b" not in text
            assert "default-src 'none'" in text


def test_missing_titles_and_times(sample):
    titles = dict.fromkeys(("brand", "campaign", "location", "folder"), "")
    view = MemoryView([sample.put(titles=titles)])
    view.update()
    assert "<h1>winter</h1>" in view.page("harbor/winter/index.html")
    assert "All locations" in view.page("harbor/winter/index.html")


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        ("2026-12-01T13:00:00Z", "2026-12-25T03:00:00Z", "1 Dec 2026, 13:00 – 25 Dec 2026, 03:00"),
        ("2026-12-01T13:00:00Z", "", "since 1 Dec 2026, 13:00"),
        ("", "2026-12-25T03:00:00Z", "until 25 Dec 2026, 03:00"),
        ("", "", "without an end"),
        ("<b>", "2026-13-01", "&lt;b&gt; – 2026-13-01"),
    ],
)
def test_times_as_they_read(starts, ends, words):
    assert pages.span(starts, ends).replace("&nbsp;", " ") == words


def test_the_name_that_most_have_wins(sample):
    deliveries = [
        sample.put(f"store-{number}", titles={"brand": brand, "campaign": "Winter"})
        for number, brand in enumerate(["Old", "New", "New"])
    ]
    view = MemoryView(deliveries)
    view.update()
    assert "<h1>New</h1>" in view.page("harbor/index.html")


def test_pages_of_others_stay(sample):
    view = MemoryView([sample.put()])
    theirs = {"harbor/winter/about.html": b"<h1>Mine", "notes/x/index.html": b"<h1>Mine"}
    view.files |= theirs
    view.update()
    del view.files["harbor/winter/austin/web/en-US/delivery.json"]
    view.update(["harbor/winter/austin/web/en-US"])
    assert view.files.items() >= theirs.items()
    assert "harbor/winter/index.html" not in view.files


def test_an_older_design_is_written_anew(sample, monkeypatch):
    view = MemoryView([sample.put()])
    view.update()
    monkeypatch.setattr(index, "DESIGN", index.DESIGN + 1)
    assert view.update() == [".outbox/summary"]
    assert view.update() == []


def test_a_newer_outbox_is_refused(sample, monkeypatch):
    view = MemoryView([sample.put()])
    monkeypatch.setattr(records, "FORMAT", 2)
    view.update()
    monkeypatch.undo()
    with pytest.raises(UserError, match="has format 2"):
        view.update()
