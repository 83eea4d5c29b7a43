"""What a coordinator may write into a report: paragraphs, lists, bold, italics and links; nothing else survives."""

from html import escape

import nh3

from coalition import text

TAGS = {"p", "br", "ul", "ol", "li", "strong", "b", "em", "i", "a"}


def clean_html(written):
    """Return `written` (plain text or HTML) as limited, well-formed HTML.

    Plain text keeps its paragraphs and its "- " lists. Scripts, styles, images, `link` and other
    elements are dropped with what they would fetch; links keep http, https and mailto only.
    """
    written = text.clean(written or "").strip()
    if not written:
        return ""
    if "<" not in written:
        written = _paragraphs(written)
    return nh3.clean(
        written, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=None
    )


def _paragraphs(plain):
    html = []
    for part in plain.split("\n\n"):
        lines = [escape(line) for line in part.splitlines() if line.strip()]
        if lines and all(
            line.lstrip().startswith(("- ", "• ", "* ")) for line in part.splitlines() if line.strip()
        ):
            items = "".join(
                f"<li>{escape(line.strip()[2:])}</li>" for line in part.splitlines() if line.strip()
            )
            html.append(f"<ul>{items}</ul>")
        elif lines:
            html.append(f"<p>{'<br>'.join(lines)}</p>")
    return "".join(html)
