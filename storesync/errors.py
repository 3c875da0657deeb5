"""What the toolkit raises when its use or its surroundings are wrong, and the exit codes."""

from __future__ import annotations

EXIT_ERRORS = 1
EXIT_USAGE = 2
EXIT_BUG = 3
EXIT_INTERRUPTED = 130


class UserError(Exception):
    """Wrong use or surroundings: not a repository, no such campaign, ledger locked.

    `message` says what is wrong in one sentence without a full stop; `hint` says what to do.
    The boundary in `cli/main.py` prints both and ends with exit code 2.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
