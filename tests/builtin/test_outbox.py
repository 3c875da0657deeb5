from __future__ import annotations

import subprocess
import sys

import pytest

from storesync.builtin.outbox import open_outbox
from storesync.errors import UserError
from storesync.plugins.protocols import ChannelSetting


def refusal(root, **options):
    with pytest.raises(UserError) as caught:
        open_outbox(ChannelSetting(root, options))
    assert caught.value.hint
    return caught.value.message


@pytest.mark.parametrize("folder", [".storesync/outbox", "public", "./a/b/", "Mail Box/v1.2"])
def test_folders_of_their_own(tmp_path, sample, folder):
    channel = open_outbox(ChannelSetting(tmp_path, {"folder": folder}))
    list(channel.deliver(sample.batch(sample.put())))
    channel.finish(sample.at)
    assert (tmp_path / folder / "index.html").is_file()
    assert (tmp_path / folder / "harbor/winter/austin/web/en-US/page.html").is_file()


@pytest.mark.parametrize(
    "folder",
    ["", ".", "/", "/tmp/out", "..", "../out", "a/../../out", "a/..", "~/out", "a\\b", "a\nb",
     "-rf", "C:/out", "\ud800", "a//\0", "a" * 5_000, "a/" * 300],
)  # fmt: skip
def test_folders_outside_or_oddly_named(tmp_path, folder):
    assert refusal(tmp_path, folder=folder).startswith("the outbox cannot be in ")


@pytest.mark.parametrize(
    "folder",
    [".git", ".git/hooks", ".GIT/x", "brands", "Brands/harbor", "templates/x", ".github",
     ".storesync", ".storesync/cache"],
)  # fmt: skip
def test_folders_for_other_files(tmp_path, folder):
    assert refusal(tmp_path, folder=folder).endswith("which is for other files")


def test_a_link_out_of_the_repository(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    root = tmp_path / "root"
    root.mkdir()
    (root / "public").symlink_to(tmp_path / "elsewhere")
    (root / "file").write_text("")
    for folder in ("public", "public/out", "file/out"):
        assert "is a link or a file" in refusal(root, folder=folder)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/.gitkeep").write_text("")
    open_outbox(ChannelSetting(tmp_path, {"folder": "docs"}))
    (tmp_path / "docs/index.html").write_text("mine")
    message = refusal(tmp_path, folder="docs")
    assert message == "the folder docs holds other files and is no outbox"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"foldr": "x"}, 'the outbox has no option "foldr"'),
        ({"folder": "x", "branch": "y"}, "the outbox has both a folder and a branch"),
    ],
)
def test_options_that_it_does_not_have(tmp_path, options, message):
    assert refusal(tmp_path, **options) == message


@pytest.mark.parametrize(
    "branch", ["", "-x", "a..b", "a b", "a/.b", "a.lock", "a.lock/b", "x.", "a//b", "ö", "x" * 201]
)
def test_no_names_for_a_branch(tmp_path, branch):
    assert refusal(tmp_path, branch=branch).endswith("is no name for a branch")


@pytest.mark.parametrize("branch", ["storesync/ledger", "HEAD"])
def test_branches_of_the_ledger(tmp_path, branch):
    assert refusal(tmp_path, branch=branch).endswith("is for StoreSync's own records")


def test_nothing_is_in_git_by_accident(tmp_path, sample):
    channel = open_outbox(ChannelSetting(tmp_path, {}))
    assert list(tmp_path.iterdir()) == []
    list(channel.deliver(sample.batch(sample.put())))
    assert (tmp_path / ".storesync/.gitignore").read_text() == "*\n"


@pytest.mark.slow
def test_a_folder_needs_neither_git_nor_the_renderer():
    code = "import storesync.builtin.outbox, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"subprocess", "pydantic", "jinja2", "yaml", "click", "storesync.source.git"}
    assert heavy & set(done.stdout.split()) == set()
