"""Looks at an uploaded workbook before anything parses it, and hands it to the child process."""

import json
import logging
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from django.utils.translation import gettext as _

from campaigns.workbook import layout
from coalition.files.checks import Refused, check_office_file

logger = logging.getLogger(__name__)

CHILD = Path(__file__).with_name("child.py")
SECONDS = {"read": 15, "mark": 40}  # on the clock of a busy machine; on the processor it has less
COLUMNS = 30
_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+)(\d+)["']""")
_PIECE = 256 * 1024


def check(upload):
    """Raise Refused unless the file is a workbook of a size that a form can have."""
    check_office_file(upload, kinds=("xlsx",))
    upload.seek(0)
    with zipfile.ZipFile(upload) as archive:
        for entry in archive.infolist():
            if entry.filename.lower().startswith("xl/externallinks/"):
                raise Refused(
                    _("The workbook takes values from other files. Paste them as values and send it again.")
                )
            if entry.filename.lower().startswith("xl/worksheets/") and entry.filename.lower().endswith(
                ".xml"
            ):
                _check_sheet(archive, entry)
    upload.seek(0)


def _check_sheet(archive, entry):
    """Count rows and look where cells stand, piece by piece."""
    rows, tail = 0, b""
    with archive.open(entry) as part:
        while piece := part.read(_PIECE):
            seen = tail + piece
            rows += len(_ROW.findall(seen)) - len(_ROW.findall(tail))
            if rows > layout.MOST_ROWS + 1000:
                raise Refused(too_many_rows(), status=413)
            for letters, digits in _PLACE.findall(seen):
                if len(letters) > 1 and _number(letters) > COLUMNS:
                    raise Refused(
                        _("The workbook has cells far to the right of the form. Delete those columns.")
                    )
                if len(digits) > 7 or int(digits) > layout.MOST_ROWS + 1000:
                    raise Refused(too_many_rows(), status=413)
            tail = seen[-200:]


def _number(letters):
    """Return which column the letters name, counted from 1; four letters and more are beyond any sheet."""
    if len(letters) > 3:
        return 10**6
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def too_many_rows():
    return _(
        "The workbook has more rows than a form takes (%(most)s). Delete the rows below the last line."
    ) % {"most": layout.MOST_ROWS}


def read(content):
    """Return {sheet name: rows of plain cells}, read in the child; raise Refused if it gives up."""
    said = _run(["read"], content)
    return json.loads(said)["sheets"]


def mark(path, mistakes):
    """Return the workbook at `path` with its wrong cells in red."""
    return _run(["mark", str(path)], json.dumps(mistakes).encode())


def _run(arguments, given):
    try:
        done = subprocess.run(  # noqa: S603  (our own program, no shell)
            [sys.executable, "-I", str(CHILD), *arguments],
            input=given,
            capture_output=True,
            timeout=SECONDS[arguments[0]],
            check=False,
            env={"PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired as error:
        logger.warning("A workbook was given up after %s seconds on the clock.", error.timeout)
        raise Refused(_unreadable()) from error
    logger.info("A workbook took %(kilobytes)s kB and %(seconds)s s; failure: %(failure)s", _cost(done))
    if done.returncode:
        raise Refused(_unreadable())
    return done.stdout


def _cost(done):
    """Return what the child says it took; nothing of it is known where the system ended it."""
    try:
        return json.loads(done.stderr.rpartition(b"\n")[2])
    except ValueError:
        return {"kilobytes": None, "seconds": None, "failure": f"ended with {done.returncode}"}


def _unreadable():
    return _("This workbook cannot be read. Download the form again and copy your lines into it.")


def checked_content(upload):
    """Return the bytes of an upload that passed the checks."""
    check(upload)
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    return content
