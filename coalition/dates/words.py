"""The words that dates are written with: numbers, months, weekdays, units, in Vietnamese and English.

Patterns are written with their accents. A phrase typed without any ("truoc ngay 28 thang 2") is
read by the same patterns with the accents taken off.
"""

import re
import unicodedata
from functools import cache

_LONGEST = 4000  # letters of a phrase that are read; a deadline does not stand in a book
_SPACES = re.compile(r"\s+")
_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "‑": "-", "‐": "-", "đ": "đ", "Đ": "đ"})


def tidy(text):
    """Return `text` in NFC with single spaces and plain dashes, cut to a readable length."""
    text = unicodedata.normalize("NFC", str(text)[:_LONGEST]).translate(_DASHES)
    return _SPACES.sub(" ", text).strip()


def lower(text):
    """Return `text` in lower case, letter for letter: positions stay."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(letter.lower()[:1] for letter in text)


def bare(text):
    """Return `text` without accents and with d for đ."""
    letters = (letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return "".join(letters).replace("đ", "d").replace("Đ", "D")


def has_accents(text):
    return any(ord(letter) > 127 and letter.isalpha() for letter in text)


_UNITS = {1: "một", 2: "hai", 3: "ba", 4: "bốn", 5: "năm", 6: "sáu", 7: "bảy", 8: "tám", 9: "chín"}
_AFTER_TEN = {**_UNITS, 5: "lăm"}
_AFTER_TENS = {1: "mốt", 2: "hai", 3: "ba", 4: "tư", 5: "lăm", 6: "sáu", 7: "bảy", 8: "tám", 9: "chín"}
_ENGLISH = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def _number_words():
    words = {name: number for number, name in _UNITS.items()} | {"tư": 4, "bẩy": 7, "mười": 10}
    words |= {f"mười {name}": 10 + number for number, name in _AFTER_TEN.items()}
    for tens, name in ((20, "hai mươi"), (30, "ba mươi"), (60, "sáu mươi"), (90, "chín mươi")):
        words[name] = tens
        words |= {f"{name} {unit}": tens + number for number, unit in _AFTER_TENS.items()}
    words |= {"hai mươi nhăm": 25, "hai mươi bốn": 24, "bốn mươi": 40, "bốn mươi lăm": 45, "năm mươi": 50}
    words |= {name: number for number, name in enumerate(_ENGLISH, 1)}
    words |= {"fifteen": 15, "twenty": 20, "thirty": 30, "a": 1, "an": 1}
    return words


NUMBERS = _number_words()
_BARE_NUMBERS = {bare(word): number for word, number in NUMBERS.items()}


def _either(words):
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_VIETNAMESE_NUMBERS = [
    word for word in NUMBERS if not re.fullmatch("[a-z]+", word) or word in ("hai", "ba", "tư")
]
NUMBER = rf"(?:[0-9]{{1,3}}|{_either(NUMBERS)})"
DAY_WORD = _either(word for word in _VIETNAMESE_NUMBERS if NUMBERS[word] <= 31)
DAY = rf"(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])|(?:{DAY_WORD})(?!\w)"
MONTH = (
    rf"(?:1[0-2]|0?[1-9])(?![0-9])|(?:{_either(w for w in _VIETNAMESE_NUMBERS if NUMBERS[w] <= 12)})(?!\w)"
)
YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"

ROMANS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
ENGLISH_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
ENGLISH_MONTH = rf"(?:{_either(ENGLISH_MONTHS)})\.?(?!\w)"
LONG_ENGLISH_MONTH = (
    rf"(?:{_either(name for name in ENGLISH_MONTHS if len(name) > 4 or name in ('june', 'july'))})"
)

WEEKDAYS = {
    "hai": 0,
    "2": 0,
    "ba": 1,
    "3": 1,
    "tư": 2,
    "4": 2,
    "bốn": 2,
    "năm": 3,
    "5": 3,
    "sáu": 4,
    "6": 4,
    "bảy": 5,
    "bẩy": 5,
    "7": 5,
    "chủ nhật": 6,
    "chúa nhật": 6,
    "cn": 6,
    "monday": 0,
    "mon": 0,
    "tuesday": 1,
    "tue": 1,
    "tues": 1,
    "wednesday": 2,
    "wed": 2,
    "thursday": 3,
    "thur": 3,
    "thurs": 3,
    "friday": 4,
    "fri": 4,
    "saturday": 5,
    "sunday": 6,
}
WEEKDAY_AFTER = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy|bốn|[2-7])|t[2-7]|chủ nhật|chúa nhật|cn)"
_BARE_WEEKDAYS = {bare(word): day for word, day in WEEKDAYS.items()}

UNITS = {
    "ngày": "day",
    "hôm": "day",
    "day": "day",
    "days": "day",
    "tuần": "week",
    "tuần lễ": "week",
    "week": "week",
    "weeks": "week",
    "tháng": "month",
    "month": "month",
    "months": "month",
    "quý": "quarter",
    "quí": "quarter",
    "quarter": "quarter",
    "quarters": "quarter",
    "năm": "year",
    "year": "year",
    "years": "year",
}
_BARE_UNITS = {bare(word): unit for word, unit in UNITS.items()}

# How a unit is placed against now: "tháng này", "tuần sau", "năm ngoái".
SHIFTS = {
    "này": 0,
    "nay": 0,
    "hiện tại": 0,
    "hiện nay": 0,
    "this": 0,
    "current": 0,
    "sau": 1,
    "tới": 1,
    "tiếp": 1,
    "tiếp theo": 1,
    "kế": 1,
    "kế tiếp": 1,
    "sắp tới": 1,
    "next": 1,
    "coming": 1,
    "the coming": 1,
    "sau nữa": 2,
    "tới nữa": 2,
    "trước": -1,
    "ngoái": -1,
    "vừa rồi": -1,
    "vừa qua": -1,
    "qua": -1,
    "rồi": -1,
    "last": -1,
    "previous": -1,
    "past": -1,
}
_BARE_SHIFTS = {bare(word): shift for word, shift in SHIFTS.items()}
SHIFT_AFTER = _either(
    word
    for word in SHIFTS
    if word not in ("this", "current", "next", "last", "previous", "past", "coming", "the coming")
)
SHIFT_BEFORE = "this|current|the current|next|the next|the coming|coming|last|previous|past"


def number(word):
    """Return the number that `word` writes, in figures or words."""
    word = word.strip()
    return int(word) if word.isdigit() else NUMBERS.get(word) or _BARE_NUMBERS[word]


def month(word):
    """Return the number of a month: "4", "tư", "april", "Apr."."""
    word = word.strip().rstrip(".")
    return ENGLISH_MONTHS[word] if word in ENGLISH_MONTHS else number(word)


def quarter(word):
    word = word.strip()
    return ROMANS.get(word) or ORDINALS.get(word) or number(word)


def weekday(word):
    """Return 0 for Monday to 6 for Sunday."""
    word = word.strip().rstrip(".")
    return WEEKDAYS[word] if word in WEEKDAYS else _BARE_WEEKDAYS[word]


def unit(word):
    word = word.strip()
    return UNITS.get(word) or _BARE_UNITS[word]


def shift(word):
    word = " ".join(word.split())
    word = word.removeprefix("the ")
    return SHIFTS[word] if word in SHIFTS else _BARE_SHIFTS[word]


@cache
def pattern(source, without_accents=False):
    """Compile a pattern that stands between word borders; `without_accents` for phrases typed so."""
    return re.compile(rf"(?<!\w)(?:{bare(source) if without_accents else source})(?!\w)")
