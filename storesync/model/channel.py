"""The kinds of channel, the parts each is rendered in, and the limits of each part: a table.

Which accounts or pages a channel reaches, and whether it can be updated, is a plug-in's business;
here is only what a text must be like to go out there at all.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

# No part is longer than this, whatever its channel: the renderer stops there.
MAX_PART_BYTES = 1_048_576


class Part(NamedTuple):
    """One text of a channel, rendered from `<kind>.<part>.j2` (or `<kind>.<part>.<locale>.j2`).

    `file` is what the rendered text is called where it is kept as one. `markup`: HTML, in which
    values are escaped. `one_line`: line ends and other white space become single spaces. `trim`:
    white space at both ends goes. `plain_marks`: typographic marks become the ones of the GSM
    alphabet. The limits are of the rendered text; 0 is none.
    """

    name: str
    file: str = ""
    markup: bool = False
    required: bool = True
    one_line: bool = False
    trim: bool = False
    plain_marks: bool = False
    max_characters: int = 0
    max_bytes: int = MAX_PART_BYTES
    max_segments: int = 0


class Kind(NamedTuple):
    """A kind of channel. A message is final once sent, and quiet hours apply to it.

    `title` is for people. `punishes_duplicates`: what many locations say in the same words is
    taken for spam there.
    """

    name: str
    title: str
    parts: tuple[Part, ...]
    is_message: bool
    punishes_duplicates: bool = False

    def part(self, name: str) -> Part | None:
        """Return the part of that name, or None."""
        return next((part for part in self.parts if part.name == name), None)


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind("web", "Web page", (Part("html", "page.html", markup=True),), is_message=False),
            Kind(
                "email",
                "Email",
                (
                    # 150 characters: what senders' services take (Mailchimp, "Email subject line
                    # character limit"). One line: RFC 5322 section 2.2 allows no line end there.
                    Part("subject", "subject.txt", one_line=True, trim=True, max_characters=150),
                    # Gmail clips a message's HTML beyond 102 kB
                    # (developers.google.com/gmail/markup, "message clipped").
                    Part("html", "message.html", markup=True, max_bytes=102_400),
                    Part("txt", "message.txt", required=False),
                ),
                is_message=True,
            ),
            Kind(
                "sms",
                "SMS",
                # Billed by segment: 160 GSM-7 or 70 UCS-2 characters, 153 or 67 where there are
                # several (twilio.com/docs/glossary/what-sms-character-limit). Typographic quotes
                # and dashes alone would switch a whole message to UCS-2 (same site, "Smart
                # Encoding").
                (Part("txt", "sms.txt", trim=True, plain_marks=True, max_segments=3),),
                is_message=True,
            ),
            Kind(
                "social",
                "Post",
                # Google Business Profile: a local post's summary holds 1,500 characters
                # (support.google.com/business/answer/7342169).
                (Part("txt", "post.txt", trim=True, max_characters=1_500),),
                is_message=False,
                # "Posts and photos policy", spam: duplicate posts
                # (support.google.com/business/answer/7213077).
                punishes_duplicates=True,
            ),
        )
    }
)
