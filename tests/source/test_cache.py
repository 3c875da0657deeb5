from __future__ import annotations

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.errors import UserError
from storesync.source.cache import DiskCache, MemoryCache, open_cache

VALUE = {"rows": [["a", 1, None, 2.5], []], "text": "caf\u00e9\u2028\n"}


@pytest.fixture(params=["disk", "memory"])
def cache(request, tmp_path):
    return DiskCache(tmp_path, "1.0") if request.param == "disk" else MemoryCache()


def test_what_was_saved_comes_back(cache):
    assert cache.load("a/b ../\0") is None
    cache.save("a/b ../\0", VALUE)
    cache.save("other", {"x": 1})
    assert cache.load("a/b ../\0") == VALUE
    cache.save("other", {"x": 2})
    assert cache.load("other") == {"x": 2}


def only_file(root):
    [path] = (root / ".storesync/cache").iterdir()
    return path


def test_it_keeps_itself_out_of_git(tmp_path):
    DiskCache(tmp_path, "1.0").save("a", VALUE)
    assert (tmp_path / ".storesync/.gitignore").read_text() == "*\n"
    assert only_file(tmp_path).suffix == ".json"


def test_another_version_of_the_tool_starts_anew(tmp_path):
    DiskCache(tmp_path, "1.0").save("a", VALUE)
    assert DiskCache(tmp_path, "1.1").load("a") is None


def test_an_entry_under_another_name_is_not_believed(tmp_path):
    cache = DiskCache(tmp_path, "1.0")
    cache.save("a", VALUE)
    source = only_file(tmp_path)
    cache.save("b", {"x": 1})
    [other] = set(source.parent.iterdir()) - {source}
    other.write_bytes(source.read_bytes())
    assert cache.load("b") is None


@given(st.data())
def test_a_damaged_entry_is_absent(tmp_path_factory, data):
    root = tmp_path_factory.mktemp("cache")
    cache = DiskCache(root, "1.0")
    cache.save("a", VALUE)
    path = only_file(root)
    good = path.read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    changed = data.draw(
        st.one_of(
            st.just(good[:at]),
            st.integers(1, 255).map(
                lambda bit: good[:at] + bytes([good[at] ^ bit]) + good[at + 1 :]
            ),
            st.binary(max_size=50),
        )
    )
    path.write_bytes(changed)
    assert cache.load("a") is None


def test_a_list_is_not_an_entry(tmp_path):
    cache = DiskCache(tmp_path, "1.0")
    cache.save("a", {})
    body = json.dumps([1]).encode()
    only_file(tmp_path).write_bytes(cache._head("a", body) + body)
    assert cache.load("a") is None


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_what_is_not_a_file_is_absent(tmp_path, kind):
    cache = DiskCache(tmp_path, "1.0")
    cache.save("a", VALUE)
    path = only_file(tmp_path)
    copy = path.rename(tmp_path / "copy")
    {
        "link": lambda: path.symlink_to(copy),
        "folder": path.mkdir,
        "pipe": lambda: os.mkfifo(path),
    }[kind]()
    assert cache.load("a") is None
    cache.save("a", VALUE)


def test_no_place_to_write_is_no_trouble(tmp_path):
    (tmp_path / ".storesync").write_text("a file")
    cache = DiskCache(tmp_path, "1.0")
    cache.save("a", VALUE)
    assert cache.load("a") is None


class Repository:
    def __init__(self, tracked):
        self._tracked = tracked

    def tracked(self, path):
        return path == self._tracked


def test_a_tracked_cache_is_refused(tmp_path):
    assert isinstance(open_cache(tmp_path, "1.0", lambda: Repository("other")), DiskCache)
    with pytest.raises(UserError, match="tracked by Git"):
        open_cache(tmp_path, "1.0", lambda: Repository(".storesync"))


def test_where_there_is_no_git_nothing_is_kept(tmp_path):
    def none():
        raise UserError("not a Git repository")

    assert isinstance(open_cache(tmp_path, "1.0", none), MemoryCache)


@pytest.mark.parametrize(("path", "asks"), [("storesync.yaml", False), (".storesync/x", True)])
def test_git_is_asked_where_the_index_leaves_it_open(tmp_path, path, asks):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/index").write_bytes(b"DIRC\0\0\0\2" + path.encode())
    asked = []

    def repository():
        asked.append(True)
        return Repository(None)

    open_cache(tmp_path, "1.0", repository)
    assert bool(asked) is asks
