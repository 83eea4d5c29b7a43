"""What a machine can check of PDF/UA-1 (ISO 14289-1), after the Matterhorn Protocol's checkpoints; no conformance claim."""

import pikepdf

LEVELS = {"/H1": 1, "/H2": 2, "/H3": 3, "/H4": 4}
SHOWING = {"Tj", "TJ", "'", '"'}


def problems(file):
    """Return what is wrong with an opened PDF, in words; nothing if all is well."""
    nodes = list(_in_order(file.Root.StructTreeRoot))
    found = [*_document(file), *_fonts(file), *_headings(nodes), *_tables(nodes), *_parts(nodes)]
    for number, page in enumerate(file.pages, start=1):
        found += [f"page {number}: {each}" for each in [*_annotations(page), *_content(file, page)]]
    return found


def _in_order(root):
    """Yield elements as they are read."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if "/S" in node:
            yield node
        children = node.get("/K", [])
        children = children if isinstance(children, pikepdf.Array) else [children]
        waiting += [
            each for each in reversed(list(children)) if isinstance(each, pikepdf.Dictionary) and "/S" in each
        ]


def _document(file):
    root = file.Root
    if not bool(root.MarkInfo.Marked):
        yield "06: not marked as tagged"
    if not str(root.get("/Lang", "")):
        yield "11: no language"
    if not bool(root.ViewerPreferences.get("/DisplayDocTitle", False)):
        yield "07: the title is not shown"
    known = root.Metadata.read_bytes()
    yield from (
        f"06: no {name} in the metadata"
        for name in ("pdfuaid:part", "dc:title")
        if name.encode() not in known
    )
    for attached in root.get("/AF", []):
        if "/AFRelationship" not in attached or "/UF" not in attached or "/F" not in attached:
            yield "21: an attached file without name or relationship"
    if len(root.get("/AF", [])) != len(file.attachments):
        yield "an attachment that is no associated file"


def _fonts(file):
    for font in (
        each for each in file.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"
    ):
        if font.Subtype == "/Type0" and "/ToUnicode" not in font:
            yield f"10: {font.BaseFont} has no table of characters"
    for each in file.objects:
        is_descriptor = isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
        if is_descriptor and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(each.keys()):
            yield f"31: {each.FontName} is not embedded"


def _headings(nodes):
    before = 0
    for node in nodes:
        level = LEVELS.get(str(node.S))
        if level:
            if level > before + 1:
                yield f"14: a heading of level {level} after one of level {before}"
            before = level
    if not before:
        yield "14: no heading"


def _tables(nodes):
    for table in (node for node in nodes if node.S == "/Table"):
        rows = [node for node in _in_order(table) if node.S == "/TR"]
        names = {str(cell.ID) for row in rows for cell in row.K if "/ID" in cell}
        widths = set()
        for row in rows:
            cells = list(row.K)
            if any(cell.S not in ("/TH", "/TD") for cell in cells):
                yield "15: something in a row that is no cell"
            widths.add(sum(int(cell.A.get("/ColSpan", 1)) for cell in cells))
            if any(str(name) not in names for cell in cells for name in cell.A.get("/Headers", [])):
                yield "15: a cell that names a head which is not there"
            if any(cell.S == "/TD" and not len(cell.A.get("/Headers", [])) for cell in cells):
                yield "15: a cell without a head"
        if len(widths) > 1:
            yield f"15: rows of {sorted(widths)} cells"


def _parts(nodes):
    notes = [str(node.get("/ID", "")) for node in nodes if node.S == "/Note"]
    if "" in notes or len(notes) != len(set(notes)):
        yield "19: notes without names of their own"
    for node in nodes:
        if node.S == "/Figure" and not str(node.get("/Alt", "")):
            yield "13: a figure without words"
        if node.S == "/L" and any(child.S not in ("/LI", "/Caption", "/L") for child in node.K):
            yield "16: something in a list that is no item"


def _annotations(page):
    annotations = page.obj.get("/Annots", [])
    if len(annotations) and page.obj.get("/Tabs") != "/S":
        yield "28: the order of tabbing is not that of the structure"
    for each in annotations:
        if each.Subtype == "/Link" and not str(each.get("/Contents", "")):
            yield "28: a link without words"
        if "/StructParent" not in each:
            yield "28: an annotation outside the structure"


def _content(file, page):
    """Text stands in marked content; what is marked belongs to an element or is decoration."""
    depth, known = 0, dict(_numbers(file.Root.StructTreeRoot.ParentTree))
    elements = known[int(page.obj.StructParents)]
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in ("BMC", "BDC"):
            depth += 1
            marks = instruction.operands[1] if operator == "BDC" else {}
            if "/MCID" in marks and (
                int(marks.MCID) >= len(elements) or "/S" not in elements[int(marks.MCID)]
            ):
                yield f"01: content {int(marks.MCID)} belongs to nothing"
        elif operator == "EMC":
            depth -= 1
        elif operator in SHOWING and depth == 0:
            yield "01: text that is neither content nor decoration"


def _numbers(tree):
    """Yield the pairs of a number tree, with or without kids."""
    numbers = tree.get("/Nums", [])
    yield from ((int(numbers[at]), numbers[at + 1]) for at in range(0, len(numbers), 2))
    for kid in tree.get("/Kids", []):
        yield from _numbers(kid)
