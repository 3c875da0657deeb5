"""What every copywriter keeps: `pytest tests/contracts/copywriter.py` runs it over all installed.

A plug-in that needs a server is tried by a class of its own, in a file that imports this one (put
this folder on `pythonpath`):

    class TestTypist(CopywriterContract):
        @pytest.fixture
        def copywriter(self, tmp_path):
            return open_typist(CopywriterSetting(tmp_path, model="quill"))

Those that are installed are opened with a server that is not there: what they say without asking
anybody is held against the protocol. Nobody is asked anything.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import entry_points

import pytest

from storesync.errors import UserError
from storesync.plugins.copywriter import (
    BatchCopywriter,
    Brief,
    Copywriter,
    CopywriterCapabilities,
    CopywriterSetting,
    Draft,
    Example,
    Field,
    Slot,
    TryLater,
)
from storesync.plugins.registry import COPYWRITERS, missing_members, open_copywriter

# A port of this machine that nobody listens at.
NOWHERE = "http://127.0.0.1:9/v1"
BRIEF = Brief(
    brand="Harbor Coffee",
    channel="social",
    locale="en-US",
    language="English",
    fields=(Field("headline", "The first line", 60), Field("message", "", 240)),
    slots=(Slot("location_name", "The location", "Congress Avenue"),),
    facts={"product": "Flat White", "offer": "a percentage off the price"},
    tone=("warm", "brief"),
    avoid=("cheap",),
    examples=(Example({"headline": "Warm hands"}),),
    canary="zq-0123456789ab",
)


class CopywriterContract:
    """The suite; a subclass gives the fixture `copywriter`, which answers BRIEF soundly."""

    def test_it_is_a_copywriter(self, copywriter: Copywriter):
        assert missing_members(copywriter, Copywriter) == []
        assert isinstance(copywriter.capabilities, CopywriterCapabilities)
        assert copywriter.capabilities.can_batch <= isinstance(copywriter, BatchCopywriter)

    def test_parameters_are_texts_that_provenance_takes(self, copywriter: Copywriter):
        for name, value in copywriter.capabilities.parameters.items():
            assert name.replace("_", "a").isalnum(), name
            assert isinstance(value, str), name

    def test_it_knows_the_most_before_it_asks(self, copywriter: Copywriter):
        most = copywriter.most(BRIEF)
        assert most.input > 0
        assert most.output > 0
        longer = replace(BRIEF, facts={**BRIEF.facts, "more": "word " * 100})
        assert copywriter.most(longer).input > most.input
        assert copywriter.most(BRIEF) == most

    def test_what_it_writes_is_a_draft_within_its_bounds(self, copywriter: Copywriter):
        draft = copywriter.write(BRIEF)
        assert isinstance(draft, Draft)
        assert not draft.fault
        assert list(draft.values) == ["headline", "message"]
        assert all(len(texts) == BRIEF.variants for texts in draft.values.values())
        assert draft.usage.total <= copywriter.most(BRIEF).total

    def test_as_many_variants_as_asked_for(self, copywriter: Copywriter):
        draft = copywriter.write(replace(BRIEF, variants=3))
        assert all(len(texts) == 3 for texts in draft.values.values())


@pytest.mark.parametrize("name", sorted({item.name for item in entry_points(group=COPYWRITERS)}))
def test_an_installed_copywriter_says_what_it_is_and_fails_in_words(name, tmp_path, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    setting = CopywriterSetting(tmp_path, model="tiny", base_url=NOWHERE, timeout=2)
    copywriter = open_copywriter(name, setting, [name])
    CopywriterContract().test_parameters_are_texts_that_provenance_takes(copywriter)
    CopywriterContract().test_it_knows_the_most_before_it_asks(copywriter)
    with pytest.raises((TryLater, UserError)) as caught:
        copywriter.write(BRIEF)
    assert caught.value.message
