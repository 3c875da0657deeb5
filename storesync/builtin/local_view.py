"""What the notes and branches of a repository say of proposals now; kept until either moves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from storesync.builtin import local_line
from storesync.builtin.local_line import Line
from storesync.builtin.local_notes import Notes
from storesync.builtin.local_proposal import Branches, Name, Seen, see
from storesync.diagnostics import printable
from storesync.errors import UserError
from storesync.source.git import Repository
from storesync.source.landed import Arrivals, arrivals
from storesync.source.mirror import branch_ref, branches, branches_among


class View:
    """The proposals into the branch `base`, in this clone or at a remote.

    `name` makes a login of an address. `last` is what was seen when somebody looked last.
    """

    def __init__(
        self, repository: Repository, base: str, remote: str | None, notes: Notes, name: Name
    ) -> None:
        self._repository, self._base, self._remote = repository, base, remote
        self._notes, self._name = notes, name
        self.last: Seen | None = None

    def look(self) -> Seen:
        """Return what notes and branches say. Raises UserError where nothing is published."""
        refs = self._repository.refs_at(branch_ref(self._remote, ""), *self._notes.refs)
        heads, tips = branches_among(refs, self._remote), tuple(self._notes.tips(refs))
        if self.last is None or (self.last.branches.heads, self.last.tips) != (heads, tips):
            notes = self._notes.lines(tips)
            read = (local_line.parse(raw, commit) for commit, raws in notes.items() for raw in raws)
            lines = [line for line in read if line is not None]
            self.last = see(lines, self._branches(heads, lines), self._name, tips)
        return self.last

    def heads(self) -> Mapping[str, str]:
        """Return branch -> its newest commit."""
        return branches(self._repository, self._remote)

    def tip(self) -> str:
        """Return the commit that the published branch is at. Raises UserError for none."""
        return self._tip_among(self.heads())

    def _branches(self, heads: Mapping[str, str], lines: list[Line]) -> Branches:
        repository = self._repository  # not us: who holds himself lives until he is looked for
        tip, open_ones = self._tip_among(heads), {line.proposal for line in lines} & heads.keys()
        came = Arrivals({}, {})  # nobody asks for more where nothing was ever said
        if lines:
            came = arrivals(repository, tip, [heads[x] for x in open_ones])
        holds = cache(lambda commit: repository.is_ancestor(commit, tip))
        return Branches(self._base, heads, came.where, holds, came.named)

    def _tip_among(self, heads: Mapping[str, str]) -> str:
        tip = heads.get(self._base)
        if tip is None:
            where = f" at {self._remote}" if self._remote else ""
            message = f"there is no branch {printable(self._base)}{where}, which is published"
            hint = "push it, or name another one in storesync.yaml: forge: {branch: …}"
            raise UserError(message, hint=hint)
        return tip
