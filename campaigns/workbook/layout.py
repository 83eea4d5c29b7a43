"""How the workbook is laid out, and the signature that says whose form it is."""

from dataclasses import dataclass

from django.core import signing
from django.utils import translation
from django.utils.translation import gettext as _

from campaigns import cells

LANGUAGES = ("vi", "en")
MOST_ROWS = 5_000  # lines on one sheet
META, LISTS = "_meta", "_lists"  # hidden sheets
KEY_COLUMN = 0  # hidden: "PUBLIC_ID.VERSION" of the line's activity
_SALT = "campaigns.form.workbook"


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
        [form.organisation.code, form.round.public_id, form.round.template_version, form.version], salt=_SALT
    )


def read_signature(token):
    """Return the Origin, or None where the signature is missing or not ours."""
    try:
        return Origin(*signing.loads(str(token or ""), salt=_SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None


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
