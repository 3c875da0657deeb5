from __future__ import annotations

import pytest

from storesync.diagnostics import Severity
from storesync.ledger.layout import (
    CampaignFiles,
    CampaignId,
    arrange,
    campaign_of,
    manifest_path,
    segment_path,
)
from storesync.source.plumbing import LINK, SUBMODULE, TreeEntry

WINTER = CampaignId("harbor", "winter")


def test_files_are_sorted_by_campaign():
    files = arrange(
        [
            TreeEntry("ledger/genesis.jsonl", "100644", "g"),
            TreeEntry("ledger/harbor/spring/r.jsonl", "100644", "4"),
            TreeEntry("ledger/harbor/winter/r1.jsonl", "100644", "1"),
            TreeEntry("ledger/harbor/winter/r2.jsonl", "100644", "2"),
            TreeEntry("manifests/harbor/winter.json", "100644", "3"),
        ]
    )
    assert files.genesis == "g"
    assert files.problems == ()
    assert files.campaigns[WINTER] == CampaignFiles(
        {segment_path(WINTER, "r1"): "1", segment_path(WINTER, "r2"): "2"}, ["3"]
    )
    assert CampaignId("harbor", "spring") in files.campaigns


@pytest.mark.parametrize(
    ("path", "mode"),
    [
        ("ledger/README.md", "100644"),
        ("ledger/harbor/winter/r.json", "100644"),
        ("ledger/harbor/winter/deep/r.jsonl", "100644"),
        ("ledger/harbor/winter/.r.jsonl", "100644"),
        ("manifests/harbor/a/b.json", "100644"),
        ("ledger/genesis.jsonl", LINK),
        ("ledger/harbor/winter/r.jsonl", LINK),
        ("ledger/harbor/winter", SUBMODULE),
        ("ledger/harbor/winter/\udcff", "100644"),
    ],
)
def test_what_does_not_belong_there_is_named(path, mode):
    files = arrange([TreeEntry(path, mode, "x")])
    assert (files.genesis, files.campaigns) == ("", {})
    [problem] = files.problems
    assert problem.severity is Severity.WARNING
    assert problem.path.encode()


def test_paths_go_both_ways():
    assert campaign_of(segment_path(WINTER, "20261201t070000z-a1")) == WINTER
    assert manifest_path(WINTER) == "manifests/harbor/winter.json"


@pytest.mark.parametrize("run", ["", "a/b", "..", "-a", "a.b", "x" * 65, "a\n"])
def test_a_run_has_a_plain_name(run):
    with pytest.raises(ValueError, match="not the name of a run"):
        segment_path(WINTER, run)
