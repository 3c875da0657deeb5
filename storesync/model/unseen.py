"""Characters of which nothing is seen."""

from __future__ import annotations

# For a class of characters, as Python, Rust and JSON Schema all write it.
UNSEEN = (
    r"\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2064\u206a-\u206f"
    r"\u3164\ufe00-\ufe0f\uffa0\ufff9-\ufffb"
)
