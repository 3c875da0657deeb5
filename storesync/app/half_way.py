"""An import that was killed half-way: told to who looks at the files on disk, or proposes them."""

from __future__ import annotations

from storesync.app.context import Context, note
from storesync.errors import UserError

_MESSAGE = "an import was killed half-way: some locations are as its table says, others are not"
_HINT = "run the import again: it finishes that first; or put all of its files back"


def note_half_way(context: Context) -> None:
    """Write a remark where an import was killed half-way."""
    if _is_half_way(context):
        note(context, f"warning: {_MESSAGE}\n  hint: {_HINT}")


def refuse_half_way(context: Context) -> None:
    """Raise UserError where an import was killed half-way: nobody means to propose that."""
    if _is_half_way(context):
        raise UserError(_MESSAGE, hint=_HINT)


def _is_half_way(context: Context) -> bool:
    if not any((context.root / ".storesync").glob("import-*")):
        return False
    from storesync.importing.write import is_half_way

    return is_half_way(context.root)
