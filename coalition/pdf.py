"""HTML to tagged PDF by WeasyPrint, with bundled full fonts and no way out to the network or the disk."""

import json
import logging
import re
import sys
import threading
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

FONT_PACKAGE = "fontpkg_be_vietnam_pro"
# Full files, never web subsets: WeasyPrint prints wrong letters from those while their text layer looks right.
FONTS = {
    "regular.ttf": "BeVietnamPro-Regular.ttf",
    "semibold.ttf": "BeVietnamPro-SemiBold.ttf",
    "italic.ttf": "BeVietnamPro-Italic.ttf",
}
FONT_FACES = """
@font-face { font-family: "Be Vietnam Pro"; font-weight: 400; src: url("app:font/regular.ttf") }
@font-face { font-family: "Be Vietnam Pro"; font-weight: 600; src: url("app:font/semibold.ttf") }
@font-face { font-family: "Be Vietnam Pro"; font-weight: 400; font-style: italic; src: url("app:font/italic.ttf") }
"""


def _fetcher(images):
    """Return a fetcher that gives out our fonts and the named `images`, and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Bundled(URLFetcher):
        def __init__(self):
            super().__init__(allowed_protocols=(), allow_redirects=False)

        def fetch(self, url, headers=None):  # noqa: ARG002  (the signature is WeasyPrint's)
            if url.startswith("app:font/") and url[9:] in FONTS:
                content = files(FONT_PACKAGE).joinpath("files", FONTS[url[9:]]).read_bytes()
                return URLFetcherResponse(url, content, {"Content-Type": "font/ttf"})
            if url.startswith("app:image/") and url[10:] in images:
                content, kind = images[url[10:]]
                return URLFetcherResponse(url, content, {"Content-Type": kind})
            raise ValueError(f"not bundled: {url[:80]}")

    return Bundled()


def render(
    html,
    *,
    css="",
    images=None,
    attachments=(),
    made_at=None,
    identifier=None,
    tagged=True,
    on_page=None,
    count_only=False,
    part="",
):
    """Return `html` as a PDF/UA-1 tagged document (bytes).

    html: a whole document with `lang` and `<title>`. css: the document's own style sheet.
    images: {"name": (bytes, content type)}, shown by `<img src="app:image/name">`.
    attachments: (file name, bytes, description) triples put inside the PDF.
    made_at: the moment written beside the attachments; now where it is left out.
    identifier: bytes that stand in the file as its id; the same input then gives the same bytes.
    tagged: False only for what is laid under a page as decoration.
    on_page: called with the number of each page as it is laid out; what it raises ends the work.
    count_only: return the number of pages instead, which is had sooner.
    part: the name of a part of a larger document; ids of cells begin with it, so that no two parts share one.
    """
    from weasyprint import CSS, HTML, Attachment  # 2 s of CPU: only where a PDF is made
    from weasyprint.text.fonts import FontConfiguration

    fetcher, fonts = _fetcher(images or {}), FontConfiguration()
    sheets = [CSS(string=FONT_FACES + css, font_config=fonts, url_fetcher=fetcher)]
    kept = [
        Attachment(
            string=content,
            name=name,
            description=description,
            relationship="Data",
            created=made_at,
            modified=made_at,
        )
        for name, content, description in attachments
    ]
    page = HTML(string=html, base_url="app:", url_fetcher=fetcher, media_type="print")
    options = {
        "attachments": kept,
        "pdf_identifier": identifier,
        "pdf_variant": "pdf/ua-1" if tagged else None,
        "dpi": 150,
        "jpeg_quality": 82,
    }
    with _pages_told(on_page):
        laid_out = page.render(stylesheets=sheets, font_config=fonts, **options)
        if count_only:
            return len(laid_out.pages)
        return laid_out.write_pdf(finisher=lambda _document, made: _complete(made, part), **options)


@contextmanager
def _pages_told(on_page):
    """Read from WeasyPrint's own log of progress which page it lays out, in this thread only."""
    if on_page is None:
        yield
        return
    mine = threading.get_ident()

    class Reader(logging.Handler):
        def emit(self, record):
            found = re.search(r"Page (\d+)", record.getMessage())
            if found and threading.get_ident() == mine:
                on_page(int(found[1]))

    logger, reader = logging.getLogger("weasyprint.progress"), Reader()
    logger.addHandler(reader)
    logger.propagate = False  # what is read here is not for the log of the portal
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(reader)


def _complete(made, part):
    """Add what WeasyPrint leaves out of PDF/UA-1, before the file is written.

    Attachments become associated files. Footnotes, which it tags like the element they are, become notes: ours
    are the only block quotes. Ids of cells, which it draws from the numbers of objects, get the name of the part.
    """
    import pydyf

    notes = 0
    for thing in made.objects:
        if not isinstance(thing, pydyf.Dictionary):
            continue
        if thing.get("Type") == "/Filespec":
            thing["AFRelationship"] = "/Data"
            made.catalog.setdefault("AF", pydyf.Array()).append(thing.reference)
        elif thing.get("S") == "/BlockQuote":
            thing["S"], thing["ID"] = "/Note", pydyf.String(f"note-{notes}")
            notes += 1
        elif part and thing.get("S") in ("/TH", "/TD"):
            _rename(thing, part)


def _rename(cell, part):
    """Let the ids of a cell and of its heads begin with the name of the part."""
    import pydyf

    if "ID" in cell:
        cell["ID"] = pydyf.String(f"{part}-{cell['ID'].string}")
    heads = cell.get("A", {}).get("Headers", ())
    if heads:
        cell["A"]["Headers"] = pydyf.Array([pydyf.String(f"{part}-{head.string}") for head in heads])


def elements(node):
    """Yield the structure elements below a node, without recursion: tables of thousands of rows are deep enough."""
    import pikepdf

    waiting = [node]
    while waiting:
        children = waiting.pop().get("/K", [])
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                yield child
                waiting.append(child)


def main():
    """Lay out what the lines on standard input name, one "given<tab>made" each, until they end."""
    import weasyprint  # noqa: F401  (read while the first document is still on its way)

    for line in sys.stdin:
        given, made = (Path(name) for name in line.rstrip("\n").split("\t"))
        piece = json.loads(given.read_text(encoding="utf-8"))
        made.write_bytes(render(piece["html"], css=piece["css"], part=piece["part"]))
        print("done", flush=True)


if __name__ == "__main__":
    main()
