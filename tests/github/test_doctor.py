"""`storesync doctor` asks GitHub: the whole command, against the GitHub on loopback."""

from __future__ import annotations

from pathlib import Path

import fake
import pytest

RULE = {"ruleset_id": 5, "ruleset_source": "acme/campaigns", "ruleset_source_type": "Repository"}


@pytest.mark.slow
def test_what_guards_the_branches_is_told(hub, run, tmp_path: Path, git_in, monkeypatch):
    secret = next(token for token, name in hub.tokens.items() if name == "ben")
    monkeypatch.setenv("GITHUB_ENTERPRISE_TOKEN", secret)
    hub.rules = [{**RULE, "type": "deletion"}, {**RULE, "type": "non_fast_forward"}]
    hub.settings = {
        "actions/workflows/publish.yaml": fake.described.like("workflow", state="active")
    }
    folder = tmp_path / "chain"
    assert run("init", folder, "-q").code == 0
    settings = folder / "storesync.yaml"
    options = f"options: {{repository: {fake.REPOSITORY}, url: {hub.url}}}"
    settings.write_text(
        settings.read_text() + f"plugins: [outbox, github]\nforge: {{plugin: github, {options}}}\n"
    )
    (folder / ".github/CODEOWNERS").write_text("* @mia @mallory @ada\n")
    git_in(folder, "commit", "-qam", "Propose at GitHub")
    outcome = run("doctor", cwd=folder)
    lines = outcome.stdout.splitlines()
    told = {line[12:].partition(":")[0]: line[:10].strip() for line in lines if line[0] != " "}
    assert told["forge"] == told["forge-login"] == "ok"
    assert told["owners-write"] == "FAIL"  # Ada may read
    assert told["branch-history"] == told["ledger-branch"] == told["schedule"] == "ok"
    assert told["branch-pull-request"] in {"FAIL", "cannot see"}
    assert "(Settings, Rules): storesync doctor --fix has one" in outcome.stdout
    assert told["baseline"] == "FAIL"
    assert outcome.code == 1
    assert secret not in outcome.stdout + outcome.stderr
