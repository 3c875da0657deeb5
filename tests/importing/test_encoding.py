from __future__ import annotations

import codecs

import pytest

from storesync.errors import UserError
from storesync.importing.encoding import decode, propose
from storesync.importing.finding import UnreadableTable


@pytest.mark.parametrize(
    ("raw", "encoding", "text"),
    [
        (b"id,name\na,B\n", None, "id,name\na,B\n"),
        ("id,Café".encode(), None, "id,Café"),
        (codecs.BOM_UTF8 + b"id,name", None, "id,name"),
        ("\ufeffid,Köln".encode("utf-16-le"), None, "id,Köln"),
        ("\ufeffid,Köln".encode("utf-16-be"), None, "id,Köln"),
        ("\ufeffid,Köln".encode("utf-32-le"), None, "id,Köln"),
        ("id,Köln".encode("cp1252"), "cp1252", "id,Köln"),
        ("id,Köln".encode("cp1252"), "Windows-1252", "id,Köln"),
        (codecs.BOM_UTF8 + "id,Köln".encode(), "cp1252", "id,Köln"),
    ],
)
def test_text_is_decoded_as_it_says_or_as_told(raw, encoding, text):
    assert decode("t.csv", raw, encoding) == (text, [])


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("id,name\na,Café “X”\nb,Zürich", "cp1252"),
        ("id,name\na,北京西站第一咖啡店\nb,北京华宇时尚店", "gb18030"),
        ("id,name\na,Тверская улица\nb,Невский проспект", "cp1251"),
        ("id,name\na,東京駅ひらがなカタカナ\n", "cp932"),
        ("id,name\na,서울특별시 강남구\n", "cp949"),
    ],
)
def test_an_encoding_is_proposed_with_an_example_and_never_taken(text, encoding):
    raw = text.encode(encoding)
    assert propose(raw) == encoding
    with pytest.raises(UnreadableTable) as caught:
        decode("t.csv", raw, None)
    assert "encoding is not UTF-8" in caught.value.message
    assert "line 2" in caught.value.message
    assert f"--encoding {encoding}" in caught.value.hint
    assert text.split(",")[2].split("\n")[0] in caught.value.hint


@pytest.mark.parametrize(
    "raw",
    [
        b"\x1f\x8b\x08\0abcdefgh\xf1\xff",
        b"%PDF-1.7\n%\xe2\xe3\n\x01",
        "id,a".encode("cp037") + b"\x15",
    ],
)
def test_what_is_no_text_gets_no_encoding_proposed(raw):
    with pytest.raises(UnreadableTable, match="neither an Excel file nor text") as caught:
        decode("t.csv", raw, None)
    assert "--encoding" not in caught.value.hint


@pytest.mark.parametrize("name", ["undefined", "idna", "punycode", "unicode-escape", "zlib", "x"])
def test_names_of_what_is_no_encoding_of_files_are_refused(name):
    with pytest.raises(UserError, match=f'no text encoding is named "{name}"'):
        decode("t.csv", b"id,name\n", name)


def test_utf_16_without_a_mark_is_named():
    with pytest.raises(UnreadableTable, match="UTF-16") as caught:
        decode("t.csv", "id,name\na,b".encode("utf-16-le"), None)
    assert "--encoding utf-16-le" in caught.value.hint


def test_bytes_that_the_stated_encoding_lacks_are_named_with_their_line():
    with pytest.raises(UnreadableTable, match="0x81 in line 2"):
        decode("t.csv", b"id\n\x81", "cp1252")


@pytest.mark.parametrize("name", ["klingon", "zip", "hex", "\x1b[2J"])
def test_an_encoding_that_is_none_for_text_is_wrong_use(name):
    with pytest.raises(UserError, match="no text encoding") as caught:
        decode("t.csv", b"id", name)
    assert not isinstance(caught.value, UnreadableTable)
    assert "\x1b" not in caught.value.message


def test_a_stated_encoding_is_obeyed_and_doubted_where_the_file_is_utf_8():
    text, warnings = decode("t.csv", "id,Köln".encode(), "cp1252")
    assert text == "id,KÃ¶ln"
    assert [each.rule for each in warnings] == ["encoding"]
