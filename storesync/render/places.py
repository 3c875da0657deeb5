"""Places in HTML as values, so that the branches of a template can be followed one by one."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace

# Stands in attributes and styles for a value that only rendering knows.
HOLE = "\ufffc"
_MAX_WAYS = 64
# Attributes whose texts load nothing, lead nowhere and run nothing; of all others the texts are
# followed.
_PLAIN_WORDS = (
    "abbr accept accept-charset accesskey align alt autocomplete bgcolor border cellpadding "
    "cellspacing charset class color cols colspan coords datetime dir enctype face for height "
    "headers hidden hspace id inputmode itemprop itemscope itemtype kind label lang max "
    "maxlength media method min minlength name pattern placeholder property role rows rowspan "
    "scope size span step summary tabindex title valign value version viewbox vspace width wrap "
    "xml:lang"
)
_PLAIN_ATTRIBUTES = frozenset(_PLAIN_WORDS.split())


class Place(enum.Enum):
    """What the next character would be part of."""

    TEXT = "text"
    RAW = "the content of a special element"
    COMMENT = "a comment"
    DECLARATION = "a declaration"
    TAG = "a tag"
    NAME = "an attribute's name"
    AFTER_NAME = "a tag, after an attribute's name"
    BEFORE_VALUE = "an attribute without quotes"
    UNQUOTED = "an attribute that began without quotes"
    DOUBLE = "an attribute in double quotes"
    SINGLE = "an attribute in single quotes"


@dataclass(frozen=True, slots=True)
class State:
    """A place in HTML.

    `values` are the texts so far of an attribute or a style, one for each way through the
    template; `pending` is the beginning of something not yet recognisable; `loose` says that a
    name is only there on some ways, or begun, so that it has to end here.
    """

    place: Place = Place.TEXT
    element: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    name: str = ""
    values: tuple[str, ...] = ("",)
    pending: str = ""
    loose: bool = False

    @property
    def is_text(self) -> bool:
        """Say whether this is ordinary text, with nothing begun."""
        return self.place is Place.TEXT and not self.pending


_VALUES = frozenset({Place.UNQUOTED, Place.DOUBLE, Place.SINGLE})
# Where a tag goes on: the first of these that some way ends in is where all of them are taken to.
_BETWEEN = (Place.NAME, Place.AFTER_NAME, Place.TAG)


def with_hole(state: State) -> State:
    """Return the state after a value that only rendering knows."""
    return with_text(state, HOLE)


def with_text(state: State, text: str) -> State:
    """Add to what is followed: the texts of attributes that matter, and of styles."""
    attribute = state.place in _VALUES and not is_plain(state.name)
    if not text or not (attribute or (state.place is Place.RAW and state.element == "style")):
        return state
    return replace(state, values=tuple(value + text for value in state.values))


def is_plain(attribute: str) -> bool:
    """Say whether an attribute only names, describes or measures, so that its text is free."""
    return attribute in _PLAIN_ATTRIBUTES or attribute.startswith(("data-", "aria-"))


def merge(states: list[State]) -> State | None:
    """Return the one state of several ways that meet, or None where they differ."""
    first = states[0]
    loose = any(state.loose for state in states)
    between = all(state.place in _BETWEEN for state in states)
    if between and len({(state.place, state.name) for state in states}) > 1:
        # Between attributes, ways may differ in the names they end with; then those end here.
        first = min(states, key=lambda state: _BETWEEN.index(state.place))
        states = [_renamed(state, first) for state in states]
        loose = True
    values = dict.fromkeys(value for state in states for value in state.values)
    attributes = dict.fromkeys(pair for state in states for pair in state.attributes)
    keys = {(s.place, s.element, s.name, s.pending) for s in states}
    if len(keys) > 1 or len(values) > _MAX_WAYS:
        return None
    return replace(first, attributes=(*attributes,), values=(*values,), loose=loose)


def _renamed(state: State, like: State) -> State:
    own = ((state.name, ""),) if state.name else ()
    attributes = state.attributes + own
    return replace(state, place=like.place, name=like.name, attributes=attributes)
