"""One cell of a row -> a value of a location file, by the kind of its field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from storesync.diagnostics import printable
from storesync.importing.days import read_day
from storesync.importing.fields import Field
from storesync.importing.hours_cell import read_day_hours, read_hours
from storesync.importing.phones import normalise_phone
from storesync.importing.places import dialling_country, find_region, is_country_again, slug
from storesync.importing.postcodes import normalise_postcode
from storesync.importing.record import Record
from storesync.importing.spreadsheet import digits_of, is_date, is_exponent
from storesync.importing.words import is_destroyed, suspicions
from storesync.importing.zones import find_zone

_SEPARATORS = re.compile(r"[;,|\s]+")
_TAG_SEPARATORS = re.compile(r"[;,|\n]+")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/|$)", re.IGNORECASE)
_LOST = "lost its digits in a spreadsheet: format the column as text and export it again"
# Free text where a spreadsheet is likely to find dates: "1-Jun" for house 1-6.
_DATE_PRONE = frozenset({"street", "street2"})
# A text of another form than theirs is left out.
_OF_OWN_FORM = frozenset({"email", "website"})

Reader = Callable[[Record, Field, str], None]


def read_cell(record: Record, field: Field, text: str) -> None:
    """Put what a cell says into `record`, with what is odd about it.

    `text` is clean and not empty; country and id of the record are known.
    """
    _READERS[field.kind](record, field, text)


def _text(record: Record, field: Field, text: str) -> None:
    shown = f'"{printable(text, limit=60)}"'
    if is_destroyed(text):
        if field.name != "name":  # of a name `rows` says what stands in for it
            message = f"{shown}: the letters are lost, so it is left out"
            record.warn(field.name, "lost-text", message)
        return
    if field.name in _DATE_PRONE and is_date(text):
        message = f"{shown} was made a date by a spreadsheet and is left out"
        record.warn(field.name, "excel-date", message)
        return
    if field.name not in _OF_OWN_FORM:
        is_fact = field.at[0] == "attributes"  # which may well be a day, or true
        record.warn_if_made(field.name, text, only="lost-digits" if is_fact else "")
    for rule, what in suspicions(text):
        record.warn(field.name, rule, what)
    if field.name == "website" and _HOST.match(text):
        text = f"https://{text}"
    record.values[field.at] = text


def _region(record: Record, field: Field, text: str) -> None:
    if not record.country:
        record.values[field.at] = text
        return
    found = find_region(record.country, text)
    if found is not None:
        record.region, record.values[field.at] = found.text, found.text
        record.folder = f"{record.country.lower()}/{found.slug}"
        record.dialling = dialling_country(record.country, found)
    elif not is_country_again(record.country, text):
        shown = printable(text, limit=40)
        message = f'{record.country} has no "{shown}": kept as written, without a folder'
        record.warn(field.name, "unknown-region", message)
        record.values[field.at] = text


def _postcode(record: Record, field: Field, text: str) -> None:
    if is_exponent(digits_of(text)):
        record.reject(field.name, "lost-digits", f"{text} {_LOST}")
        return
    if is_date(text) and not text.isdigit():
        message = f'"{text}" was made a date by a spreadsheet and is left out'
        record.warn(field.name, "excel-date", message)
        return
    code, rule, message = normalise_postcode(text, record.country)
    if rule:
        record.warn(field.name, rule, message)
    if code:
        record.values[field.at] = code


def _phone(record: Record, field: Field, text: str) -> None:
    digits = digits_of(text)
    if is_exponent(digits):
        record.reject(field.name, "lost-digits", f"{text} {_LOST}")
        return
    number, remark = normalise_phone(digits, record.dialling or record.country)
    if remark:
        rule = "phone-shortened" if number else "invalid-phone"
        record.warn(field.name, rule, remark)
    if number:
        record.values[field.at] = number


def _zone(record: Record, field: Field, text: str) -> None:
    zone, remark = find_zone(text, record.country, record.year)
    if not zone:
        record.reject(field.name, "unknown-timezone", remark)
        return
    if remark:
        record.warn(field.name, "timezone-name", remark)
    record.values[field.at] = zone


def _day(record: Record, field: Field, text: str) -> None:
    day = read_day(text, record.columns.dates)
    if day is not None:
        record.values[field.at] = day
        return
    message = (
        f'"{printable(text, limit=40)}" is not a day written as {record.columns.dates}: format the'
        " cell as a date, or say in a mapping file how days are written"
    )
    record.reject(field.name, "invalid-day", message)


def _hours(record: Record, field: Field, text: str) -> None:
    hours = read_hours(text)
    if hours is not None:
        record.values[field.at] = hours
        return
    message = (
        f'"{printable(text, limit=60)}" is left out: write mon-fri: 06:00-20:00; sat-sun: closed'
    )
    record.warn(field.name, "invalid-hours", message)


def _hours_of_day(record: Record, field: Field, text: str) -> None:
    hours = read_day_hours(text)
    if hours is None:
        message = f'"{printable(text, limit=40)}" is left out: write 06:00-20:00 or closed'
        record.warn(field.name, "invalid-hours", message)
        return
    record.values[("hours",)] = {**record.values.get(("hours",), {}), field.at[1]: hours}


def _list(record: Record, field: Field, text: str) -> None:
    record.values[field.at] = list(
        dict.fromkeys(_locale(each) for each in _parts(_SEPARATORS, text))
    )


def _tags(record: Record, field: Field, text: str) -> None:
    tags = [(each, slug(each)) for each in _parts(_TAG_SEPARATORS, text)]
    for each, tag in tags:
        record.warn_if_made(field.name, each, saved=tag)
        if not tag:
            record.warn(field.name, "left-out", f'"{printable(each)}" cannot be a tag')
    record.values[field.at] = list(dict.fromkeys(tag for _, tag in tags if tag))


def _currency(record: Record, field: Field, text: str) -> None:
    record.values[field.at] = text.upper()


def _notes(record: Record, field: Field, text: str) -> None:
    for rule, what in suspicions(text):
        record.warn(field.name, rule, what)
    record.values[field.at] = text


def _parts(separators: re.Pattern[str], text: str) -> Iterator[str]:
    return (part.strip() for part in separators.split(text) if part.strip())


def _locale(text: str) -> str:
    """Return a language tag in its usual form: en_us is en-US."""
    language, *rest = text.replace("_", "-").split("-")
    sizes: dict[int, Callable[[str], str]] = {2: str.upper, 4: str.capitalize}
    return "-".join([language.lower(), *(sizes.get(len(part), str.upper)(part) for part in rest)])


def _known_before(_record: Record, _field: Field, _text: str) -> None:
    """Do nothing: what other cells need is read before them."""


_READERS: Mapping[str, Reader] = {
    "id": _known_before,
    "folder": _known_before,
    "country": _known_before,
    "degrees": _known_before,
    "text": _text,
    "region": _region,
    "postcode": _postcode,
    "phone": _phone,
    "zone": _zone,
    "day": _day,
    "hours": _hours,
    "hours-of-day": _hours_of_day,
    "list": _list,
    "tags": _tags,
    "currency": _currency,
    "notes": _notes,
}
