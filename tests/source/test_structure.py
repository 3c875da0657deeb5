from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from storesync.source.structure import check_structure, is_simple

PIECES = st.sampled_from(
    (
        *(
            "a",
            "b: ",
            "- ",
            "? ",
            ": ",
            "\n",
            "\r",
            "\n  ",
            " ",
            "\t",
            "[",
            "]",
            "{",
            "}",
            ",",
            '"',
        ),
        *(
            "'",
            "#",
            "&a",
            "*a",
            "!",
            "!t",
            "!!",
            "<<",
            "---",
            "...",
            "%",
            "|",
            ">",
            "\n\n",
            ":",
            "-",
        ),
    )
)


@given(st.lists(PIECES, max_size=12).map("".join))
@example('{"a":*x}')
@example("a: b\n--- !t c")
@example("[a\n,*b]")
def test_what_seems_simple_is(text):
    body = text.encode()
    if is_simple(body):
        assert check_structure("a", body) == ([], True)


@given(st.integers(0, 60), st.integers(0, 30))
def test_what_seems_simple_is_not_deep(blocks, brackets):
    lines = "".join(f"{' ' * column}a:\n" for column in range(blocks))
    body = f"{lines}{' ' * blocks}b: {'[' * brackets}{']' * brackets}".encode()
    if is_simple(body):
        assert check_structure("a", body) == ([], True)


def test_ordinary_text_is_simple():
    for line in (
        "a: Barnes & Noble",
        "a: Bonjour !",
        "a: 5 * 3",
        "a: 50 %",
        "a: wait...",
        "---\na: b",
    ):
        assert is_simple(line.encode())
