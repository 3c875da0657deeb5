"""The command line as a whole: options, errors, exit codes, the report of a bug."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from storesync.app.bug import write_report
from storesync.cli import main
from storesync.errors import EXIT_BUG, EXIT_INTERRUPTED, EXIT_USAGE


@pytest.mark.parametrize("args", [[], ["new"], ["import"]])
def test_no_command_shows_help(run, args):
    outcome = run(*args)
    assert (outcome.code, outcome.stdout) == (EXIT_USAGE, "")
    assert outcome.stderr.startswith("Usage: storesync")


def test_the_version_is_told(run):
    outcome = run("--version")
    assert outcome.code == 0
    assert outcome.stdout.startswith("storesync 0.")


WRONG_USE = [
    (["vaildate"], 'there is no command "vaildate"', 'did you mean "validate"'),
    (["new", "shop"], "No such command 'shop'", "see storesync new --help"),
    (["plan", "--bsae", "x"], "No such option", "see storesync plan --help"),
    (["plan", "extra"], "unexpected extra argument", "see storesync plan --help"),
    (["validate", "--format", "xml"], "'xml' is not one of", "see storesync validate --help"),
    (["validate", "--format", "markdown"], "no format markdown", "text, json, github, sarif"),
    (["status", "--at", "tomorrow"], "'tomorrow' is not a time", "ISO 8601"),
    (["status", "--at", "1812-06-24"], "outside the years 2000 to 2200", "check the year"),
    (["status", "welcom"], 'there is no campaign "welcom"', 'did you mean "welcome"?'),
    (["history", "welcom"], 'there is no campaign "welcom"', 'did you mean "welcome"?'),
    (["explain", "welcome", "lakesid"], 'no location "lakesid"', 'did you mean "lakeside"?'),
    (["explain", "welcome", "zzz"], 'no location "zzz"', "name of its file"),
    (["explain", "welcome", "lakeside", "headlin"], 'sets "headlin"', 'did you mean "headline"?'),
    (["render"], "name a campaign to show", "storesync render CAMPAIGN"),
    (["render", "welcome", "--channel", "emial"], 'no channel "emial"', 'did you mean "email"?'),
    (["render", "welcome", "--channel", "sms"], "nothing to render", "plan --format json"),
    (["publish", "--channel", "fax"], 'no channel "fax"', "it is one of web, email"),
    (["publish", "--every", "soon"], "--every wants a span", "--every 60s"),
    (["publish", "--every", "5m", "--at", "2026-12-01"], "no --at", "--every 60s"),
    (["publish", "--every", "5m", "--expect", "0" * 64], "no --expect", "--every 60s"),
    (["plan", "--base", "nonsense"], "nonsense", ""),
    (["validate", "/"], "lies outside the repository", "the repository is"),
    (["fmt", "nothing.yaml"], "nothing.yaml: no file that StoreSync reads", "below brands/"),
    (["export", "locations", "--brand", "nobody", "--out", "x.csv"], "nobody", ""),
]


@pytest.mark.parametrize(("args", "message", "hint"), WRONG_USE, ids=lambda value: str(value)[:40])
def test_wrong_use_says_what_to_do(run, small: Path, args, message: str, hint: str):
    text = run(*args, cwd=small)
    assert (text.code, text.stdout) == (EXIT_USAGE, "")
    lead, _, rest = text.stderr.partition("\n")
    assert lead.startswith("error: ")
    assert message in lead
    assert hint in rest
    if "--format" not in args:
        data = run(*args, "--format", "json", cwd=small)
        assert (data.code, data.stderr) == (EXIT_USAGE, "")
        assert set(data.json["error"]) == {"message", "hint"}
        assert message in data.json["error"]["message"]
        assert hint in data.json["error"]["hint"]


def test_an_option_without_its_value_names_its_command(run, small: Path):
    outcome = run("approve", "-m", cwd=small)
    assert (outcome.code, "see storesync approve --help" in outcome.stderr) == (EXIT_USAGE, True)


def test_json_is_asked_for_in_one_word_too(run, small: Path):
    assert "nope" in run("--format=json", "nope", cwd=small).json["error"]["message"]


def test_outside_of_a_repository(run, tmp_path: Path):
    outcome = run("validate", cwd=tmp_path)
    assert outcome.code == EXIT_USAGE
    assert "no storesync.yaml here or in a folder above" in outcome.stderr
    assert "storesync init" in outcome.stderr


def test_in_a_folder_that_is_gone(run, tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    for args in (["status"], ["init", "new"]):
        outcome = run(*args)
        assert (outcome.code, "this folder is gone" in outcome.stderr) == (2, True)


def test_a_folder_that_is_not_there(run):
    outcome = run("-C", "/nowhere/at/all", "validate")
    assert outcome.code == EXIT_USAGE
    assert "does not exist" in outcome.stderr


def test_nothing_committed_yet(run, small: Path, tmp_path: Path, git_in):
    shutil.copytree(small, tmp_path / "new", ignore=shutil.ignore_patterns(".git", ".storesync"))
    git_in(tmp_path / "new", "init", "--quiet")
    assert run("validate", cwd=tmp_path / "new").code == 0
    outcome = run("publish", cwd=tmp_path / "new")
    assert outcome.code == EXIT_USAGE
    assert "nothing is committed yet" in outcome.stderr


@pytest.mark.parametrize("folder", [".", "brands", "brands/my-brand/locations/us"])
def test_the_repository_is_found_from_below(run, small: Path, folder: str):
    there = run("validate", cwd=small / folder)
    elsewhere = run("-C", small / folder, "validate", cwd=Path("/"))
    behind = run("validate", "-C", small / folder, cwd=Path("/"))
    assert there.code == 0
    assert there == elsewhere == behind


@pytest.mark.parametrize(
    ("option", "args"),
    [
        (("--format", "json"), ("validate",)),
        (("-q",), ("validate",)),
        (("--no-color",), ("validate",)),
        (("-v",), ("plan", "--at", "2026-11-22T16:00Z")),
    ],
    ids=lambda value: value[0],
)
def test_global_options_stand_before_or_behind(run, small: Path, option, args):
    assert run(*option, *args, cwd=small) == run(*args, *option, cwd=small)


def test_an_option_behind_wins(run, small: Path):
    outcome = run("--format", "sarif", "validate", "--format", "json", cwd=small)
    assert "diagnostics" in outcome.json


QUIET = [
    ["validate"],
    ["plan", "--at", "2026-11-22T16:00Z"],
    ["publish", "--at", "2026-11-22T16:00Z"],
    ["status"],
    ["history"],
    ["explain", "welcome", "lakeside"],
    ["render", "welcome"],
    ["render", "--out", ".storesync/preview"],
    ["fmt", "--check"],
    ["schema", "--check"],
    ["migrate", "--dry-run"],
    ["export", "locations", "--brand", "my-brand", "--out", "shops.csv"],
    ["new", "template", "quiet"],
]


@pytest.mark.parametrize("args", QUIET, ids=lambda args: " ".join(args[:2]))
def test_quiet_says_nothing_beside_results(run, fresh: Path, args):
    (fresh / "brands/my-brand/brand.yaml").write_text("name: Other\nlocales: [en]\ncurrency: USD\n")
    outcome = run(*args, "-q", cwd=fresh)
    assert (outcome.code, outcome.stderr) == (0, "")


def test_quiet_says_errors(run, fresh: Path):
    assert run("-q", "status", "nope", cwd=fresh).stderr.startswith("error: ")


def test_a_bare_id_in_two_brands_is_ambiguous(run, small: Path, commit):
    files = {
        f"brands/other/{path.relative_to(small / 'brands/my-brand')}": path.read_bytes()
        for path in (small / "brands/my-brand").rglob("*.yaml")
    }
    commit(small, files)
    for args in (["explain", "welcome", "lakeside"], ["status", "welcome"], ["render", "welcome"]):
        outcome = run(*args, cwd=small)
        assert outcome.code == EXIT_USAGE
        assert '"welcome" is ambiguous' in outcome.stderr
        assert "say my-brand/welcome or other/welcome" in outcome.stderr
    assert run("explain", "other/welcome", "lakeside", cwd=small).code == 0


def interrupt(*_args: object, **_options: object) -> None:
    raise KeyboardInterrupt


def test_an_interrupt_ends_with_130(run, small: Path, monkeypatch: pytest.MonkeyPatch):
    from storesync.cli import schema

    monkeypatch.setattr(schema.command, "callback", interrupt)
    outcome = run("schema", cwd=small)
    assert outcome.code == EXIT_INTERRUPTED
    assert outcome.stderr.strip() == "interrupted"


def break_down(*_args: object, **_options: object) -> None:
    message = "no one thought of this"
    raise RuntimeError(message)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_bug_leaves_a_report(
    small: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    form: str,
):
    from storesync.cli import schema

    monkeypatch.setattr(schema.command, "callback", break_down)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    assert main.run(["schema", "-C", str(small), "--format", form]) == EXIT_BUG
    shown = capsys.readouterr()
    if form == "json":
        shown_text = " ".join(json.loads(shown.out)["error"].values())
    else:
        assert shown.out == ""
        shown_text = shown.err
    assert "a bug in StoreSync: RuntimeError" in shown_text
    assert "Traceback" not in shown_text
    (report,) = tmp_path.glob("storesync-bug-*.txt")
    assert str(report) in shown_text
    text = report.read_text(encoding="utf-8")
    assert "no one thought of this" in text
    assert "break_down" in text
    assert "command: storesync schema" in text
    assert "hunter2" not in text
    assert report.stat().st_mode & 0o077 == 0


def test_an_end_of_a_file_that_nobody_typed_is_a_bug(small, monkeypatch, capsys, tmp_path):
    from storesync.cli import schema

    def fall_short(**_: object) -> None:
        raise EOFError("marshal data too short")

    monkeypatch.setattr(schema.command, "callback", fall_short)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert main.run(["schema", "-C", str(small)]) == EXIT_BUG
    assert "a bug in StoreSync: EOFError" in capsys.readouterr().err


def test_a_bug_with_a_word_that_is_no_text_leaves_a_report():
    report = write_report(["search", "\udcff"], RuntimeError("\ud800"))
    try:
        assert "command: storesync search \\udcff" in report.read_text(encoding="utf-8")
    finally:
        report.unlink()


@pytest.mark.parametrize(
    ("taken", "args", "told"),
    [
        (["file"], ["init", "file"], "cannot use {0}/file/schemas: Not a directory"),
        (["storesync.yaml", "schemas"], ["schema"], "cannot use {0}/schemas: File exists"),
        ([], ["init", "n" * 300], "File name too long"),
        ([], ["init", "loop"], "loop"),
    ],
)
def test_a_place_that_is_closed_is_no_bug(run, tmp_path: Path, taken: list[str], args, told: str):
    for name in taken:
        (tmp_path / name).touch()
    (tmp_path / "loop").symlink_to("loop")
    outcome = run(*args, cwd=tmp_path)
    assert (outcome.code, told.format(tmp_path) in outcome.stderr) == (EXIT_USAGE, True)
    assert "see to it that you may use this place" in outcome.stderr


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no /proc, which takes no folders")
def test_where_no_folder_can_be_made_is_no_bug(run):
    outcome = run("init", "/proc/chain")
    assert (outcome.code, "cannot make /proc/chain" in outcome.stderr) == (EXIT_USAGE, True)


def test_a_disk_that_is_read_only_needs_no_room(monkeypatch, capsys, small):
    from storesync.cli import schema

    def fail(**_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), "/mnt/brand.json")

    monkeypatch.setattr(schema.command, "callback", fail)
    assert main.run(["schema", "-C", str(small)]) == EXIT_USAGE
    told = capsys.readouterr().err
    assert "cannot use /mnt/brand.json: Read-only file system" in told
    assert "see to it that you may use this place" in told
