"""Taking in a file of minutes: what may be opened, and how it is decoded."""

import io

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.files import checks
from meetings.minutes import from_docx, read_docx, read_text, understanding

TEXT_SIZE = 2 * checks.MEGABYTE


def read_file(file, name, size):
    """Return the Table in a .docx or text file; raise Refused with a message for the person otherwise."""
    upload = InMemoryUploadedFile(file, "file", name, "", size, None)
    if checks.sniff(upload) == "zip" or name.lower().endswith(".docx"):
        checks.check_office_file(upload, kinds=("docx",))
        try:
            return read_docx(io.BytesIO(upload.read()))
        except from_docx.NotMinutes as error:
            raise checks.Refused(_("This is not a Word or Excel file, or it is damaged.")) from error
    checks.check_size(upload, TEXT_SIZE)
    return read_text(decoded(upload.read()))


def decoded(content):
    """Return the text of a file in UTF-8, or in UTF-16 as Notepad writes it; raise Refused for anything else."""
    for start, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if content.startswith(start):
            try:
                words = content.decode(encoding)
            except UnicodeDecodeError:
                break
            if "\x00" in words:
                break
            return words
    raise checks.Refused(_("This is not a text file in UTF-8. Save it as .docx or as text in UTF-8."))


def held_on_in(table):
    """Return the day that the lines above the table name, or None."""
    return understanding.held_on_in(table, timezone.localdate())
