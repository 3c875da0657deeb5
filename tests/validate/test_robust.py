"""Whatever a file says, the chain ends in a report: files of a sound tree, changed at random."""

from __future__ import annotations

import re

from casefile import CASES, base, read_case
from hypothesis import given, settings
from hypothesis import strategies as st

from storesync.diagnostics import has_errors
from storesync.plan.review import plan_review
from storesync.render.artifact import fingerprint
from storesync.report.diagnostics import as_github, as_text
from storesync.report.markdown import as_markdown
from storesync.resolve.explain import explain
from storesync.resolve.placement import template_of
from storesync.source.tree import MemoryTree
from storesync.validate.assess import Assessment, assess

CASE = read_case(CASES / "valid" / "everything.txt")
FILES = {**base(), **{path: text for path, text in CASE.sections.items() if path != "expected"}}
AT = CASE.moments[0]
SOUND = assess(MemoryTree(FILES), AT)
YAML = sorted(path for path in FILES if path.endswith(".yaml"))
SCALARS = st.sampled_from(
    [
        "", "null", "true", "0", "-1", "999999999999999", "1e9", "a", "A b", "leith", "gb", "[]",
        "{}", "[a, a]", "{a: b}", "{en: x}", "{GBP: 1}", "2026-12-01", "1000-01-01",
        "2999-12-31T23:59", "2026-03-29T01:30", "Pacific/Kiritimati", "Etc/GMT+12",
        '"00:00"', '"24:00"', '"\\u00a0"',
        "sms", "[sms, sms]", "winter", "opt_in", "together", "money", "💥",
    ]
)  # fmt: skip
VALUE = re.compile(r"(?<=: )[^{}\[\],:\n]+(?=[,}\]\n])")


@st.composite
def trees(draw: st.DrawFn) -> dict[str, str]:
    """Return the tree with some values replaced, lines and files taken out, files swapped."""
    files = dict(FILES)
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from([path for path in YAML if path in files]))
        text = files[path]
        how = draw(st.sampled_from(["value", "value", "value", "line", "file", "swap"]))
        found = list(VALUE.finditer(text))
        if how == "value" and found:
            match = draw(st.sampled_from(found))
            files[path] = text[: match.start()] + draw(SCALARS) + text[match.end() :]
        elif how == "line":
            lines = text.splitlines(keepends=True)
            files[path] = "".join(lines[: draw(st.integers(0, len(lines)))])
        elif how == "file" and len(files) > 3:
            del files[path]
        else:
            files[path] = files[draw(st.sampled_from([path for path in YAML if path in files]))]
    return files


def explain_all(found: Assessment) -> None:
    for brand in found.catalog.brands.values():
        for campaign in brand.campaigns.values():
            template = template_of(found.catalog, campaign)
            for location in brand.locations.values() if template else ():
                explain(brand, campaign, template, location)


@given(trees())
@settings(max_examples=60)
def test_a_changed_tree_ends_in_a_report(files: dict[str, str]):
    tree = MemoryTree(files)
    found = assess(tree, AT, before=SOUND.catalog)
    diagnostics = found.diagnostics(AT)
    for item in diagnostics:
        assert item.line or item.path not in files or not item.path.endswith(".yaml")
    as_text(diagnostics, lambda path: files.get(path, "").splitlines())
    as_github(diagnostics)
    pieces = list(found.pieces())
    plan = plan_review(
        SOUND.pieces(),
        pieces,
        (lambda piece: fingerprint(piece.shared), lambda piece: fingerprint(piece.shared)),
        AT,
    )
    as_markdown(plan)
    explain_all(found)
    if not has_errors(diagnostics):
        assert all(piece.ends is None or piece.starts < piece.ends for piece in pieces)
