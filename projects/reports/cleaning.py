"""What a coordinator may write into a report: paragraphs, lists, **bold**, *italics* and links; nothing else survives.

The words are kept as they were typed, so they can be changed again; a report shows them as limited HTML.
"""

import re
from html import escape

import nh3

from coalition import text

TAGS = {"p", "br", "ul", "ol", "li", "strong", "b", "em", "i", "a"}
_PASTED = re.compile(
    r"</?(?:p|div|span|li|[uo]l|h\d|br|b|strong|i|em|a|font|table|t[rdh]|tbody|img|style|script|meta|link|object|"
    r"iframe|svg|html|head|body|o:p)\b[^>]*>",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\s*(?:[-•*]\s|\d{1,2}[.)]\s)\s*")
_INLINE = re.compile(
    r"\*\*(?P<bold>[^*\n]+)\*\*|\*(?P<italic>[^*\s][^*\n]*)\*"
    r"|\[(?P<words>[^\]\n]+)\]\((?P<named>(?:https?://|mailto:)[^\s)]+)\)"
    r"|(?P<link>https?://[^\s<>\"]+[^\s<>\".,;:)])"
)


def tidy(written):
    """Return what was typed or pasted as plain words; pasted HTML becomes lines, lists and bold words."""
    written = text.clean(written or "").replace("\r\n", "\n").strip()
    if not _PASTED.search(written):
        return written
    for pattern, words in (
        (r"<li\b[^>]*>\s*", "- "),
        (r"</?(?:b|strong)\b[^>]*>", "**"),
        (r"</?(?:i|em)\b[^>]*>", "*"),
        (r"</(?:p|div|li|tr|h\d)>", "\n"),
        (r"</p>|</ul>|</ol>", "\n"),
        (r"<br\s*/?>", "\n"),
    ):
        written = re.sub(pattern, words, written, flags=re.IGNORECASE)
    bare = nh3.clean(written, tags=set(), clean_content_tags={"script", "style"})
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&amp;", "&")):
        bare = bare.replace(entity, sign)
    return re.sub(r"\n{3,}", "\n\n", bare).strip()


def to_html(written):
    """Return typed words as limited HTML: a paragraph for each block of lines, lists for lines that begin so."""
    html = []
    for part in re.split(r"\n\s*\n", tidy(written)):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        while lines:
            listed = bool(_BULLET.match(lines[0]))
            here = 0
            while here < len(lines) and bool(_BULLET.match(lines[here])) == listed:
                here += 1
            html.append(
                _list(lines[:here]) if listed else f"<p>{'<br>'.join(map(_inline, lines[:here]))}</p>"
            )
            lines = lines[here:]
    return "".join(html)


def _list(lines):
    tag = "ol" if lines[0][0].isdigit() else "ul"
    items = "".join(f"<li>{_inline(_BULLET.sub('', line, count=1))}</li>" for line in lines)
    return f"<{tag}>{items}</{tag}>"


def _inline(line):
    pieces, end = [], 0
    for match in _INLINE.finditer(line):
        pieces.append(escape(line[end : match.start()]))
        if match["bold"]:
            pieces.append(f"<strong>{escape(match['bold'])}</strong>")
        elif match["italic"]:
            pieces.append(f"<em>{escape(match['italic'])}</em>")
        else:
            address = match["named"] or match["link"]
            pieces.append(f'<a href="{escape(address)}">{escape(match["words"] or address)}</a>')
        end = match.end()
    return "".join([*pieces, escape(line[end:])])


def clean_html(html):
    """Return stored HTML with the allowed elements only; links keep http, https and mailto."""
    return nh3.clean(
        html or "",
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        clean_content_tags={"script", "style"},
    )
