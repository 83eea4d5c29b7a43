"""Long documents laid out in pieces side by side and joined into one tagged PDF with right page numbers.

Each piece is laid out by a process of its own, which gives its memory back; the joined file keeps the
structure tree (headings, tables, headers of cells), which a plain merge would throw away.
"""

import json
import os
import queue
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from coalition import pdf

TIME = 600  # seconds one piece may take
NUMBER_CSS = """@page { size: %s; margin: 0 0 10mm; @bottom-center { content: counter(page) " / " counter(pages);
font-size: 8pt; color: #5b6664 } } @page :first { @bottom-center { content: none } }
html { font-family: "Be Vietnam Pro" } p { margin: 0; break-after: page } p:last-child { break-after: auto }"""


class Printers:
    """Processes that lay out HTML documents side by side; each has read its fonts once for all its pieces.

    with Printers(css) as printers:
        waiting = printers.start(documents)
        contents = printers.collect(waiting, on_piece=tell)
    """

    def __init__(self, css, *, workers=None):
        self.css, self.free, self.processes = css, queue.Queue(), []
        self.number = workers or os.cpu_count() or 1

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.pool = ThreadPoolExecutor(self.number)
        return self

    def __exit__(self, *exc):
        """Let nobody wait for what is no longer wanted."""
        self.pool.shutdown(wait=False, cancel_futures=True)
        for process in self.processes:
            process.kill()
            process.wait()
            with suppress(OSError):  # words it never read are still on their way
                process.stdin.close()
            process.stdout.close()
        self.pool.shutdown()
        self.folder.cleanup()

    def start(self, documents):
        """Begin to lay out the documents; return what `collect` waits for."""
        for _each in range(min(self.number, len(documents))):
            command = [sys.executable, "-m", "coalition.pdf_pieces"]
            root = str(Path(__file__).resolve().parent.parent)
            process = subprocess.Popen(  # noqa: S603  (our own module)
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
            )
            self.processes.append(process)
            self.free.put(process)
        return [self.pool.submit(self._laid_out, place, html) for place, html in enumerate(documents)]

    def collect(self, waiting, *, on_piece=None):
        """Return the PDFs (bytes) in order. on_piece: called with how many are done."""
        for number, _done in enumerate(as_completed(waiting, timeout=TIME * len(waiting)), start=1):
            _done.result()
            if on_piece:
                on_piece(number)
        return [future.result() for future in waiting]

    def _laid_out(self, place, html):
        given, taken = Path(self.folder.name, f"{place}.json"), Path(self.folder.name, f"{place}.pdf")
        given.write_text(json.dumps({"html": html, "css": self.css}), encoding="utf-8")
        process = self.free.get()
        try:
            process.stdin.write(f"{given}\t{taken}\n")
            process.stdin.flush()
            if process.stdout.readline().strip() != "done":
                raise PieceFailed(f"piece {place} could not be laid out")
        finally:
            self.free.put(process)
        return taken.read_bytes()


class PieceFailed(Exception):
    """A process that lays out pieces has ended before its piece was done."""


def pages_of(content):
    """Return the number of pages of a PDF."""
    import pikepdf

    with pikepdf.open(BytesIO(content)) as file:
        return len(file.pages)


def join(parts, *, bookmarks=()):
    """Return one tagged PDF of several (bytes each), in their order.

    bookmarks: (title, number of the page, from 0) pairs, added after those of the first part.
    """
    import pikepdf

    whole = pikepdf.open(BytesIO(parts[0]))
    body = whole.Root.StructTreeRoot.K[0]
    for number, content in enumerate(parts[1:], start=1):
        part = pikepdf.open(BytesIO(content))
        _take_pages(whole, part, number)
        _take_structure(whole, body, part, number)
    with whole.open_outline() as outline:
        for title, page in bookmarks:
            outline.root.append(pikepdf.OutlineItem(title, page))
    return _saved(whole)


def _take_pages(whole, part, number):
    """Append the pages; their places in the parent tree move behind those that are taken."""
    shift = _next_key(whole)
    for page in part.pages:
        page.obj.StructParents = int(page.obj.StructParents) + shift
        for note in page.obj.get("/Annots", []):
            if "/StructParent" in note:
                note.StructParent = int(note.StructParent) + shift
    whole.pages.extend(part.pages)
    part.Root.Shift = shift


def _next_key(whole):
    numbers = whole.Root.StructTreeRoot.ParentTree.Nums
    return max((int(numbers[place]) for place in range(0, len(numbers), 2)), default=-1) + 1


def _take_structure(whole, body, part, number):
    """Hang the part's elements under the document's, with ids of cells that no other part has."""
    import pikepdf

    source = part.Root.StructTreeRoot.K[0]
    for element in pdf.elements(source):
        _rename_ids(element, f"p{number}-")
    taken = whole.copy_foreign(source)
    for element in taken.K:
        element.P = body
        body.K.append(element)
    numbers = whole.copy_foreign(part.make_indirect(part.Root.StructTreeRoot.ParentTree.Nums))
    target = whole.Root.StructTreeRoot.ParentTree.Nums
    for place in range(0, len(numbers), 2):
        target.append(int(numbers[place]) + int(part.Root.Shift))
        target.append(numbers[place + 1])
    whole.Root.StructTreeRoot.ParentTree.Nums = pikepdf.Array(target)


def _rename_ids(element, prefix):
    import pikepdf

    if "/ID" in element:
        element.ID = pikepdf.String(prefix + str(element.ID))
    attributes = element.get("/A")
    if isinstance(attributes, pikepdf.Dictionary) and "/Headers" in attributes:
        attributes.Headers = pikepdf.Array(
            [pikepdf.String(prefix + str(name)) for name in attributes.Headers]
        )


def number_pages(content, *, size="A4"):
    """Return the PDF with "page / pages" at the foot of every page but the first, marked as decoration."""
    import pikepdf

    whole = pikepdf.open(BytesIO(content))
    blank = "<p></p>" * len(whole.pages)
    html = f'<html lang="vi"><head><title>1</title></head><body>{blank}</body></html>'
    numbers = pikepdf.open(BytesIO(pdf.render(html, css=NUMBER_CSS % size, tagged=False)))
    for place, (page, number) in enumerate(zip(whole.pages, numbers.pages, strict=True)):
        form = whole.copy_foreign(number.as_form_xobject())
        # A name of our own: pikepdf's is drawn by lot. Pages share their resources, so each needs another one.
        name = page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(f"/PageNumber{place}"))
        page.contents_add(b"q", prepend=True)
        page.contents_add(f"Q /Artifact BMC q {name} Do Q EMC".encode())
    return _saved(whole)


def _saved(whole):
    out = BytesIO()
    whole.save(out, deterministic_id=True)
    return out.getvalue()


def main():
    """Lay out what the lines on standard input name, one "given<tab>taken" each, until they end."""
    for line in sys.stdin:
        given, taken = line.rstrip("\n").split("\t")
        piece = json.loads(Path(given).read_text(encoding="utf-8"))
        Path(taken).write_bytes(pdf.render(piece["html"], css=piece["css"]))
        print("done", flush=True)


if __name__ == "__main__":
    main()
