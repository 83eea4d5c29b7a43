"""The kinds of duties: upper rooms register theirs from `AppConfig.ready()`.

kinds.register("follow_up", _("Follow-up action"), role=roles.FOCAL, asks_what_was_done=True)
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from coalition.members import roles

# The ladder of a kind without rules of its own: (days after the due date, who is told).
LADDER = ((-14, "role"), (-7, "role"), (-1, "role"), (1, "role"), (7, "role"), (10, "head"))


@dataclass(frozen=True)
class Kind:
    """What a duty of this kind asks for, who answers for it and how it is met.

    `met_by` says in words what closes the duty; where that is an act elsewhere (a form is submitted)
    `by_hand` is False and the duty's page leads there instead of offering to close it.
    """

    code: str
    label: str
    role: str = roles.FOCAL
    met_by: str = ""
    by_hand: bool = True
    asks_what_was_done: bool = False  # closing asks for words
    high_needs_evidence: bool = False  # a high priority one asks for a file or a link as well
    self_set_needs_confirmation: bool = False  # set and closed by the same person: somebody else confirms
    is_opened_by_hand: bool = False  # the secretariat may put one on the ledger, outside any other room
    ladder: tuple[tuple[int, str], ...] = ()  # empty: the general ladder


_kinds: dict[str, Kind] = {}


def register(code, label, **options):
    """Make a kind known; registering a code again replaces it. Return the Kind."""
    _kinds[code] = Kind(code, label, **options)
    return _kinds[code]


def get(code):
    """Return the Kind; a code nobody registered is a plain one, so that old rows stay readable."""
    return _kinds.get(code) or Kind(code, code.replace("_", " "))


def registered():
    """Return every registered kind, in the order of registration."""
    return list(_kinds.values())


def choices():
    return [(kind.code, kind.label) for kind in _kinds.values()]


def opened_by_hand():
    """Return the choices of a form that puts a duty on the ledger by hand."""
    return [(kind.code, kind.label) for kind in _kinds.values() if kind.is_opened_by_hand]


register(
    "sign_on",
    _("Letter to sign on to"),
    met_by=_("Say whether your organisation signs, and send the signed page."),
    asks_what_was_done=True,
    is_opened_by_hand=True,
)
register(
    "other",
    _("Other duty"),
    met_by=_("Say what was done."),
    asks_what_was_done=True,
    high_needs_evidence=True,
    self_set_needs_confirmation=True,
    is_opened_by_hand=True,
)
