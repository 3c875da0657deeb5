"""A history of merges that people approved on plain Git, to be proven from nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks import chain
from storesync.builtin.local_line import Event, Line, encode

# As many files as the largest chain that anybody has published a list of has locations.
FILES = 25_599
NOTES = "refs/notes/storesync/reviews"
ADMIN, AUTHOR, APPROVER = "root@example.com", "zoe@example.com", "mia@example.com"
# Files that are no location's.
BESIDE = 21
# Of so many locations there are pages: what is proven is measured, not what is rendered.
_SHOWN = 10
_START = 1_780_000_000  # 2026-05-28: seconds since 1970
_SETTINGS = """\
forge: {plugin: local, prove: true}
admins: [root]
people:
  mia: [mia@example.com]
  zoe: [zoe@example.com]
  root: [root@example.com]
"""


def write_history(root: Path, shops: list[chain.Shop]) -> None:
    """Write a chain of `FILES` files with nothing merged yet into a new folder and commit it."""
    texts = {shop.path: chain.location_text(shop) for shop in shops}
    texts[".github/CODEOWNERS"] = "* @root\n/brands/ @mia @root\n"
    chain.write_files(root, texts)
    campaign = root / f"brands/{chain.BRAND}/campaigns/{chain.CAMPAIGN}/campaign.yaml"
    ids = ", ".join(shop.id for shop in shops[:_SHOWN])
    with campaign.open("a", encoding="utf-8") as file:
        file.write(f"select: [{{ids: [{ids}]}}]\n")
    for path, text in (
        ("storesync.yaml", _SETTINGS),
        (f"brands/{chain.BRAND}/brand.yaml", "team: {brand_managers: [mia]}\n"),
    ):
        with (root / path).open("a", encoding="utf-8") as file:
            file.write(text)
    chain.git(root, "config", "user.email", ADMIN)
    chain.commit(root, "The chain")


def merge(root: Path, shops: list[chain.Shop], count: int) -> None:
    """Merge so many approved branches, each of which changed one location."""
    made = root / ".git/made"
    _import(root, _merges(root, shops, count), f"--export-marks={made}")
    marks = dict(line.split() for line in made.read_text(encoding="utf-8").splitlines())
    heads = [marks[f":{2 * number + 1}"] for number in range(count)]
    _import(root, _notes(heads))
    chain.git(root, "reset", "-q", "--hard", "main")


def _import(root: Path, stream: Iterator[bytes], *options: str) -> None:
    args = ["git", "fast-import", "--quiet", *options]
    subprocess.run(args, cwd=root, input=b"".join(stream), check=True)


def _data(text: str) -> bytes:
    raw = text.encode()
    return b"data %d\n%b\n" % (len(raw), raw)


def _commit(ref: str, mark: int, at: int, message: str) -> bytes:
    head = f"commit {ref}\nmark :{mark}\ncommitter Zoe <{AUTHOR}> {at} +0000\n"
    return head.encode() + _data(message)


def _merges(root: Path, shops: list[chain.Shop], count: int) -> Iterator[bytes]:
    args = ["git", "rev-parse", "main"]
    tip = subprocess.run(args, cwd=root, capture_output=True, text=True, check=True).stdout.strip()
    others = shops[_SHOWN:]
    for number in range(count):
        shop, at = others[number % len(others)], _START + 60 * number
        head, merged = 2 * number + 1, 2 * number + 2
        text = chain.location_text(shop).replace(shop.name, f"{shop.name} No. {number}")
        changed = f"M 100644 inline {shop.path}\n".encode() + _data(text)
        yield _commit(f"refs/heads/{_branch(number)}", head, at, f"Edit {number}")
        yield f"from {tip}\n".encode() + changed
        yield _commit("refs/heads/main", merged, at + 30, f"Merge {_branch(number)}")
        yield f"from {tip}\nmerge :{head}\n".encode() + changed
        tip = f":{merged}"


def _branch(number: int) -> str:
    return f"zoe/edit-{number:04}"


def _notes(heads: list[str]) -> Iterator[bytes]:
    yield _commit(NOTES, 1, _START + 60 * len(heads), "Add to the reviews")
    for number, head in enumerate(heads):
        at = float(_START + 60 * number)
        said = [(Event.SUBMITTED, AUTHOR, at + 1), (Event.APPROVED, APPROVER, at + 10)]
        lines = [encode(Line(e, _branch(number), "main", head, who, when)) for e, who, when in said]
        yield f"N inline {head}\n".encode() + _data("\n".join(item.decode() for item in lines))
