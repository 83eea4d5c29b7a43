"""The coordinator's view of all forms: members × quarters, totals, and the summary of one quarter."""

from collections import Counter, defaultdict

from django.db.models import Count, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns import cells, photos
from campaigns.models import Answer, FormLine, QuarterlyForm
from coalition import charts
from coalition.dates import Quarter
from coalition.members.models import Organisation
from coalition.obligations.models import Obligation
from projects.models import Activity, Participation

State = QuarterlyForm.State
LATE, OVERDUE, EXCUSED = "late", "overdue", "excused"  # shown beside the stored states


def word_of(form, today):
    """Return (key, words) of a board's cell: the state, told apart where it came late, is overdue or was let off."""
    if form.is_open and form.obligation.state == Obligation.State.EXCUSED:
        return EXCUSED, form.obligation.get_state_display()
    if form.is_open and form.obligation.due_on and form.obligation.due_on < today:
        return OVERDUE, _("%(state)s, overdue") % {"state": form.get_state_display()}
    if form.state == State.SUBMITTED and form.was_late:
        return LATE, _("Submitted late")
    return form.state, form.get_state_display()


def board(campaign, year, today):
    """Return the heat map of a campaign's year: one row a member, one column a round; three statements."""
    rounds = list(campaign.rounds.filter(year=year).order_by("quarter"))
    forms = QuarterlyForm.objects.filter(round__in=rounds).select_related(
        "round", "organisation", "obligation"
    )
    by_member = defaultdict(dict)
    members = {}
    for form in forms.order_by("organisation__sort_key", "pk"):
        members.setdefault(form.organisation_id, form.organisation)
        key, words = word_of(form, today)
        by_member[form.organisation_id][form.round_id] = {"form": form, "key": key, "words": words}
    rows = [
        {"organisation": members[pk], "cells": [by_member[pk].get(opened.pk) for opened in rounds]}
        for pk in members
    ]
    counts = Counter(cell["key"] for row in rows for cell in row["cells"] if cell)
    return {
        "rounds": rounds,
        "rows": rows,
        "counts": counts,
        "quarters": [opened.period for opened in rounds],
    }


def rows_of_round(opened, today):
    """Return the forms of a round in the order of names, each with its board words."""
    forms = list(
        opened.forms.select_related("organisation", "obligation", "round__campaign")
        .with_line_count()
        .order_by("organisation__sort_key", "pk")
    )
    for form in forms:
        form.key, form.words = word_of(form, today)
    return forms


def in_hand(opened, user=None):
    """Forms of the round that were handed in; outside the secretariat only the accepted ones are read."""
    states = (State.SUBMITTED, State.ACCEPTED)
    if user is not None and not user.is_secretariat:
        states = (State.ACCEPTED,)
    return opened.forms.filter(state__in=states)


def summary(opened, user):
    """Return what the members reported in a round; a fixed number of statements.

    What organisations answered in words is between them and the secretariat.
    """
    asked = opened.forms.count()
    forms = list(
        in_hand(opened, user).select_related("organisation").order_by("organisation__sort_key", "pk")
    )
    activities = Activity.objects.filter(
        form_lines__form__in=forms, form_lines__part=FormLine.Part.DONE
    ).distinct()
    kinds = dict(activities.order_by().values_list("kind").annotate(Count("pk", distinct=True)))
    people = people_of(activities)
    months = _months(activities, opened.period)
    return {
        "asked": asked,
        "received": len(forms),
        "forms": forms,
        "number_of_activities": sum(kinds.values()),
        "people": people,
        "children": cells.side_sum(people, "children"),
        "adults": cells.side_sum(people, "adults"),
        "answers": _answers(forms) if user.is_secretariat else {},
        "logo": _logo(forms),
        "photos": photos.usable_of(forms) if user.is_secretariat else [],
        "charts": _charts(kinds, people, months),
        "activities": activities.select_related("lead", "province").order_by("starts_on", "pk"),
    }


def _answers(forms):
    """Return {question: [answers]} of the questions that ask for words."""
    found = defaultdict(list)
    answers = Answer.objects.filter(form__in=forms, question__kind="text").exclude(text="")
    for answer in answers.select_related("question", "form__organisation").order_by(
        "question__order", "form__organisation__sort_key", "pk"
    ):
        found[answer.question].append(answer)
    return dict(found)


def people_of(activities):
    """Sum the participation by side and sex; None where nobody said."""
    sums = dict.fromkeys(cells.COUNTS)
    rows = (
        Participation.objects.filter(activity__in=activities.order_by().values("pk"))
        .values_list("group", "age", "sex")
        .annotate(total=Sum("count"))
        .order_by()
    )
    for group, age, sex, total in rows:
        side = "children" if cells.is_child(Participation(group=group, age=age)) else "adults"
        code = f"{side}_{sex}"
        sums[code] = (sums[code] or 0) + total
    return sums


def _months(activities, period):
    counts = Counter(day.month for day in activities.order_by().values_list("starts_on", flat=True))
    return [(month, counts.get(month, 0)) for month in period.months]


def _logo(forms):
    """Return how many organisations said that they used the common logo."""
    return Answer.objects.filter(form__in=forms, question__code="common_logo", text="yes").count()


def _charts(kinds, people, months):
    names = dict(Activity.Kind.choices)
    ordered = sorted(kinds.items(), key=lambda pair: (-pair[1], str(names[pair[0]])))
    sides = [(_("Children"), "children"), (_("Adults"), "adults")]
    sexes = [(_("Female"), "female"), (_("Male"), "male"), (_("Sex not known"), "unknown")]
    found = []
    if ordered:
        found.append(
            charts.bars(_("Activities by kind"), [(str(names[kind]), number) for kind, number in ordered])
        )
        by_month = [(_("Month %(number)s") % {"number": month}, number) for month, number in months]
        found.append(charts.bars(_("Activities by month"), by_month))
    if any(number is not None for number in people.values()):
        found.append(
            charts.stacked(
                _("Who took part"),
                [label for label, _side in sides],
                [(label, [people[f"{side}_{sex}"] for _label, side in sides]) for label, sex in sexes],
            )
        )
    return found


def years_of(campaign):
    """Return the years in which the campaign asked for forms, the newest first."""
    return list(campaign.rounds.order_by("-year").values_list("year", flat=True).distinct())


def label(period: Quarter):
    return period.label(get_language() or "vi")


def still_owing(opened, organisations=None):
    """Return the open forms of a round, of the chosen organisations or of all."""
    forms = opened.forms.open().select_related("obligation", "organisation")
    if organisations is not None:
        forms = forms.filter(organisation__in=Organisation.objects.filter(public_id__in=organisations))
    return forms
