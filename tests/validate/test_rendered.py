"""What rendering says that is said already."""

from __future__ import annotations

from storesync.diagnostics import Diagnostic
from storesync.validate.rendered import without_repeats

FOLDER = "templates/shared/offer"
MISSING = Diagnostic("missing-part", "the template has no web.html.j2 for web", FOLDER)


def test_a_part_that_is_too_large_to_be_read_is_not_missing():
    large = Diagnostic("template-too-large", "300,000 bytes", f"{FOLDER}/web.html.j2", line=1)
    other = Diagnostic("template-too-large", "300,000 bytes", f"{FOLDER}-2/web.html.j2", line=1)
    assert without_repeats([MISSING], [large]) == [large]
    assert without_repeats([MISSING], [other]) == [other, MISSING]
