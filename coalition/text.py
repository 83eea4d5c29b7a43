"""Vietnamese text: one normal form, search without accents, the order of the alphabet, addresses."""

import re
import unicodedata
from functools import lru_cache

_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
_SHAPES = {"\u0306": "1", "\u0302": "2", "\u031b": "3"}  # ă, â ê ô, ơ ư
_VARIED = set("adeou")  # letters that have a second or third shape in the alphabet
_REMOVED = dict.fromkeys(
    [0, 0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060, 0x00AD, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_REMOVED |= dict.fromkeys(code for code in range(1, 32) if code not in (9, 10, 13))
_REMOVED |= dict.fromkeys(range(0x7F, 0xA0))

# Short forms that members write and search by, beside what they stand for (folded).
ABBREVIATIONS = {
    "qte": "quyen tre em",
    "te": "tre em",
    "tcxh": "to chuc xa hoi",
    "bvte": "bao ve tre em",
    "tphcm": "thanh pho ho chi minh",
    "tp hcm": "thanh pho ho chi minh",
    "hn": "ha noi",
    "crc": "cong uoc quyen tre em",
}


def clean(text):
    """Return `text` in NFC with Unix line ends, without control, zero-width and direction characters."""
    text = str(text).replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    return unicodedata.normalize("NFC", text.translate(_REMOVED))


@lru_cache(maxsize=4096)
def fold(text):
    """Return `text` as people search it: lower case, no marks, đ as d, single spaces.

    "Trẻ em" → "tre em", "Đắk Lắk" → "dak lak", "hoà" and "hòa" → "hoa".
    """
    text = text.translate({0x111: "d", 0x110: "d"})
    letters = (letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return " ".join("".join(letters).casefold().split())


def search_text(*parts):
    """Return what a record's `search` column holds: its folded words and the long forms of short ones."""
    folded = fold(" ".join(clean(part) for part in parts if part))
    padded = f" {re.sub(r'[^a-z0-9]+', ' ', folded)} "
    extra = [full for short, full in ABBREVIATIONS.items() if f" {short} " in padded and full not in folded]
    extra += [
        short for short, full in ABBREVIATIONS.items() if f" {full} " in padded and f" {short} " not in padded
    ]
    return " ".join([folded, *extra]).strip()


def search_words(query):
    """Return the folded words a person searches for, at most eight, to be found each."""
    return fold(clean(query)).split()[:8]


def sort_key(text):
    """Return a key whose plain order is that of the Vietnamese alphabet.

    First the letters (a ă â b c d đ e ê … o ô ơ … u ư), then the tones (ngang, huyền, hỏi, ngã, sắc, nặng).
    """
    letters, tones = [], []
    for letter in unicodedata.normalize("NFC", text).casefold():
        if letter == "đ":
            base, marks = "d", ""
            shape = "1"
        else:
            base, *rest = unicodedata.normalize("NFD", letter)
            marks = rest
            shape = next((_SHAPES[mark] for mark in marks if mark in _SHAPES), "0")
        if base.isspace():
            base = " "
        if not (base.isalnum() or base == " "):
            continue
        letters.append(base + shape if base in _VARIED else base)
        if base.isalpha():
            tones.append(next((_TONES[mark] for mark in marks if mark in _TONES), "0"))
    return f"{' '.join(''.join(letters).split())} {''.join(tones).rstrip('0')}".strip()


def person_sort_key(name):
    """Return the key of a person's name: by given name, the last word, then by the whole name."""
    words = clean(name).split()
    return sort_key(" ".join([*words[-1:], *words[:-1]]))


def given_name(name):
    """Return the word a person is addressed by: the last one ("Nguyễn Thị Lan" → "Lan")."""
    return (clean(name).split() or [""])[-1]


def slug(text):
    """Return `text` for an address or file name: "Đường phố Nguyễn" → "duong-pho-nguyen"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(clean(text))).strip("-")
