"""The names organisations are called by, found in running text."""

import re
from dataclasses import dataclass

from coalition import text

EVERYBODY = re.compile(
    r"(?:tất cả (?:các )?|toàn bộ (?:các )?|mọi |từng |mỗi |các )(?:tổ chức(?: thành viên)?|thành viên|đơn vị thành viên)(?!\w)"
    r"(?! (?:xã hội|phi chính phủ|khác|quốc tế))|"
    r"(?:all|each|every)(?: the)?(?: member)? (?:organi[sz]ations?|members?|csos?|ngos?)(?!\w)|(?:^|(?<=\. ))members(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mention:
    """An organisation's name in a text: where it stands, as written, whose it is ("*" is every member)."""

    start: int
    end: int
    words: str
    code: str


class Directory:
    """Organisations by all their names.

    `names` are pairs (name, code): codes, short names, full names, aliases. A name of one word counts only
    as it is written ("Plan" is the organisation, "plan" is not); longer ones whatever their case and accents.
    `members` are the codes of those that "every organisation" means.
    """

    def __init__(self, names, members=()):
        self.members = tuple(members)
        self._exact, self._folded = {}, {}
        for written, code in names:
            name = " ".join(text.clean(written).split())
            if len(name) < 2:
                continue
            if " " in name:
                self._folded.setdefault(_fold(name), code)
            else:
                self._exact.setdefault(name, code)
        self._exact_pattern = _pattern(self._exact)
        self._folded_pattern = _pattern(self._folded)

    def find(self, words):
        """Return the Mentions in `words`, from the left, the longest first; every member among them."""
        found = [
            (match.start(), match.end(), self._exact[match[0]])
            for match in self._exact_pattern.finditer(words)
        ]
        folded = _fold(words)
        if len(folded) == len(words):
            found += [
                (match.start(), match.end(), self._folded[match[0]])
                for match in self._folded_pattern.finditer(folded)
            ]
        found += [(match.start(), match.end(), "*") for match in EVERYBODY.finditer(words)]
        kept, taken = [], 0
        for start, end, code in sorted(found, key=lambda one: (one[0], -one[1])):
            if start >= taken:
                kept.append(Mention(start, end, words[start:end], code))
                taken = end
        return kept

    def code_of(self, words):
        """Return the code of the one organisation that `words` name, or None."""
        words = words.strip()
        found = self.find(words)
        return found[0].code if len(found) == 1 and found[0].words == words and found[0].code != "*" else None


def _fold(words):
    """Fold letter by letter, so that places stay: lower case, no marks, đ as d."""
    return "".join(text.fold(letter) or letter for letter in words)


def _pattern(names):
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?!\w)")
