"""What may be uploaded: files are judged by their content, never by their name or what the browser says.

`check_office_file(upload, kinds=("docx",))` is for every room that reads office files: it looks at the zip
directory and counts what really comes out while unpacking, before any parser opens the file.
"""

import io
import re
import zipfile
import zlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MEGABYTE = 1024 * 1024
PHOTO_SIZE, DOCUMENT_SIZE, SHEET_SIZE = 10 * MEGABYTE, 20 * MEGABYTE, 5 * MEGABYTE
PHOTO_PIXELS = 50_000_000
PHOTO_EDGE = 2000  # longer pictures are made smaller: enough to print across a page
UNPACKED = 30 * MEGABYTE
ENTRIES = 200
RATIO = 100
OFFICE = {
    "docx": ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pptx": (
        "ppt/presentation.xml",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
}
_INNER_ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".jar", ".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".exe")
_EXTERNAL = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)


class Refused(ValidationError):
    """A file that is not taken in; `status` is the HTTP status: 413 too large, 415 wrong kind."""

    def __init__(self, message, status=415):
        super().__init__(message, code="refused")
        self.status = status


def check_size(upload, limit):
    """Raise Refused if the upload is empty or larger than `limit` bytes."""
    if not upload.size:
        raise Refused(_("The file is empty."))
    if upload.size > limit:
        raise Refused(
            _("The file is too large: at most %(megabytes)s MB.") % {"megabytes": limit // MEGABYTE},
            status=413,
        )


def sniff(upload):
    """Return what the content is: "photo", "pdf", "zip" or ""."""
    upload.seek(0)
    head = upload.read(16)
    upload.seek(0)
    if (
        head[:3] == b"\xff\xd8\xff"
        or head[:8] == b"\x89PNG\r\n\x1a\n"
        or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
    ):
        return "photo"
    if head[:5] == b"%PDF-":
        return "pdf"
    return "zip" if head[:4] == b"PK\x03\x04" else ""


def clean_photo(upload):
    """Return (JPEG bytes, width, height) of a photo drawn anew: no place, camera or time is left in it."""
    check_size(upload, PHOTO_SIZE)
    upload.seek(0)
    try:
        with Image.open(upload, formats=("JPEG", "PNG", "WEBP")) as image:
            if image.width * image.height > PHOTO_PIXELS:
                raise Refused(_("The picture has too many points: at most 50 megapixels."), status=413)
            picture = ImageOps.exif_transpose(image).convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused(_("This is not a JPEG, PNG or WebP picture, or it is damaged.")) from error
    picture.thumbnail((PHOTO_EDGE, PHOTO_EDGE))
    sheet = Image.new("RGB", picture.size, "white")
    sheet.paste(picture, mask=picture.getchannel("A"))
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue(), *sheet.size


def check_pdf(upload, limit=DOCUMENT_SIZE):
    """Raise Refused unless the upload is a PDF without scripts, programs to start or files inside."""
    check_size(upload, limit)
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise Refused(_("This is not a PDF file, or it is damaged."))
    if re.search(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia)\b", content):
        raise Refused(_("The PDF holds scripts or files inside. Print it to PDF again and send that."))


def check_office_file(upload, kinds=("docx", "xlsx"), limit=None, allow_external_links=False):
    """Return "docx", "xlsx" or "pptx"; raise Refused for anything that is not safe to open.

    At most 200 entries and 30 MB unpacked (counted while unpacking: the directory may lie), no entry
    packed more than a hundredfold, no archives inside, no macros, no links out but ordinary hyperlinks.
    """
    check_size(upload, limit or (SHEET_SIZE if tuple(kinds) == ("xlsx",) else DOCUMENT_SIZE))
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as archive:
            kind = _kind_of(archive, kinds)
            _look_inside(archive, allow_external_links)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, zlib.error) as error:
        raise Refused(_("This is not a Word or Excel file, or it is damaged.")) from error
    finally:
        upload.seek(0)
    return kind


def _kind_of(archive, kinds):
    names = {entry.filename for entry in archive.infolist()}
    if len(archive.infolist()) > ENTRIES:
        raise Refused(_("The file holds too many parts."), status=413)
    if "[Content_Types].xml" not in names:
        raise Refused(_("This is not a Word or Excel file, or it is damaged."))
    for kind in kinds:
        if OFFICE[kind][0] in names:
            return kind
    raise Refused(
        _("Please send a file of this kind: %(kinds)s.") % {"kinds": ", ".join(f".{kind}" for kind in kinds)}
    )


def _look_inside(archive, allow_external_links):
    total = 0
    for entry in archive.infolist():
        name = entry.filename
        if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name:
            raise Refused(_("The file holds parts with odd names."))
        if name.lower().endswith(_INNER_ARCHIVES):
            raise Refused(_("The file holds other files inside. Take them out and send it again."))
        if "vbaproject" in name.lower() or "/activex/" in name.lower():
            raise Refused(_("The file holds macros. Save it without macros and send it again."))
        if entry.flag_bits & 1:
            raise Refused(_("The file is locked with a password. Take the password off and send it again."))
        total += _inflate(archive, entry, UNPACKED - total, allow_external_links)


def _inflate(archive, entry, room, allow_external_links):
    """Unpack one entry piece by piece, look at what is markup, and return its true size."""
    is_markup = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    size, tail = 0, b""
    with archive.open(entry) as part:
        while piece := part.read(64 * 1024):
            size += len(piece)
            if size > room or (size > MEGABYTE and size > RATIO * max(entry.compress_size, 1)):
                raise Refused(_("The file is too large once unpacked: at most 30 MB."), status=413)
            if is_markup:
                tail = _look_at_markup(entry.filename, tail[-2048:] + piece, allow_external_links)
    return size


def _look_at_markup(name, markup, allow_external_links):
    if b"<!DOCTYPE" in markup or b"<!ENTITY" in markup:
        raise Refused(_("The file holds markup that office programs do not write."))
    if name == "[Content_Types].xml" and b"macroEnabled" in markup:
        raise Refused(_("The file holds macros. Save it without macros and send it again."))
    if name.endswith(".rels") and not allow_external_links:
        for link in _EXTERNAL.findall(markup):
            if b"/hyperlink" not in link:
                raise Refused(
                    _("The file takes contents from elsewhere. Remove such links and send it again.")
                )
    return markup
