"""The headline numbers of a report, each with its rule, the rows behind it and the largest of them by name."""

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects import counting
from projects.models import Participation
from projects.report_sections.people import by_province, cells, supported_figure
from projects.reports import blocks as b


def figures(scope):
    """What was held, who was supported, who took part, and where."""
    return [held(scope), supported_figure(scope), *_people(scope), *_places(scope)]


def held(scope):
    """Activities held."""
    number = len(scope.held())
    return b.figure(
        number,
        ngettext("activity held", "activities held", number),
        path=scope.rows(state="held"),
        rule=_("Activities in the log that were held and began within the period."),
        records=[record(activity) for activity in scope.held()],
    )


def record(activity, number=None):
    """Name an activity as a record behind a figure: its title, its day or its share of the figure."""
    said = formats.date_format(activity.starts_on, "SHORT_DATE_FORMAT") if number is None else number
    return f"{activity.title} ({said})", activity.get_absolute_url()


def _people(scope):
    """Participations, and the children among them by both definitions, where anybody counted."""
    sums = scope.once("people", lambda: counting.people(scope.activities()))
    if sums["people"] is None:
        return []
    note = _("Numbers were given for %(counted)s of %(held)s activities.") % {
        "counted": sums["counted"],
        "held": len(scope.held()),
    }
    found = [
        (
            sums["people"],
            ngettext("participation", "participations", sums["people"]),
            f"{counting.people_rule()} {note}",
            None,
        )
    ]
    if sums["under_18"]:
        found += [
            (
                sums["under_18"],
                _("of them children under 18 (Convention)"),
                _("Of the participations: ages up to 17, and head counts of children without ages."),
                _under_18,
            ),
            (
                sums["under_16"] or 0,
                _("of them children under 16 (Vietnamese law)"),
                _("Of the participations: ages up to 15; children counted without ages are not among them."),
                _under_16,
            ),
        ]
    return [_participations(scope, *each) for each in found]


def _participations(scope, number, words, rule, counts):
    shares = _shares(scope, counts)
    return b.figure(number, words, path=scope.rows(state="held"), rule=rule, records=shares)


def _shares(scope, counts):
    """Return the activities behind a number of people, the largest first, each with its share."""
    shares = {}
    for cell in cells(scope):
        if counts is None or counts(cell["age"], cell["group"]):
            shares[cell["activity"]] = shares.get(cell["activity"], 0) + (cell["number"] or 0)
    behind = [activity for activity in scope.held() if shares.get(activity.pk)]
    behind.sort(key=lambda activity: (-shares[activity.pk], activity.starts_on, activity.pk))
    return [
        record(activity, formats.number_format(shares[activity.pk], force_grouping=True))
        for activity in behind
    ]


def _under_18(age, group):
    return age in Participation.UNDER_18 or (group == "children" and age == "unknown")


def _under_16(age, _group):
    return age in Participation.UNDER_16


def _places(scope):
    places = sorted(
        ((place, numbers) for place, numbers in by_province(scope).items() if place),
        key=lambda pair: (-pair[1]["activities"], pair[0].sort_key),
    )
    if not places:
        return []
    return [
        b.figure(
            len(places),
            ngettext("province or city", "provinces and cities", len(places)),
            path=scope.rows(state="held"),
            rule=_("Provinces in the units of the report; an activity counts in its main province."),
            records=[
                (
                    f"{place.name_in(scope.language)} ({numbers['activities']})",
                    scope.rows(state="held", province=place.uid),
                )
                for place, numbers in places
            ],
        )
    ]
