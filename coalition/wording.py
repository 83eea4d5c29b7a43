"""What changed in a long text, word by word, so that nobody has to compare two long texts by eye."""

import difflib

from django.utils.html import format_html, format_html_join

AROUND = 4  # words that stay, shown on each side of a change
LONGEST = 60  # words of one change that are shown
COMPARED = 3000  # words of a text that are compared; comparing takes their square at worst


def difference(old, new):
    """Return the changed words of two texts as <del> and <ins>, with the words around them; the rest is left out."""
    old, new = old.split()[:COMPARED], new.split()[:COMPARED]
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    pieces = []
    for number, (tag, start, end, new_start, new_end) in enumerate(steps, 1):
        if tag == "equal":
            pieces.append(_staying(old[start:end], is_first=number == 1, is_last=number == len(steps)))
            continue
        if end > start:
            pieces.append(format_html("<del>{}</del>", _cut(old[start:end])))
        if new_end > new_start:
            pieces.append(format_html("<ins>{}</ins>", _cut(new[new_start:new_end])))
    return format_html_join(" ", "{}", ((piece,) for piece in pieces))


def _staying(words, *, is_first, is_last):
    before, after = ([] if is_first else words[:AROUND]), ([] if is_last else words[-AROUND:])
    if len(words) <= len(before) + len(after):
        return " ".join(words)
    return " ".join([*before, "…", *after])


def _cut(words):
    return " ".join(words[:LONGEST]) + ("…" if len(words) > LONGEST else "")
