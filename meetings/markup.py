"""The little formatting that minutes have: paragraphs, lists, **bold**, links; kept as text, shown as markup.

Text is what is stored, so nothing pasted can carry a script; markup pasted from Word is taken out.
"""

import re

import nh3
from django.utils.html import format_html, format_html_join

from coalition import text

_TAG = re.compile(
    r"</?(?:p|div|span|li|ul|ol|b|strong|i|em|br|a|table|tr|td|font|o:p|h\d|style|script|html|body|meta)\b[^>]*>",
    re.IGNORECASE,
)
_LINE_ENDS = re.compile(r"</(?:p|div|li|tr|h\d)>|<br\s*/?>", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*·•▪]|o(?=\s))\s+")
_PIECES = re.compile(r"\*\*(?P<bold>[^*\n]+)\*\*|(?P<link>https?://[^\s<>\"]+[^\s<>\".,;:)])")


def plain(words):
    """Return what a person typed or pasted as clean text; markup becomes lines, bullets and bold."""
    words = text.clean(words)
    if _TAG.search(words):
        words = re.sub(r"<li\b[^>]*>", "- ", words, flags=re.IGNORECASE)
        words = re.sub(r"</?(?:b|strong)\b[^>]*>", "**", words, flags=re.IGNORECASE)
        words = _LINE_ENDS.sub("\n", words)
        words = nh3.clean(words, tags=set(), clean_content_tags={"script", "style"})
        for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&amp;", "&")):
            words = words.replace(entity, sign)
    lines = [line.rstrip() for line in words.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def to_html(words):
    """Return stored text as safe markup: paragraphs and lists."""
    parts, bullets = [], []
    for line in [*words.split("\n"), ""]:
        if _BULLET.match(line):
            bullets.append(_inline(_BULLET.sub("", line)))
            continue
        if bullets:
            parts.append(
                format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((each,) for each in bullets)))
            )
            bullets = []
        if line.strip():
            parts.append(format_html("<p>{}</p>", _inline(line.strip())))
    return format_html_join("\n", "{}", ((part,) for part in parts))


def _inline(line):
    pieces, end = [], 0
    for match in _PIECES.finditer(line):
        pieces.append(line[end : match.start()])
        if match["bold"]:
            pieces.append(format_html("<strong>{}</strong>", match["bold"]))
        else:
            pieces.append(format_html('<a href="{0}" rel="nofollow noopener">{0}</a>', match["link"]))
        end = match.end()
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, line[end:]]))


def runs(line):
    """Return a line as [(words, is bold)], for documents."""
    pieces, end = [], 0
    for match in re.finditer(r"\*\*([^*\n]+)\*\*", line):
        pieces += [(line[end : match.start()], False), (match[1], True)]
        end = match.end()
    return [(words, bold) for words, bold in [*pieces, (line[end:], False)] if words]


def is_bullet(line):
    return bool(_BULLET.match(line))


def without_bullet(line):
    return _BULLET.sub("", line)
