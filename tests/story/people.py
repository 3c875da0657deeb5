"""The people of a chain on GitHub, each with a clone, CI that publishes, and what there is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hosted import Hosted, git

from storesync.cli import main

TODAY = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
START, END = (f"{TODAY + timedelta(days=days):%Y-%m-%d}" for days in (-20, 20))
TOKEN = "GH_ENTERPRISE_TOKEN"
PEOPLE = ("ada", "mia", "ben", "robin", "sam", "mallory", "eve")
SECRETS = {name: f"ghp_{name}SECRETSECRET" for name in PEOPLE} | {"ci": "ghs_ciSECRETSECRET"}
PROMO = "brands/acme/campaigns/promo/campaign.yaml"
SHOP = "brands/acme/locations/gb/leith.yaml"
TEMPLATE = "templates/shared/all/web.html.j2"
SETTINGS = """\
format: 1
repository: r0123456789abcdef
plugins: [outbox, github]
ledger: {{remote: origin}}
forge:
  plugin: github
  branch: main
  remote: origin
  options: {{repository: acme/campaigns, url: {url}}}
admins: [robin, sam]
people:
{people}
"""
CAMPAIGN = (
    f"name: Promo\ntemplate: shared/all\nflight: {{start: {START}, end: {END}}}\n"
    "channels: [web]\nvalues: {headline: Hello}\n"
)
FILES = {
    "brands/acme/brand.yaml": (
        "name: Acme\nlocales: [en-GB]\ncurrency: GBP\nteam:\n  brand_managers: [mia, ben]\n"
    ),
    "brands/acme/locations/gb/_defaults.yaml": (
        "address: {country: GB}\ntimezone: Europe/London\n"
    ),
    SHOP: "name: Leith\naddress: {street: 1 Shore, city: Leith}\n",
    "brands/acme/locations/gb/dean.yaml": "name: Dean\naddress: {street: 9 Mill, city: Dean}\n",
    PROMO: CAMPAIGN,
    "templates/shared/all/template.yaml": "name: All\nvariables:\n  headline: {maxLength: 60}\n",
    TEMPLATE: "<p>{{ headline }} {{ location_name }}</p>",
}


def edited(headline: str) -> dict[str, str]:
    """The campaign with another headline."""
    return {PROMO: CAMPAIGN.replace("Hello", headline)}


def begin(root: Path, hub: Hosted) -> None:
    """Make the repository as it begins, as `server` in a folder, and tell GitHub of it."""
    begun = root / "begun"
    people = "".join(f"  {name}: [{name}@acme.example]\n" for name in PEOPLE)
    files = {**FILES, "storesync.yaml": SETTINGS.format(url=hub.url, people=people)}
    for path, text in files.items():
        (begun / path).parent.mkdir(parents=True, exist_ok=True)
        (begun / path).write_text(text, encoding="utf-8")
    git(root, "init", "--quiet", "--initial-branch", "main", "begun")
    assert main.run(["-C", str(begun), "-q", "codeowners"]) == 0
    git(begun, "add", "--all")
    git(begun, "commit", "--quiet", "--message", "Begin")
    git(root, "clone", "--quiet", "--bare", "begun", "server")
    git(root / "server", "config", "http.receivepack", "true")
    shutil.rmtree(begun)
    hub.bare = root / "server"
    hub.tokens = {secret: name for name, secret in SECRETS.items()}
    hub.tokens[SECRETS["ci"]] = "github-actions[bot]"
    hub.rights = dict.fromkeys(("ada", "mia", "ben", "mallory"), "write")
    hub.rights |= {"robin": "admin", "sam": "admin", "eve": "read"}
    hub.addresses = {f"{name}@acme.example": name for name in PEOPLE}
    hub.see("robin")


@dataclass
class Chain:
    """People work in clones named like them; `publish` is CI: each time in a clone made anew."""

    root: Path
    hub: Hosted
    run: Callable[..., Any]
    monkeypatch: pytest.MonkeyPatch
    origin: str = "../server"
    minute: int = 0
    serial: int = 0

    def be(self, login: str) -> Path:
        """Go on as somebody, who has a clone; return its folder."""
        folder = self.root / login
        if not folder.exists():
            self.clone(login)
        self.hub.pusher = login
        self.monkeypatch.setenv(TOKEN, SECRETS[login])
        return folder

    def clone(self, name: str, login: str = "") -> Path:
        """Clone the repository into a folder, for somebody."""
        folder, login = self.root / name, login or name
        who = (f"user.name={login.title()}", f"user.email={login}@acme.example")
        clone = ("clone", "--quiet", *(part for each in who for part in ("-c", each)))
        if "://" in self.origin:
            git(self.root, *clone, self.origin.format(login=login), name)
        else:
            # Not by links to files: those bring along what no branch names.
            git(self.root, *clone, "--no-local", "server", name)
            git(folder, "remote", "set-url", "origin", self.origin)
        return folder

    def do(self, login: str, *args: str, code: int = 0) -> Any:
        """Run a command as somebody, which has to end with `code`."""
        outcome = self.run("-C", self.be(login), *args)
        assert outcome.code == code, f"{args}\n{outcome.stdout}{outcome.stderr}"
        return outcome

    def publish(self, *args: str, code: int = 0, days: int = 0) -> Any:
        """Publish as CI does, some days from now."""
        self.serial += 1
        self.minute += 1
        folder = self.clone(f"ci-{self.serial}", "ci")
        self.hub.pusher = "ci"
        self.hub.asked.clear()
        if TOKEN in os.environ:
            self.monkeypatch.setenv(TOKEN, SECRETS["ci"])
        at = TODAY + timedelta(days=days, minutes=self.minute)
        outcome = self.run("-C", folder, "publish", "--at", at.isoformat(), *args)
        assert outcome.code == code, outcome.stdout + outcome.stderr
        return outcome

    @property
    def ledger(self) -> str:
        """The newest commit of the ledger."""
        return self.hub.git("rev-parse", "refs/heads/storesync/ledger")

    def pages(self, campaign: str = "promo") -> dict[str, str]:
        """What customers see, by location: what the ledger says is live, from where CI put it."""
        folder = self.root / f"ci-{self.serial}"
        found = folder.glob(f".storesync/outbox/acme/{campaign}/*/web/*/*.html")
        return {path.parts[-4]: path.read_text() for path in found}

    def write(self, login: str, files: Mapping[str, str | None]) -> Path:
        """Write files in somebody's clone."""
        folder = self.be(login)
        for path, text in files.items():
            target = folder / path
            if text is None:
                target.unlink()
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
        return folder

    def commit(
        self, login: str, files: Mapping[str, str | None], branch: str = "", start: str = "main"
    ) -> str:
        """Commit on a branch and push it, past all commands; return the commit."""
        folder = self.be(login)
        git(folder, "fetch", "--quiet", "origin")
        if branch:
            there = f"refs/remotes/origin/{branch}"
            known = git(folder, "for-each-ref", "--format=%(refname)", there)
            git(folder, "switch", "--quiet", "-C", branch, known or f"origin/{start}")
        else:
            git(folder, "switch", "--quiet", "-C", "main", "origin/main")
        self.write(login, files)
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", "Change")
        git(folder, "push", "--quiet", "origin", "HEAD")
        self.hub.see(login)
        return git(folder, "rev-parse", "HEAD")

    def commit_as(self, login: str) -> Path:
        """Go on as somebody, on the newest commit of the published branch; return the folder."""
        folder = self.be(login)
        git(folder, "fetch", "--quiet", "origin")
        git(folder, "switch", "--quiet", "-C", "main", "origin/main")
        return folder

    def commit_all(self, login: str, *, add: bool = True) -> None:
        """Commit what is in somebody's clone, or in its index alone, and push it."""
        folder = self.be(login)
        if add:
            git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", "Change")
        git(folder, "push", "--quiet", "origin", "HEAD")
        self.hub.see(login)

    def propose(self, files: Mapping[str, str | None], login: str = "ada") -> int:
        """Open a pull request that changes files."""
        branch = f"change-{len(self.hub.pulls) + 1}"
        self.commit(login, files, branch)
        return self.hub.open(branch, login)
