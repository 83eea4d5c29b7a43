"""Long documents laid out in pieces side by side and joined into one tagged PDF with right page numbers.

Each piece is laid out by a process of its own, which gives its memory back; the joined file keeps the
structure tree (headings, tables, headers of cells), which a plain merge would throw away.
"""

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from io import BytesIO
from pathlib import Path

from coalition import pdf

TIME = 600  # seconds one piece may take
NUMBER_CSS = """@page { size: %s; margin: 0 0 10mm; @bottom-center { content: counter(page) " / " counter(pages);
font-size: 8pt; color: #5b6664 } } @page :first { @bottom-center { content: none } }
html { font-family: "Be Vietnam Pro" } p { margin: 0; break-after: page } p:last-child { break-after: auto }"""


def render_all(pieces, *, css, workers=None, on_piece=None):
    """Return the PDFs (bytes) of several HTML documents, laid out by `workers` processes (all cores if None).

    on_piece: called with (pieces done, pieces in all). Raises CalledProcessError if a piece cannot be made.
    """
    made = {}
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        waiting = {pool.submit(_in_child, html, css): place for place, html in enumerate(pieces)}
        for done in as_completed(waiting):
            made[waiting[done]] = done.result()
            if on_piece:
                on_piece(len(made), len(pieces))
    return [made[place] for place in range(len(pieces))]


def _in_child(html, css):
    with tempfile.TemporaryDirectory() as folder:
        given, taken = Path(folder, "in.json"), Path(folder, "out.pdf")
        given.write_text(json.dumps({"html": html, "css": css}), encoding="utf-8")
        command = [sys.executable, "-m", "coalition.pdf_pieces", str(given), str(taken)]
        root = str(Path(__file__).resolve().parent.parent)
        subprocess.run(command, check=True, capture_output=True, timeout=TIME, cwd=root)  # noqa: S603  (our own module)
        return taken.read_bytes()


def join(parts, *, bookmarks=()):
    """Return one tagged PDF of several (bytes each), in their order.

    bookmarks: (title, number of the part it begins) pairs, added after those of the first part.
    """
    import pikepdf

    whole = pikepdf.open(BytesIO(parts[0]))
    body = whole.Root.StructTreeRoot.K[0]
    begins = [0]
    for number, content in enumerate(parts[1:], start=1):
        begins.append(len(whole.pages))
        part = pikepdf.open(BytesIO(content))
        _take_pages(whole, part, number)
        _take_structure(whole, body, part, number)
    with whole.open_outline() as outline:
        for title, part in bookmarks:
            outline.root.append(pikepdf.OutlineItem(title, begins[part]))
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
    for element in _elements(source):
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


def _elements(node):
    """Yield the structure elements below a node, without recursion: tables of thousands of rows are deep enough."""
    import pikepdf

    waiting = [node]
    while waiting:
        children = waiting.pop().get("/K", [])
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                yield child
                waiting.append(child)


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
    for page, number in zip(whole.pages, numbers.pages, strict=True):
        form = whole.copy_foreign(number.as_form_xobject())
        name = page.add_resource(form, pikepdf.Name.XObject)
        page.contents_add(b"q", prepend=True)
        page.contents_add(f"Q /Artifact BMC q {name} Do Q EMC".encode())
    return _saved(whole)


def _saved(whole):
    out = BytesIO()
    whole.save(out, deterministic_id=True)
    return out.getvalue()


if __name__ == "__main__":
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    Path(sys.argv[2]).write_bytes(pdf.render(given["html"], css=given["css"]))
