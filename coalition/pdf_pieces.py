"""Long documents laid out in pieces side by side and joined into one tagged PDF with right page numbers.

This process lays out pieces like the others, and joins what is ready while they go on; the joined file keeps the
structure tree (headings, tables, headers of cells), which a plain merge would throw away.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from coalition import pdf

TIME = 600  # seconds one piece may take
MOST = 8  # processes; each needs some 150 MB
FONT_SIZE, FAINT = 8, "0.357 0.4 0.392"
SIGNS = "0 / 123456789"  # all that page numbers are written with


class PieceFailed(Exception):
    """A process that lays out pieces has ended before its piece was done."""


class Printers:
    """Processes that lay out HTML documents side by side, this one among them.

    with Printers(css, workers=2) as printers:  # one other process, which begins to wake up
        printers.take(documents)
        for content in printers.laid_out(on_piece=tell): ...

    Whoever is free takes the next document. Asked for its results, this process lays out documents too, for as
    long as the next one in order is not there.
    """

    def __init__(self, css, *, workers=None):
        self.css, self.pieces, self.waiting, self.processes = css, [], deque(), []
        self.others = min(workers or os.cpu_count() or 1, MOST) - 1

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.pool = ThreadPoolExecutor(max(self.others, 1))
        # By its path and without its folder (-P): the module stands alone, and is there before Celery would be.
        command = [sys.executable, "-P", pdf.__file__]
        for _each in range(self.others):
            process = subprocess.Popen(  # noqa: S603  (our own module)
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            self.processes.append(process)
        return self

    def __exit__(self, *exc):
        """Let nobody wait for what is no longer wanted."""
        self.waiting.clear()
        for process in self.processes:
            process.kill()
            process.wait()
            with suppress(OSError):  # words it never read are still on their way
                process.stdin.close()
        self.pool.shutdown()
        for process in self.processes:
            process.stdout.close()
        self.folder.cleanup()

    def take(self, documents):
        """Begin to lay out the documents, in their order."""
        for html in documents:
            self.pieces.append(Future())
            self.waiting.append((len(self.pieces), html))
        for process in self.processes:
            self.pool.submit(self._feed, process)

    def laid_out(self, *, on_piece=None, on_page=None):
        """Yield the PDFs (bytes) in order. on_piece: called with how many are done; on_page: see `pdf.render`."""
        for piece in self.pieces:
            while not piece.done() and (taken := self._next()):
                number, html = taken
                made = pdf.render(html, css=self.css, part=f"p{number}", on_page=on_page)
                self.pieces[number - 1].set_result(made)
                self._tell(on_piece)
            content = piece.result(timeout=TIME)
            self._tell(on_piece)
            yield content

    def _tell(self, on_piece):
        if on_piece:
            on_piece(sum(piece.done() for piece in self.pieces))

    def _next(self):
        try:
            return self.waiting.popleft()
        except IndexError:
            return None

    def _feed(self, process):
        """Give one process a document after another, until none is left."""
        while taken := self._next():
            number, html = taken
            try:
                self.pieces[number - 1].set_result(self._by(process, number, html))
            except Exception as error:
                self.pieces[number - 1].set_exception(error)
                return

    def _by(self, process, number, html):
        given, made = Path(self.folder.name, f"{number}.json"), Path(self.folder.name, f"{number}.pdf")
        given.write_text(json.dumps({"html": html, "css": self.css, "part": f"p{number}"}), encoding="utf-8")
        process.stdin.write(f"{given}\t{made}\n")
        process.stdin.flush()
        if process.stdout.readline().strip() != "done":
            raise PieceFailed(f"piece {number} could not be laid out")
        return made.read_bytes()


def pages_of(content):
    """Return the number of pages of a PDF."""
    import pikepdf

    with pikepdf.open(BytesIO(content)) as file:
        return len(file.pages)


class Joined:
    """One tagged PDF that grows by one part (bytes) after another and is written once."""

    def __init__(self, first):
        import pikepdf

        self.whole = pikepdf.open(BytesIO(first))
        self.tree = self.whole.Root.StructTreeRoot
        self.numbers = list(self.tree.ParentTree.Nums)  # key, its elements, next key, its elements, …

    def add(self, content):
        """Append the pages of a part, and hang its elements under those of the document."""
        import pikepdf

        part = pikepdf.open(BytesIO(content))
        shift = max((int(key) for key in self.numbers[::2]), default=-1) + 1
        for page in part.pages:
            page.obj.StructParents = int(page.obj.StructParents) + shift
            for note in page.obj.get("/Annots", []):
                if "/StructParent" in note:
                    note.StructParent = int(note.StructParent) + shift
        self.whole.pages.extend(part.pages)
        body = self.tree.K[0]
        for element in self.whole.copy_foreign(part.Root.StructTreeRoot.K[0]).K:
            element.P = body
            body.K.append(element)
        taken = self.whole.copy_foreign(part.make_indirect(part.Root.StructTreeRoot.ParentTree.Nums))
        for place in range(0, len(taken), 2):
            self.numbers += [int(taken[place]) + shift, taken[place + 1]]

    def written(self, *, bookmarks=(), foot=22):
        """Return the file, with "page / pages" at the foot of every page but the first.

        bookmarks: (title, number of the page, from 0) pairs, added after those of the first part. foot: the
        height of the bottom margin in millimetres.
        """
        import pikepdf

        self.tree.ParentTree.Nums = pikepdf.Array(self.numbers)
        with self.whole.open_outline() as outline:
            for title, page in bookmarks:
                outline.root.append(pikepdf.OutlineItem(title, page))
        self._number_pages(foot)
        out = BytesIO()
        packed = pikepdf.ObjectStreamMode.generate  # thousands of elements take a tenth of the room
        self.whole.save(out, deterministic_id=True, object_stream_mode=packed)
        return out.getvalue()

    def _number_pages(self, foot):
        """Write the numbers as decoration, which readers for the blind leave out, with glyphs of our own font."""
        import pikepdf

        font, codes, widths = _glyphs(self.whole)
        begin = self.whole.make_stream(b"q")
        up = foot / 25.4 * 72 / 2 - 0.35 * FONT_SIZE
        for place, page in enumerate(self.whole.pages, start=1):
            if place == 1:
                continue
            words = f"{place} / {len(self.whole.pages)}"
            wide = sum(widths[sign] for sign in words) * FONT_SIZE / 1000
            left = (float(page.obj.MediaBox[2]) - wide) / 2
            shown = "".join(codes[sign] for sign in words)
            page.obj.Resources.Font["/PageNumber"] = font
            text = f"BT /PageNumber {FONT_SIZE} Tf {FAINT} rg {left:.2f} {up:.2f} Td <{shown}> Tj ET"
            end = self.whole.make_stream(f"Q /Artifact BMC {text} EMC".encode())
            page.obj.Contents = pikepdf.Array([begin, page.obj.Contents, end])


def _glyphs(whole):
    """Return (our font in `whole`, {sign: its glyph in hexadecimal}, {sign: its width in thousandths})."""
    import pikepdf

    html = f'<html lang="vi"><head><title>1</title></head><body>{SIGNS}</body></html>'
    css = 'html { font-family: "Be Vietnam Pro"; font-kerning: none }'
    pattern = pikepdf.open(BytesIO(pdf.render(html, css=css, tagged=False)))
    page = pattern.pages[0]
    drawn = b""
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) in ("Tj", "TJ"):
            shown = operands[0] if str(operator) == "TJ" else operands
            drawn += b"".join(bytes(each) for each in shown if isinstance(each, pikepdf.String))
    glyphs = [drawn[place : place + 2] for place in range(0, len(drawn), 2)]
    (font,) = page.obj.Resources.Font.values()
    table = list(font.DescendantFonts[0].W)  # first glyph, widths from there on, next first glyph, …
    wide = {
        int(first) + place: float(width)
        for first, row in zip(table[::2], table[1::2], strict=True)
        for place, width in enumerate(row)
    }
    codes = dict(zip(SIGNS, glyphs, strict=True))
    return (
        whole.copy_foreign(font),
        {sign: glyph.hex() for sign, glyph in codes.items()},
        {sign: wide[int.from_bytes(glyph)] for sign, glyph in codes.items()},
    )
