"""The teams of the repository on disk, its CODEOWNERS, and what is wrong with them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storesync.app.context import Context
from storesync.diagnostics import Diagnostic, Severity, has_errors
from storesync.render.versions import versions
from storesync.source.tree import SETTINGS

if TYPE_CHECKING:
    from storesync.approval.codeowners import Codeowners
    from storesync.approval.roles import Teams
    from storesync.model.brand import BrandFile
    from storesync.model.requirement import Requirement
    from storesync.model.settings import SettingsFile
    from storesync.source.tree import Tree

# Where files lie that no tree holds and that decide who may approve.
_BESIDE = (".github", "schemas")
_FILES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
_NAMES_SOMEBODY = (b"team", b"admins")
_CACHED = "codeowners"


@dataclass
class OwnerFiles:
    """What is on disk: the teams as their files say, and CODEOWNERS."""

    root: Path
    tree: Tree
    faults: list[Diagnostic] = field(default_factory=list)

    @cached_property
    def models(self) -> dict[str, SettingsFile | BrandFile]:
        """Return the files that name people, by path; what is wrong with them is in `faults`."""
        from storesync.catalog.check import check
        from storesync.model.brand import BrandFile
        from storesync.model.settings import SettingsFile
        from storesync.source.yaml import read

        models: dict[str, SettingsFile | BrandFile] = {}
        for path in team_files(self.tree):
            document, found = read(path, self.tree.read(path))
            if document is not None:
                kind = SettingsFile if path == SETTINGS else BrandFile
                model, more = check(document, kind)
                found = [*found, *more]
                if isinstance(model, SettingsFile | BrandFile):
                    models[path] = model
            self.faults += found
        return models

    @cached_property
    def teams(self) -> Teams:
        """Return the teams as far as the files that name them can be read."""
        from storesync.approval.roles import teams_of
        from storesync.model.brand import BrandFile
        from storesync.model.settings import SettingsFile

        settings = self.models.get(SETTINGS)
        brands = {
            path.split("/")[1]: model.team
            for path, model in self.models.items()
            if isinstance(model, BrandFile)
        }
        return teams_of(settings if isinstance(settings, SettingsFile) else None, brands)

    @property
    def requirements(self) -> list[tuple[str, Requirement]]:
        """Return all requirements with their brand, "" for those of all brands."""
        return [
            ("" if path == SETTINGS else path.split("/")[1], item)
            for path, model in self.models.items()
            for item in model.requirements
        ]

    def readers(self, logins: Iterable[str]) -> frozenset[str]:
        """Return those of some logins who are viewers alone, and whom no requirement names.

        None where a file has an error: they may be more.
        """
        from storesync.approval.decide import fold
        from storesync.approval.roles import Role, names_of, roles_of

        teams = self.teams
        if has_errors(self.faults):
            return frozenset()
        asked = {fold(name) for _, item in self.requirements for name in item.who}
        return frozenset(
            fold(login)
            for login in logins
            if {grant.role for grant in roles_of(login, "", teams)} == {Role.VIEWER}
            and asked.isdisjoint(names_of(login, "", teams))
        )

    @cached_property
    def locations(self) -> dict[tuple[str, str], str]:
        """Return the paths of all locations."""
        from storesync.approval.teams import location_paths

        return location_paths(self.tree.paths())

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Return each CODEOWNERS that is there, with its bytes; links are none."""
        paths = {path: self.root / path for path in _FILES}
        return {
            path: file.read_bytes()
            for path, file in paths.items()
            if file.is_file() and not file.is_symlink()
        }

    @property
    def codeowners(self) -> Codeowners:
        """Return the CODEOWNERS that counts, which says so where there is none."""
        from storesync.approval.codeowners import read_codeowners

        for path, raw in self.files.items():
            return read_codeowners(raw, path)
        return read_codeowners(None)

    def expected(self) -> str:
        """Return the text that .github/CODEOWNERS should have."""
        from storesync.approval.write import codeowners_text

        return codeowners_text(self.teams, self.locations)

    def problems(self) -> list[Diagnostic]:
        """Return what is wrong with teams and CODEOWNERS; nothing where there is neither."""
        from storesync.approval.coverage import check_codeowners, check_current, check_places
        from storesync.approval.teams import check_teams

        teams = self.teams
        if teams.is_empty and not self.files:
            return []
        found = [*check_teams(teams, self.locations), *check_places(self.files)]
        paths = [*self.tree.paths(), *_beside(self.root)]
        found += check_codeowners(self.codeowners, paths, teams.addresses())
        if not teams.is_empty and self.files and not has_errors(self.faults):
            text = self.files.get(_FILES[0], b"").decode("utf-8", "replace")
            found += check_current(text, self.expected())
        return found


def team_files(tree: Tree) -> list[str]:
    """Return the paths of the files that name people."""
    return [
        path
        for path in tree.paths()
        if path == SETTINGS
        or (path.startswith("brands/") and path.endswith("/brand.yaml") and path.count("/") == 2)
    ]


def _beside(root: Path) -> Iterator[str]:
    for top in _BESIDE:
        for folder, _, names in os.walk(root / top):
            below = Path(folder).relative_to(root).as_posix()
            yield from (f"{below}/{name}" for name in names)


def owner_problems(context: Context) -> list[Diagnostic]:
    """Return what is wrong with teams and CODEOWNERS, located, remembered while nothing changes."""
    tree = context.work_tree
    owners = OwnerFiles(context.root, tree)
    raws = {path: tree.read(path) for path in team_files(tree)}
    if not owners.files and not any(
        word in raw for raw in raws.values() for word in _NAMES_SOMEBODY
    ):
        return []
    parts = [versions(), *tree.paths(), *_beside(context.root)]
    digest = hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogateescape"), digest_size=16)
    for path, raw in sorted({**raws, **owners.files}.items()):
        digest.update(b"\0%d\0%b\0" % (len(raw), path.encode()) + raw)
    known = context.cache.load(_CACHED)
    if known is not None and known.get("key") == digest.hexdigest():
        return [_from_data(item) for item in known["found"]]
    from storesync.catalog.locate import locate

    found = locate(owners.problems(), tree)
    data = {"key": digest.hexdigest(), "found": [asdict(item) for item in found]}
    context.cache.save(_CACHED, data)
    return found


def _from_data(data: dict[str, Any]) -> Diagnostic:
    values = {**data, "at": tuple(data["at"]), "severity": Severity(data["severity"])}
    return Diagnostic(**values)
