r"""One pattern of a CODEOWNERS file: what GitHub refuses in it, and which paths it matches.

The rules are those of GitHub's page "About code owners": most of gitignore, without `!`, `[ ]` and
`\#`, and `docs/*` stays in its folder. A pattern becomes an automaton whose states are the bits of
one integer, so that a match takes a few steps for each character of the path, whatever the pattern.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

ANYTHING = "**"
_ESCAPABLE = "*?[] "
_TOKEN = re.compile(r"\\(.)|(.)", re.DOTALL)
# What has one meaning to everybody; the folder before anything else is what a pattern is about.
_PLAIN = re.compile(r"[A-Za-z0-9_.-]+\Z")


def fault(text: str) -> str:
    """Say why GitHub skips a pattern, or may read it in another way than we do; "" where sound."""
    if text == "/":
        return "/ matches nothing; write * for all files"
    if not (text.isascii() and text.isprintable()):
        return "a character that is not printable ASCII"
    if text.startswith("!"):
        return "! does not work here; name what is meant instead"
    if "#" in text:
        return "# does not work in a pattern, not even behind a backslash"
    if "," in text:
        return "a comma; patterns and owners are divided by spaces"
    return _fault_of_escapes(text) or _fault_of_segments(text)


def _fault_of_escapes(text: str) -> str:
    for escaped, plain in _TOKEN.findall(text):
        if plain == "\\" or (escaped and escaped not in _ESCAPABLE):
            return "a backslash that escapes nothing"
        if plain and plain in "[]":
            return f"{plain} has to be written \\{plain}; ranges do not work here"
    return "a backslash before the space that ends the pattern" if "\\ @" in text else ""


def _fault_of_segments(text: str) -> str:
    parts = text.removeprefix("/").removesuffix("/").split("/")
    if "" in parts or "." in parts or ".." in parts:
        return "an empty step, . or .. in a path"
    for part in parts:
        bare = part.replace("\\*", "")
        if "**" in bare and part != ANYTHING:
            return "** has to stand alone between slashes; write * for part of a name"
    return "nothing but ** before the last slash" if text.endswith("**/") else ""


def root_of(text: str) -> str:
    """Return the folder, with a slash at its end, outside of which no reading of `text` reaches.

    "" where it may be about any path. For patterns that have a fault.
    """
    first, *rest = text.removeprefix("/").split("/")
    if not rest or ("/" not in text[:-1]):
        return ""
    sure: list[str] = []
    for part in (first, *rest[:-1]):
        if not _PLAIN.match(part) or part in {".", ".."}:
            break
        sure.append(part)
    return "".join(f"{part}/" for part in sure)


@dataclass(slots=True)
class Pattern:
    """A sound pattern, ready to match.

    It matches a path below the folder `root` ("" or with a slash at its end). Where `glob` is
    None it is about one path: `literal` itself and what lies below it, or with `only_below` the
    latter alone.
    """

    root: str
    literal: str = ""
    only_below: bool = False
    glob: Glob | None = None

    def matches(self, path: str) -> bool:
        """Say whether a path (relative, plain, with `/`) is meant."""
        if self.glob is not None:
            return path.startswith(self.root) and self.glob.matches(path[len(self.root) :])
        if not self.literal:
            return True
        if path.startswith(self.literal):
            rest = path[len(self.literal) :]
            return rest[:1] == "/" if rest else not self.only_below
        return False


def read_pattern(text: str) -> Pattern:
    """Return a sound pattern (one without a `fault`)."""
    is_anchored = "/" in text[:-1]
    parts = text.removeprefix("/").removesuffix("/").split("/")
    if not is_anchored:
        parts.insert(0, ANYTHING)
    if text.endswith("/"):
        parts.append(ANYTHING)
    parts = [part for n, part in enumerate(parts) if (part, parts[n - 1 : n]) != (ANYTHING, [part])]
    names = [_literal(part) for part in parts]
    count = next((n for n, name in enumerate(names) if name is None), len(names))
    literal = "/".join(name for name in names[:count] if name is not None)
    if parts[count:] in ([], [ANYTHING]):
        return Pattern("", literal, only_below=count < len(parts))
    return Pattern(f"{literal}/" if literal else "", glob=_glob(parts[count:]))


def _literal(part: str) -> str | None:
    """Return the one name that a part matches, None where it holds a wildcard."""
    tokens = _TOKEN.findall(part)
    if any(plain in ("*", "?") for _, plain in tokens):
        return None
    return "".join(escaped or plain for escaped, plain in tokens)


def read_below(root: str) -> Pattern:
    """Return the pattern of everything below a folder such as `root_of` returns."""
    return Pattern("", root.removesuffix("/"), only_below=bool(root))


@dataclass(slots=True)
class Glob:
    """An automaton. State n (the bit 1 << n) is where n tokens of the pattern are behind us.

    `steps` has for each character the states that it leads to from the one before; other
    characters lead to those of `otherwise`. A state of `within` stays on all but slashes, one of
    `across` on everything. A state of `gaps` is a `**` between slashes: at each slash its
    successor is reached with it, as the next name may begin there. What a path lacks one of the
    texts `needed` of is turned away at once.
    """

    start: int = 1
    steps: dict[str, int] = field(default_factory=dict)
    otherwise: int = 0
    within: int = 0
    across: int = 0
    gaps: int = 0
    ends: int = 0
    needed: tuple[str, ...] = ()

    def matches(self, path: str) -> bool:
        """Say whether the whole path is matched, in time proportional to its length."""
        for text in self.needed:
            if text not in path:
                return False
        states = self.start
        for char in path:
            if char == "/":
                states = ((states << 1) & self.steps["/"]) | (states & self.across)
                states |= (states & self.gaps) << 1
                if states & self.ends & self.across:
                    return True
            else:
                step = self.steps.get(char, self.otherwise)
                states = ((states << 1) & step) | (states & self.within)
            if not states:
                return False
        return bool(states & self.ends)


_ONE, _GAP = "?", ""


def _glob(parts: list[str]) -> Glob:
    """Build the automaton of a pattern's parts; only the last or an inner one can be `**`."""
    glob = Glob()
    tokens: list[str] = []  # a character with a mark before it, or one of the two above
    for part in parts[:-1]:
        if part == ANYTHING:
            glob.gaps |= 1 << len(tokens)
            glob.across |= 1 << len(tokens)
            tokens.append(_GAP)
        else:
            _add_name(glob, tokens, part)
            tokens.append("=/")
    last = parts[-1]
    if last == ANYTHING:
        tokens.append(_ONE)
        glob.across |= 1 << len(tokens)
    else:
        _add_name(glob, tokens, last)
    glob.ends = 1 << len(tokens)
    if last not in {ANYTHING, "*"}:  # a name that is a folder's: what lies in it is meant too
        tokens.append("=/")
        glob.across |= 1 << len(tokens)
        glob.ends |= 1 << len(tokens)
    glob.needed = tuple(sorted({run for part in parts for run in _runs(part)} - {""}))
    return _finished(glob, tokens)


def _runs(part: str) -> list[str]:
    """Return the texts between a part's wildcards; a match holds them all."""
    marked = (
        escaped or ("\0" if plain in "*?" else plain) for escaped, plain in _TOKEN.findall(part)
    )
    return "".join(marked).split("\0")


def _add_name(glob: Glob, tokens: list[str], part: str) -> None:
    if part == "*":  # alone it is a name, and a name is not empty
        tokens.append(_ONE)
        glob.within |= 1 << len(tokens)
        return
    for escaped, plain in _TOKEN.findall(part):
        if plain == "*":
            glob.within |= 1 << len(tokens)
        else:
            tokens.append(_ONE if plain == "?" else f"={escaped or plain}")


def _finished(glob: Glob, tokens: list[str]) -> Glob:
    for n, token in enumerate(tokens, 1):
        if token == _ONE:
            glob.otherwise |= 1 << n
        elif token != _GAP:
            glob.steps[token[1]] = glob.steps.get(token[1], 0) | 1 << n
    slash = glob.steps.get("/", 0)
    glob.steps = {char: states | glob.otherwise for char, states in glob.steps.items()}
    glob.steps["/"] = slash
    glob.within |= glob.across
    glob.start |= (glob.start & glob.gaps) << 1
    return glob
