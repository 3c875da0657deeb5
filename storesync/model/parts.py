"""Parts of files that few have, by name; the module of each is imported when a file has one.

For mypy they are the models themselves.
"""

from typing import TYPE_CHECKING

from storesync.model.late import imported

if TYPE_CHECKING:
    from storesync.model.claim import Claim
    from storesync.model.copywriter import CopywriterFile
    from storesync.model.disclosure import Disclosure, WideDisclosure
    from storesync.model.likeness import NearDuplicates
    from storesync.model.requirement import Requirement
    from storesync.model.voice import Voice
    from storesync.model.waiver import Waiver
    from storesync.model.window import Blackout, QuietHours
else:
    Blackout = imported("window", "Blackout")
    Claim = imported("claim", "Claim")
    CopywriterFile = imported("copywriter", "CopywriterFile")
    Disclosure = imported("disclosure", "Disclosure")
    NearDuplicates = imported("likeness", "NearDuplicates")
    QuietHours = imported("window", "QuietHours")
    Requirement = imported("requirement", "Requirement")
    Voice = imported("voice", "Voice")
    Waiver = imported("waiver", "Waiver")
    WideDisclosure = imported("disclosure", "WideDisclosure")

__all__ = [
    "Blackout",
    "Claim",
    "CopywriterFile",
    "Disclosure",
    "NearDuplicates",
    "QuietHours",
    "Requirement",
    "Voice",
    "Waiver",
    "WideDisclosure",
]
