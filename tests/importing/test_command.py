"""`storesync import locations` and `export locations`, from the command line to the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

FILES = {
    "storesync.yaml": "format: 1\nrepository: 0123456789abcdef0123\n",
    "brands/harbor/brand.yaml": "name: Harbor\nlocales: [en-US]\ncurrency: USD\n",
}
GOOD = "id,name,country,city\na-1,Mitte,DE,Berlin\n"
BAD = f"{GOOD}b-1,Zoo,Atlantis,Berlin\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def take(run, root):
    """Import a table's text from a file in the repository."""

    def call(table: str | bytes, *args: str, name: str = "shops.csv"):
        raw = table.encode() if isinstance(table, str) else table
        (root / name).write_bytes(raw)
        return run("import", "locations", name, "--brand", "harbor", *args, cwd=root)

    return call


def locations(root: Path) -> list[str]:
    top = root / "brands/harbor/locations"
    return sorted(path.relative_to(top).as_posix() for path in top.rglob("*.yaml"))


def test_a_table_becomes_files(take, root):
    outcome = take(GOOD)
    assert outcome.code == 0
    assert (
        outcome.stdout == "1 row: 1 created, 0 updated, 0 unchanged, 0 rejected; 0 with warnings\n"
    )
    assert locations(root) == ["de/_defaults.yaml", "de/a-1.yaml"]
    assert take(GOOD).stdout.startswith("1 row: 0 created, 0 updated, 1 unchanged")


def test_json_accounts_for_every_row(take):
    outcome = take(BAD, "--skip-rejected", "--format", "json")
    assert outcome.code == 0
    assert {key: outcome.json[key] for key in ("rows", "created", "updated", "unchanged")} == {
        "rows": 2,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
    }
    assert outcome.json["removed"] == 0
    assert outcome.json["written"] is True
    (rejected,) = outcome.json["rejected"]
    assert (rejected["row"], rejected["column"]) == (3, "country")
    assert "Atlantis" in rejected["message"]


def test_with_a_rejected_row_nothing_is_imported_unless_it_is_skipped(take, root):
    outcome = take(BAD)
    assert outcome.code == 1
    assert "shops.csv: error: row 3: country" in outcome.stdout
    assert "--skip-rejected" in outcome.stderr
    assert locations(root) == []
    assert take(BAD, "--skip-rejected").code == 0
    assert locations(root) == ["de/_defaults.yaml", "de/a-1.yaml"]


def test_rejected_rows_are_corrected_and_imported_again(take, root):
    take(BAD.replace("Zoo", "=Zöo"), "--skip-rejected")
    path = root / ".storesync/shops-rejected.csv"
    text = path.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == "id,name,country,city,_row,_reason"
    assert text.splitlines()[1].startswith("b-1,'=Zöo,Atlantis,Berlin,3,")
    outcome = take(text.replace("Atlantis", "Germany"), name="corrected.csv")
    assert outcome.code == 0
    assert "ignored" not in outcome.stdout
    assert "name: =Zöo\n" in (root / "brands/harbor/locations/de/b-1.yaml").read_text()


def test_rejected_rows_go_where_they_are_told(take, root, sheet):
    raw = sheet([["id", "name", "country"], ["b-1", "Zoo", "Atlantis"]])
    take(raw, name="shops.xlsx")
    assert (root / ".storesync/shops-rejected.xlsx").read_bytes().startswith(b"PK")
    take(raw, "--rejects", "left.csv", name="shops.xlsx")
    assert (root / "left.csv").read_text().startswith("id,name,country,_row,_reason")
    assert take(raw, "--rejects", "left.txt").code == 2
    assert take(GOOD, "--rejects", "shops.csv").code == 2


def test_a_dry_run_writes_nothing_at_all(take, root):
    before = set(root.rglob("*")) | {root / "shops.csv"}
    outcome = take(BAD, "--dry-run", "--skip-rejected")
    assert outcome.code == 0
    assert outcome.stdout.endswith(
        "2 rows: 1 to create, 0 to update, 0 unchanged, 1 rejected; 0 with warnings\n"
    )
    assert set(root.rglob("*")) == before
    assert take(BAD, "--dry-run").code == 1


def test_what_a_killed_import_left_is_cleared_though_nothing_is_to_be_written(take, root):
    take(GOOD)
    left = root / ".storesync/import-abandoned"
    left.mkdir()
    (left / "0").write_text("half a loc")
    assert take(GOOD, "--dry-run").code == 0
    assert left.exists()
    assert take(GOOD).code == 0
    assert not left.exists()


def test_a_sheet_of_a_table_that_has_none_is_refused(take):
    outcome = take(GOOD, "--sheet", "Shops")
    assert outcome.code == 2
    assert "shops.csv is no Excel file, so it has no sheet Shops" in outcome.stderr


def test_a_form_of_dates_that_is_none_is_refused_at_its_line(take, root):
    (root / "map.yaml").write_text("columns: {Ort: city}\ndates: european\n")
    outcome = take(GOOD, "--map", "map.yaml")
    assert outcome.code == 2
    assert "map.yaml:2:1: dates: write how days look with DD, MM and YYYY" in outcome.stderr


def test_of_a_file_without_an_end_no_more_is_read_than_shows_it(run, root):
    with (root / "endless.csv").open("wb") as file:
        file.truncate(1 << 40)  # takes no room on the disk; more than any machine's memory
    outcome = run("import", "locations", "endless.csv", "--brand", "harbor", cwd=root)
    assert (outcome.code, locations(root)) == (1, [])
    assert "endless.csv has more than 67,108,864 bytes" in outcome.stderr


def test_a_table_that_cannot_be_read_is_the_tables_fault(take):
    raw = "id,name,country\na,Café,FR\n".encode("cp1252")
    outcome = take(raw)
    assert outcome.code == 1
    assert "encoding" in outcome.stderr
    assert 'with --encoding cp1252 it reads "Café"' in outcome.stderr
    outcome = take(raw, "--format", "json")
    assert (outcome.code, outcome.json["rows"]) == (1, 0)
    assert "encoding" in outcome.json["error"]["message"]
    assert take(raw, "--encoding", "cp1252").code == 0


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--encoding", "klingon"], "klingon"),
        (["--closes-on", "2026-12-01"], "--complete"),
        (["--map", "map.yaml"], "map.yaml:1:1"),
        (["--at", "yesterday"], "--at"),
    ],
)
def test_wrong_use_ends_with_2(take, root, args, words):
    (root / "map.yaml").write_text("colums: {}\n")
    outcome = take(GOOD, *args)
    assert outcome.code == 2
    assert words in outcome.stderr


def test_a_brand_has_to_be_there(run, root):
    (root / "shops.csv").write_text(GOOD)
    outcome = run("import", "locations", "shops.csv", "--brand", "other", cwd=root)
    assert outcome.code == 2
    assert "storesync new brand other" in outcome.stderr
    assert "harbor" in outcome.stderr


def many(change: int) -> str:
    lines = (f"l-{number},{'M' if number < change else 'N'},DE" for number in range(12))
    return "id,name,country\n" + "\n".join(lines) + "\n"


def test_a_large_change_needs_force(take, root):
    take(many(0))
    assert take(many(3)).code == 0
    outcome = take(many(9))
    assert outcome.code == 2
    assert "6 of 12 locations would change" in outcome.stderr
    assert "--force" in outcome.stderr
    assert take(many(9), "--dry-run").code == 0
    assert take(many(9), "--force").code == 0


def test_a_complete_table_closes_what_it_does_not_name(take, root):
    take(many(0))
    short = many(0).replace("l-11,N,DE\n", "")
    assert "others closed" not in take(short).stdout
    outcome = take(short, "--complete", "--at", "2026-12-01")
    assert outcome.stdout.startswith(
        "11 rows: 0 created, 0 updated, 11 unchanged, 0 rejected, 1 others"
    )
    closed = root / "brands/harbor/locations/de/l-11.yaml"
    assert "closes_on: 2026-12-01" in closed.read_text()


def test_verbose_lists_every_finding(take):
    table = "id,name,country,zip\n" + "".join(f"a{n},A,DE,0\n" for n in range(9))
    assert "… and 6 more [no-postcode]" in take(table).stdout
    assert take(table, "-v").stdout.count("[no-postcode]") == 9


def test_an_export_goes_to_a_file_or_to_the_terminal(run, take, root):
    take(GOOD)
    printed = run("export", "locations", "--brand", "harbor", cwd=root).stdout
    assert printed.startswith("id,folder,name,")
    for name in ("out.csv", "out.xlsx"):
        outcome = run("export", "locations", "--brand", "harbor", "--out", name, cwd=root)
        assert (outcome.code, outcome.stdout) == (0, "")
        again = run("import", "locations", name, "--brand", "harbor", cwd=root)
        assert again.stdout.startswith("1 row: 0 created, 0 updated, 1 unchanged")
    assert (root / "out.csv").read_bytes().decode() == printed


def test_an_export_says_what_it_leaves_out(run, take, root):
    take(GOOD)
    (root / "brands/harbor/locations/broken.yaml").write_text("name: [\n")
    outcome = run("export", "locations", "--brand", "harbor", "--out", "a.csv", cwd=root)
    assert outcome.code == 1
    assert "broken.yaml" in outcome.stderr
    outcome = run("export", "locations", "--brand", "harbor", "--format", "json", cwd=root)
    assert outcome.code == 2
    args = ("--out", "a.csv", "--format", "json")
    outcome = run("export", "locations", "--brand", "harbor", *args, cwd=root)
    assert outcome.json["locations"] == 1
    assert outcome.json["left_out"][0]["id"] == "broken"


def test_a_link_in_the_brand_is_refused(take, root, tmp_path_factory):
    (root / "brands/harbor/locations").symlink_to(tmp_path_factory.mktemp("elsewhere"))
    outcome = take(GOOD)
    assert outcome.code == 2
    assert "link" in outcome.stderr
