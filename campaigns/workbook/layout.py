"""How the workbook is laid out, and the signature that says whose form it is."""

import re
from dataclasses import dataclass

from django.core import signing
from django.utils import translation
from django.utils.translation import gettext as _

from campaigns import cells

LANGUAGES = ("vi", "en")
MOST_ROWS = 5_000  # lines on one sheet
META, LISTS = "_meta", "_lists"  # hidden sheets
KEY_HEAD = "key"  # of the hidden first column: whose line it is, and what it held when it was downloaded
_SALT = "campaigns.form.workbook"
_LINE_KEY = re.compile(r"^([a-z2-9]{10})\.((?:[A-Za-z0-9_-]{6})*)$")


@dataclass(frozen=True)
class Origin:
    """Which form a workbook was made from, and what stood in it then."""

    organisation: str
    round: str
    template_version: int
    form_version: int


def sign(form):
    """Return the signed origin that goes into the hidden sheet."""
    return signing.dumps(
        [form.organisation.public_id, form.round.public_id, form.round.template_version, form.version],
        salt=_SALT,
    )


def read_signature(token):
    """Return the Origin, or None where the signature is missing or not ours."""
    try:
        return Origin(*signing.loads(str(token or ""), salt=_SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def line_key(line, values):
    """Return the hidden key of a line: its activity's public id, and a mark for each cell as it is now."""
    marks = "".join(cells.mark_of(column.code, values[column.code]) for column in cells.columns_of(line.part))
    return f"{line.activity.public_id}.{marks}"


def read_line_key(key, part):
    """Return (public id, {column code: mark}) of a line's key; ("", {}) where it is none."""
    found = _LINE_KEY.match(str(key or ""))
    if not found:
        return "", {}
    return found[1], dict(
        zip([column.code for column in cells.columns_of(part)], _marks(found[2]), strict=False)
    )


def answer_key(code, text):
    return f"{code}.{cells.mark_of(code, text)}"


def read_answer_key(key):
    """Return (question code, mark of the answer as downloaded or "")."""
    code, _dot, mark = str(key or "").partition(".")
    return code, mark


def _marks(joined):
    return [joined[at : at + cells.MARK_LENGTH] for at in range(0, len(joined), cells.MARK_LENGTH)]


def sheet_names(language):
    """Return {part: sheet name} in one language; "questions" is the sheet of answers."""
    with translation.override(language):
        return {
            "help": _("How to"),
            "done": _("This quarter"),
            "plan": _("Next quarter"),
            "questions": _("Questions"),
        }


def parts_by_name():
    """Return {sheet name: part} in both languages."""
    return {name: part for language in LANGUAGES for part, name in sheet_names(language).items()}


def heads(part, language):
    """Return the words over the columns of a part, after the hidden key."""
    with translation.override(language):
        return [str(column.label) for column in cells.columns_of(part)]


def column_letter(place):
    """Return the letter of a column counted from 0; the sheets have fewer than 26."""
    return chr(ord("A") + place)
