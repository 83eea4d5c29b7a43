"""Opens a reporting round: one form and one duty for each member, in a constant number of statements."""

import datetime as dt
from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from campaigns import questions
from campaigns.models import Edition, FormLine, FormStep, QuarterlyForm, Question, ReportingRound
from coalition.dates import Quarter, add_working_days
from coalition.members.models import Organisation
from coalition.obligations import actions as duties
from coalition.obligations import nudges
from coalition.obligations.models import Obligation
from coalition.records import new_public_id
from coalition.reference.models import CalendarDay

DAYS_TO_FILE, DAYS_OF_GRACE = 10, 5  # working days: after the quarter's end, and after that


def suggest_dates(period, today):
    """Return (due, last day still in time): ten working days after the quarter or today, then five."""
    overrides = CalendarDay.objects.overrides()
    due = add_working_days(max(period.ends_on, today), DAYS_TO_FILE, overrides)
    return due, add_working_days(due, DAYS_OF_GRACE, overrides)


@transaction.atomic
def open_round(
    *,
    campaign,
    year,
    quarter,
    by,
    today,
    opens_on=None,
    due_on=None,
    grace_until=None,
    instructions_vi="",
    instructions_en="",
):
    """Open the round, or find it open, and ask every member as of its opening day who was not asked yet.

    Return (round, number of forms issued now); one whose opening day is to come is prepared, and the clock
    issues its forms. Raises ValidationError where the dates do not fit together, or the campaign asks for
    no forms.
    """
    if not campaign.asks_for_forms:
        raise ValidationError(_("This campaign asks its members for no quarterly forms."))
    period = Quarter(year, quarter)
    suggested_due, suggested_grace = suggest_dates(period, opens_on or today)
    dates = {
        "opens_on": opens_on or today,
        "due_on": due_on or suggested_due,
        "grace_until": grace_until or (None if due_on else suggested_grace),
    }
    if not dates["opens_on"] <= dates["due_on"] <= (dates["grace_until"] or dates["due_on"]):
        raise ValidationError(_("A round opens, then its forms are due, then its days of grace end."))
    opened, is_new = ReportingRound.objects.get_or_create(
        campaign=campaign,
        year=year,
        quarter=quarter,
        defaults={
            **dates,
            "edition": _edition(campaign, period),
            "instructions_vi": instructions_vi,
            "instructions_en": instructions_en,
            "created_by": by,
        },
    )
    if is_new:
        Question.objects.bulk_create(questions.for_round(opened))
    return opened, issue(opened, by=by) if opened.opens_on <= today else 0


def _edition(campaign, period):
    """Return the campaign's run in this quarter; a campaign without one gets one for the year."""
    found = (
        campaign.editions.running_in(period.starts_on, period.ends_on).order_by("-starts_on", "pk").first()
    )
    if found:
        return found
    return Edition.objects.create(
        campaign=campaign,
        title_vi=f"{campaign.title_vi} {period.year}",
        title_en=f"{campaign.title_en} {period.year}" if campaign.title_en else "",
        starts_on=dt.date(period.year, 1, 1),
        ends_on=dt.date(period.year, 12, 31),
    )


def open_prepared(today):
    """Issue the forms of the rounds whose opening day has come; return how many. Safe to repeat.

    Whoever was a member on that day is asked, also when the clock stood still and comes late.
    """
    due = ReportingRound.objects.prepared().filter(opens_on__lte=today, campaign__archived_at=None)
    return sum(issue(opened, by=None) for opened in due.order_by("opens_on", "pk"))


@transaction.atomic
def issue(opened, *, by):
    """Write forms, duties, lines and steps for the members not asked yet; a fixed number of statements.

    Return how many forms were issued. The round is locked: two clocks at once ask nobody twice.
    """
    rounds = ReportingRound.objects.select_for_update(of=("self",)).select_related("campaign", "edition")
    opened = rounds.get(pk=opened.pk)
    asked = opened.forms.values("organisation")
    members = list(
        Organisation.objects.members_on(opened.opens_on).exclude(pk__in=asked).order_by("sort_key", "pk")
    )
    if not members:
        return 0
    with translation.override("vi"):
        title = _("Activity form, %(quarter)s") % {"quarter": opened.period.label("vi")}
    forms = [
        QuarterlyForm(round=opened, organisation=member, public_id=new_public_id(), created_by=by)
        for member in members
    ]
    rows = [
        {
            "kind": "form",
            "organisation": form.organisation,
            "title": title,
            "due_on": opened.due_on,
            "source_path": f"/forms/{form.public_id}/",
            "source_label": opened.campaign.title_vi,
        }
        for form in forms
    ]
    for form, duty in zip(forms, duties.open_duties(rows, by=by), strict=True):
        form.obligation = duty
    QuarterlyForm.objects.bulk_create(forms)
    FormStep.objects.bulk_create(FormStep(form=form, verb=FormStep.Verb.ISSUED, by=by) for form in forms)
    _prefill(opened, forms)
    return len(forms)


def _prefill(opened, forms):
    """Put what the log already holds for this edition and quarter into the forms."""
    form_of = {form.organisation_id: form for form in forms}
    tagged = (
        opened.edition.activities.held()
        .filter(archived_at=None)
        .in_period(opened.period.starts_on, opened.period.ends_on)
        .order_by("starts_on", "pk")
        .values_list("pk", "lead_id")
    )
    lines_of = defaultdict(list)
    for activity, lead in tagged:
        if lead in form_of:
            line = FormLine(form=form_of[lead], activity_id=activity, order=len(lines_of[lead]) + 1)
            lines_of[lead].append(line)
    FormLine.objects.bulk_create(line for lines in lines_of.values() for line in lines)


def nudge(forms, *, by, note, key, now, today):
    """Remind those who still owe one of these forms, through the ledger; return how many people are told.

    All of them under one key, so that a replay tells nobody twice.
    """
    owed = list(
        Obligation.objects.open().filter(quarterly_form__in=forms.open()).values_list("pk", flat=True)
    )
    told = 0
    for first in range(0, len(owed), nudges.AT_ONCE):
        some = Obligation.objects.filter(pk__in=owed[first : first + nudges.AT_ONCE])
        told += nudges.nudge(some, by=by, note=note, key=f"form-{key}", now=now, today=today)
    return told


@transaction.atomic
def move_due(opened, *, due_before, reason, by):
    """Move the duties that stood on the round's old due date to its new one; return how many.

    A duty with a date of its own (a returned form, an extension) keeps it.
    """
    owed = Obligation.objects.open().filter(
        quarterly_form__round=opened, quarterly_form__state__in=QuarterlyForm.OPEN, due_on=due_before
    )
    moved = list(owed.order_by("pk"))
    for duty in moved:
        duties.move(duty, due_on=opened.due_on, reason=reason, by=by)
    return len(moved)
