"""The list of readers: a pattern, what it makes of the words, and a token where they stand."""

from collections.abc import Callable
from dataclasses import dataclass, field

from coalition.dates import words
from coalition.dates.spans import Now, Span

_readers: list = []


def reads(source, near=""):
    """Let the function turn words of this pattern into a Span, a list of them, or None: not a date after all.

    `near` are pieces of words, one of which stands in every text that the pattern can match: most readers
    need not look at most texts. "#" stands for a figure.
    """
    plain = tuple(near.replace("_", " ").split("|")) if near else ()
    needed = (plain, tuple(words.bare(piece) for piece in plain))

    def register(function):
        _readers.append((source, function, needed))
        return function

    return register


@dataclass
class Token:
    """Words that name days: where they stand and what they mean."""

    start: int
    end: int
    read: Callable
    match: object
    spans: list[Span] = field(default_factory=list)

    @property
    def span(self):
        return self.spans[0]


def spans_of(read, match, now):
    """Return what a reader makes of a match, as a list; an empty one for a day that does not exist, or None."""
    try:
        found = read(match, now)
    except (ValueError, OverflowError):
        return []
    return found if found is None or isinstance(found, list) else [found]


def tokens(text, now: Now):
    """Find the words that name days, from the left, the longest first; nothing is read twice."""
    found = []
    figures = any(letter in text for letter in "0123456789")
    for order, (source, read, needed) in enumerate(_readers):
        pieces = needed[now.bare]
        if pieces and not any(figures if piece == "#" else piece in text for piece in pieces):
            continue
        found += [
            (match.start(), -match.end(), order, read, match)
            for match in words.pattern(source, now.bare).finditer(text)
        ]
    kept, taken = [], 0
    for start, minus_end, _order, read, match in sorted(found, key=lambda item: item[:3]):
        if start < taken:
            continue
        spans = spans_of(read, match, now)
        if spans is None:
            continue
        taken = -minus_end  # of "ngày 31 tháng 4" nothing is left over to be read as "tháng 4"
        if spans:
            kept.append(Token(start, -minus_end, read, match, spans))
    return kept
