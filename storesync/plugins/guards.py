"""What a forge is asked about its own settings: does it hold what approvals stand on?

For `doctor` alone: nothing here lets anything be published.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Sight(enum.StrEnum):
    """What was found; what cannot be seen is neither good nor bad."""

    PASS = "pass"  # noqa: S105 - the word of a result, and no password
    FAIL = "fail"
    CANNOT_SEE = "cannot_see"


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one question. `hint`: how to mend it, or which permission is missing."""

    check: str
    result: Sight
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is to be looked at: the published branch, the environment and the scheduled workflow."""

    branch: str
    environment: str = "publish"
    workflow: str = "publish.yml"


class Guarded(Protocol):
    """A forge that can be asked what protects its published branch; a forge may do without."""

    def inspect(self, inspection: Inspection) -> Sequence[Finding]:
        """Return a finding for each question. Raises UserError where none can be answered."""
