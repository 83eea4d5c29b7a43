"""Vietnamese text in fonts of the years before Unicode: TCVN3 (.VnTime) and VNI, recognised and converted."""

import re
import unicodedata
from collections import Counter

_TCVN3 = dict(
    zip(
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)
_MARKS = {
    "a": {
        "ø": "à",
        "ù": "á",
        "û": "ả",
        "õ": "ã",
        "ï": "ạ",
        "ê": "ă",
        "è": "ằ",
        "é": "ắ",
        "ú": "ẳ",
        "ü": "ẵ",
        "ë": "ặ",
        "â": "â",
        "à": "ầ",
        "á": "ấ",
        "å": "ẩ",
        "ã": "ẫ",
        "ä": "ậ",
    },
    "e": {
        "ø": "è",
        "ù": "é",
        "û": "ẻ",
        "õ": "ẽ",
        "ï": "ẹ",
        "â": "ê",
        "à": "ề",
        "á": "ế",
        "å": "ể",
        "ã": "ễ",
        "ä": "ệ",
    },
    "o": {
        "ø": "ò",
        "ù": "ó",
        "û": "ỏ",
        "õ": "õ",
        "ï": "ọ",
        "â": "ô",
        "à": "ồ",
        "á": "ố",
        "å": "ổ",
        "ã": "ỗ",
        "ä": "ộ",
    },
    "ô": {"ø": "ờ", "ù": "ớ", "û": "ở", "õ": "ỡ", "ï": "ợ"},
    "u": {"ø": "ù", "ù": "ú", "û": "ủ", "õ": "ũ", "ï": "ụ"},
    "ö": {"ø": "ừ", "ù": "ứ", "û": "ử", "õ": "ữ", "ï": "ự"},
    "y": {"ø": "ỳ", "ù": "ý", "û": "ỷ", "õ": "ỹ"},
}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI = {base + mark: letter for base, marks in _MARKS.items() for mark, letter in marks.items()} | _VNI_ALONE
_VNI |= {old.upper(): new.upper() for old, new in _VNI.items()}
_VNI |= {old[0].upper() + old[1:]: new.upper() for old, new in list(_VNI.items()) if len(old) == 2}
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_WORD = re.compile(r"[^\s\d.,;:()\[\]{}\"“”'!?/\\–—+=%&*-]+|\S*\u00ad\S*")

_PLAIN = set("aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz")
_NAMES = {"tcvn3": "TCVN3 (.VnTime)", "vni": "VNI"}
# What stands at the heads and ends of Vietnamese syllables: enough to tell words from accidents.
_SYLLABLE = re.compile(
    r"^(?:ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?[aăâeêioôơuưy]{1,3}(?:ch|ng|nh|[ckmnpt])?$"
)


def name_of(encoding):
    return _NAMES[encoding]


def convert(text, encoding):
    """Return text typed in an old font as Unicode (NFC)."""
    if encoding == "tcvn3":
        found = "".join(_TCVN3.get(letter, letter) for letter in text)
    else:
        found = _VNI_PATTERN.sub(lambda match: _VNI[match[0]], text)
    return unicodedata.normalize("NFC", found)


def detect(texts):
    """Return "tcvn3" or "vni" where some of the texts were typed in such a font, else ""; two words make the case."""
    votes = Counter()
    for text in texts:
        found = _votes(text)
        if found.total() - found["right"] > found["right"]:
            votes.update(found)
    best = max(_NAMES, key=lambda encoding: votes[encoding])
    return best if votes[best] >= 2 else ""


def converted(text, encoding):
    """Return a text as Unicode if at least half of its words speak for this font; others are left as they are."""
    found = _votes(text)
    return convert(text, encoding) if found[encoding] and found[encoding] >= found["right"] else text


def _votes(text):
    """Count the words with marks: "right" as they stand, or no Vietnamese syllable until converted from a font."""
    votes = Counter()
    for word in _WORD.findall(unicodedata.normalize("NFC", text)):
        if word.isascii():
            continue
        if is_syllable(word):
            votes["right"] += 1
            continue
        for encoding in _NAMES:
            changed = convert(word, encoding)
            if changed != word and is_syllable(changed):
                votes[encoding] += 1
    return votes


def is_syllable(word):
    """Say whether a word is spelled as a Vietnamese syllable, in small letters, capitals or with a capital first."""
    if word not in (word.lower(), word.upper(), word.lower()[:1].upper() + word.lower()[1:]):
        return False
    letters, tones = [], 0
    for letter in word.lower():
        base = unicodedata.normalize("NFD", letter)
        tones += sum(mark in "\u0300\u0301\u0303\u0309\u0323" for mark in base[1:])
        letters.append(
            unicodedata.normalize(
                "NFC",
                base[0] + "".join(mark for mark in base[1:] if mark not in "\u0300\u0301\u0303\u0309\u0323"),
            )
        )
    shape = "".join(letters)
    return tones <= 1 and set(shape) <= _PLAIN and bool(_SYLLABLE.match(shape))
