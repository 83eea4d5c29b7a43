"""What changed in a long text, word by word, so that nobody has to compare two long texts by eye."""

import difflib
from itertools import takewhile

from django.utils.html import format_html, format_html_join

AROUND = 4  # words that stay, shown on each side of a change
LONGEST = 60  # words of one change that are shown
# Words compared from the first change on. Comparing takes the cube of words that keep coming back; this many, of which
# those that come back most are left to their neighbours (`autojunk`), take a tenth of a second at worst.
COMPARED = 500


def difference(old, new):
    """Return the changed words of two texts as <del> and <ins>, with the words around them; the rest is left out."""
    old, new = old.split(), new.split()
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    before, after = old[:start], old[len(old) - end :]
    pieces = [_staying(before, is_first=True)] if before else []
    pieces += _changes(old[start : len(old) - end], new[start : len(new) - end])
    pieces += [_staying(after, is_last=True)] if after else []
    return format_html_join(" ", "{}", ((piece,) for piece in pieces))


def _alike(one, other):
    """Return how many words two texts have in common at their beginning."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _changes(old, new):
    is_cut = max(len(old), len(new)) > COMPARED
    old, new = old[:COMPARED], new[:COMPARED]
    for tag, start, end, new_start, new_end in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield _staying(old[start:end])
            continue
        if end > start:
            yield format_html("<del>{}</del>", _cut(old[start:end]))
        if new_end > new_start:
            yield format_html("<ins>{}</ins>", _cut(new[new_start:new_end]))
    if is_cut:
        yield "…"


def _staying(words, *, is_first=False, is_last=False):
    before, after = ([] if is_first else words[:AROUND]), ([] if is_last else words[-AROUND:])
    if len(words) <= len(before) + len(after):
        return " ".join(words)
    return " ".join([*before, "…", *after])


def _cut(words):
    return " ".join(words[:LONGEST]) + ("…" if len(words) > LONGEST else "")
