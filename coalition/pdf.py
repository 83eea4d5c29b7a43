"""HTML to tagged PDF by WeasyPrint, with bundled full fonts and no way out to the network or the disk."""

from importlib.resources import files

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
            super().__init__(allowed_protocols=("data",), allow_redirects=False)

        def fetch(self, url, headers=None):
            if url.startswith("app:font/") and url[9:] in FONTS:
                content = files(FONT_PACKAGE).joinpath("files", FONTS[url[9:]]).read_bytes()
                return URLFetcherResponse(url, content, {"Content-Type": "font/ttf"})
            if url.startswith("app:image/") and url[10:] in images:
                content, kind = images[url[10:]]
                return URLFetcherResponse(url, content, {"Content-Type": kind})
            if url.startswith("data:image/"):
                return super().fetch(url, headers)
            raise ValueError(f"not bundled: {url[:80]}")

    return Bundled()


def render(html, *, css="", images=None, attachments=(), made_at=None, identifier=None, tagged=True):
    """Return `html` as a PDF/UA-1 tagged document (bytes).

    html: a whole document with `lang` and `<title>`. css: the document's own style sheet.
    images: {"name": (bytes, content type)}, shown by `<img src="app:image/name">`.
    attachments: (file name, bytes, description) triples put inside the PDF.
    made_at: the moment written beside the attachments; now where it is left out.
    tagged: False only for what is laid under a page as decoration.
    identifier: bytes that stand in the file as its id; the same input then gives the same bytes.
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
    return HTML(string=html, base_url="app:", url_fetcher=fetcher, media_type="print").write_pdf(
        stylesheets=sheets,
        font_config=fonts,
        attachments=kept,
        pdf_variant="pdf/ua-1" if tagged else None,
        pdf_identifier=identifier,
    )
