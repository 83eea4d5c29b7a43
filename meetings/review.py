"""The review of imported minutes: what was understood, what a person corrects, and the table kept between both."""

from datetime import date

from django.core import signing
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coalition.members.models import Organisation
from meetings.actions.importing import dates, due_words
from meetings.minutes.table import Table
from meetings.models import WorkingGroup

_SALT = "minutes-review"
_DAY = 24 * 60 * 60


def seal(table, held_on, group):
    """Return the table as a signed text for the review's form: nothing is stored until it is confirmed."""
    return signing.dumps(
        [table.before, table.rows, list(table.uses), held_on.isoformat(), group.code if group else ""],
        salt=_SALT,
        compress=True,
    )


def unseal(sealed):
    """Return (Table, day, group) of a sealed text, or None if it is not ours or older than a day."""
    try:
        before, rows, uses, held_on, code = signing.loads(sealed, salt=_SALT, max_age=_DAY)
    except signing.BadSignature:
        return None
    group = WorkingGroup.objects.filter(code=code).first() if code else None
    return Table(before, rows, tuple(uses)), date.fromisoformat(held_on), group


def rows(minutes, posted=None):
    """Return what the review shows of each action: words, who, by when, and what was assumed.

    `posted` is what a person has typed already, kept where something else has to be corrected first.
    """
    shown = _short_names({part.code for action in _all(minutes) for part in action.parts})
    typed = posted or {}
    return [
        {
            "place": place,
            "is_proposal": place >= len(minutes.actions),
            "is_kept": bool(typed.get(f"keep_{place}")) if posted else place < len(minutes.actions),
            "action": action,
            "who": typed.get(f"who_{place}", _who(action, shown)),
            "due_on": typed.get(f"due_{place}", f"{dates(action.due)[0] or ''}"),
            "due_words": due_words(action.due),
            "rule": action.due.rule(get_language()) if action.due else "",
            "more": [one.rule(get_language()) for one in action.due.more],
        }
        for place, action in enumerate(_all(minutes))
    ]


def unknown_names(minutes, posted=None):
    """Return (place, name, what was typed) of each organisation's name that nobody knows, to be matched."""
    found = dict.fromkeys(name for action in _all(minutes) for name in action.unknown)
    return [
        (place, name, (posted or {}).get(f"match_{place}", ""))
        for place, name in enumerate(sorted(found)[:60])
    ]


def matched(minutes, posted, directory):
    """Return (pairs of an unknown name and the code a person matched it with, messages)."""
    pairs, errors = [], []
    for place, name, _typed in unknown_names(minutes):
        said = posted.get(f"match_{place}", "").strip()
        code = directory.code_of(said) if said else None
        if code:
            pairs.append((name, code))
        elif said:
            errors.append(_("No organisation is known as “%(name)s”.") % {"name": said})
    return pairs, errors


def _all(minutes):
    """Actions, then the deadlines of the left column, which are left out unless somebody ticks them."""
    return [*minutes.actions, *minutes.proposals]


def _who(action, shown):
    return ", ".join(
        _("each organisation") if part.code == "*" else shown.get(part.code, part.code)
        for part in action.parts
    )


def _short_names(codes):
    return {
        organisation.code: str(organisation) for organisation in Organisation.objects.filter(code__in=codes)
    }


def doubts(minutes):
    """Return the lines that were not understood, with the reason in words."""
    reasons = {
        "who": _("Nobody known to the coalition is named: choose an organisation, or leave it open."),
        "nothing": _("Names neither somebody nor a day: it is kept as text."),
        "date_of_meeting": _("The day of the next meeting was not understood."),
    }
    return [(doubt, reasons.get(doubt.why, doubt.why)) for doubt in minutes.doubts]


def chosen(minutes, posted, directory, shown=None):
    """Return ({place: what was decided}, messages): an action left out is None, a corrected one a dict.

    `shown` says who was shown for each place; where it was left as it is, what is understood now counts: a
    name that was matched has an organisation.
    """
    decided, errors = {}, []
    now = {row["place"]: row["who"] for row in rows(minutes)}
    for place, action in enumerate(_all(minutes)):
        if not posted.get(f"keep_{place}"):
            decided[place] = None
            continue
        who, due_on = posted.get(f"who_{place}", "").strip(), posted.get(f"due_{place}", "").strip()
        who = now[place] if shown and who == shown[place] else who
        original = _original(action)
        try:
            day = date.fromisoformat(due_on) if due_on else None
        except ValueError:
            errors.append(_("“%(words)s” is no date.") % {"words": due_on})
            continue
        mentions = [mention for piece in who.split(",") for mention in directory.find(piece.strip())]
        if who and not mentions:
            errors.append(_("No organisation is known as “%(name)s”.") % {"name": who})
            continue
        codes = [mention.code for mention in mentions]
        if (codes, day) == (original["codes"], original["due_on"]):
            decided[place] = {}
            continue
        decided[place] = {
            "organisations": list(Organisation.objects.filter(code__in=codes)),
            "due_on": day,
            "is_for_every_member": "*" in codes,
        }
    return decided, errors


def _original(action):
    return {"codes": [part.code for part in action.parts], "due_on": dates(action.due)[0]}
