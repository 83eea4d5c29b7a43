"""Two quarters of a campaign beside each other: their figures, and each counted question by its code."""

from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from campaigns import summaries
from campaigns.models import QuarterlyForm, Question, ReportingRound


@dataclass
class Side:
    """What one quarter says: figures as (words, address of their rows), and from whom they come."""

    figures: list = field(default_factory=list)
    source: str = ""


@dataclass
class Row:
    """One line of the comparison; a side is None where the quarter did not ask."""

    label: str
    before: Side | None
    now: Side | None
    difference: str
    note: str = ""


def compare(before, now, user):
    """Return the rows of a comparison of two rounds; a fixed number of statements."""
    counted = ReportingRound.objects.with_counts(QuarterlyForm.states_in_hand(user))
    rounds = counted.filter(pk__in=(before.pk, now.pk))
    sides = [(opened, summaries.figures(opened, user)) for opened in rounds.order_by("year", "quarter", "pk")]
    return [*_figure_rows(sides), *_question_rows(sides, user)]


def _figure_rows(sides):
    """Return forms received, organisations, activities and people, each figure with the address of its rows."""
    measured = [
        (_("Forms received"), "received", summaries.forms_url),
        (
            _("Organisations with activities"),
            "organisations",
            lambda opened: summaries.forms_url(opened, nothing="no"),
        ),
        (_("Activities"), "activities", summaries.activities_url),
        (_("Children who took part"), "children", summaries.activities_url),
        (_("Adults who took part"), "adults", summaries.activities_url),
    ]
    rows = []
    for label, name, url in measured:
        shown = [Side([(_written(found[name]), url(opened))]) for opened, found in sides]
        if name == "received":
            for side, (_opened, found) in zip(shown, sides, strict=True):
                side.source = _("of %(asked)s that were asked") % {"asked": _written(found["asked"])}
        rows.append(Row(label, *shown, difference(*(found[name] for _opened, found in sides))))
    return rows


def _question_rows(sides, user):
    """Return a row for each counted question of either quarter; those of the later one come first, in its order."""
    rounds = [opened for opened, _found in sides]
    tallies = summaries.tallies(rounds, user)
    before, now = (
        {tally.question.code: tally for tally in tallies if tally.question.round_id == opened.pk}
        for opened in rounds
    )
    codes = [*now, *(code for code in before if code not in now)]
    asked = [found["asked"] for _opened, found in sides]
    return [_question_row(before.get(code), now.get(code), asked) for code in codes]


def _question_row(before, now, asked):
    """Return the row of a question that was asked in one of the quarters, or in both under the same code."""
    row = Row(
        (now or before).question.label,
        before and _side(before, asked[0]),
        now and _side(now, asked[1]),
        difference="",
    )
    if not (before and now):
        row.difference = _("asked in %(quarter)s only") % {"quarter": (now or before).question.round}
        return row
    if before.question.kind != now.question.kind:
        row.difference = _("asked in another way, not to be compared")
    else:
        row.difference = difference(before.value, now.value)
    if before.question.label != now.question.label:
        words = _("Asked in %(quarter)s as: %(words)s")
        row.note = words % {"quarter": before.question.round, "words": before.question.label}
    return row


def _side(tally, asked):
    figures = [(_written(tally.value), tally.url)]
    if tally.question.kind == Question.Kind.YES_NO:
        figures = [
            (_("%(number)s yes") % {"number": _written(tally.yes)}, tally.yes_url),
            (_("%(number)s no") % {"number": _written(tally.no)}, tally.no_url),
        ]
    source = _("from %(answered)s of %(asked)s organisations")
    return Side(figures, source % {"answered": _written(tally.answered), "asked": _written(asked)})


def difference(before, now):
    """Say in words how the later number differs: "12 more (+40%)"; what is not known is not zero."""
    if before is None or now is None:
        return _("not known in one of the two quarters")
    if before == now:
        return _("the same")
    words = _("%(number)s more") if now > before else _("%(number)s fewer")
    words %= {"number": _written(abs(now - before))}
    if not before:
        return words
    percent = round(100 * abs(now - before) / before)
    return f"{words} ({'+' if now > before else '−'}{_written(percent)}%)"


def _written(number):
    return "–" if number is None else number_format(number, force_grouping=True)
