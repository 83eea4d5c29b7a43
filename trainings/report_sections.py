"""What trainings contribute to reports."""

from django.db.models import Avg, Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from projects.models import Activity
from projects.report_sections.figures import record
from projects.reports import blocks as b
from projects.reports.registry import register
from trainings import lists, reading
from trainings.models import Certificate, Test


def trainings(scope):
    """Each training held in the period: course, people, organisations; what tests show."""
    held = reading.only_trainings(scope.activities()).held().order_by("starts_on", "pk")
    found = scope.read("trainings", held)
    if not found:
        return []
    people = {activity.pk: activity.people for activity in scope.held()}
    sent = scope.once("trained", lambda: lists.organisations_of(found))
    rows = [
        [
            activity.starts_on,
            activity.title,
            course.name_in(scope.language) if (course := lists.course_of(activity)) else None,
            activity.province.name_in(scope.language) if activity.province else _("online"),
            people.get(activity.pk),
            sent.get(activity.pk),
        ]
        for activity in found
    ]
    columns = [
        (_("Date"), "date", 13),
        (_("Training"), "text", 32),
        (_("Course"), "text", 19),
        (_("Province"), "text", 14),
        (_("People"), "number", 8),
        (_("Organisations"), "number", 14),
    ]
    path = scope.rows(kind="training", state="held")
    count = len(found)
    return [
        b.figure(count, ngettext("training held", "trainings held", count), path=path,
                 rule=_("Activities of the kind training that were held and began within the period."),
                 records=[record(activity) for activity in found]),
        b.table(_("Trainings"), columns, rows, path=path),
        *_learned(*scope.once("learned", lambda: _scores(found))),
    ]  # fmt: skip


def _scores(trainings):
    """Return (number and averages of people who took both tests, number of certificates) in two statements."""
    activities = Activity.objects.filter(pk__in=[activity.pk for activity in trainings])
    both = Test.objects.filter(
        participant__training__in=activities.values("pk"), before__isnull=False, after__isnull=False
    )
    scores = both.aggregate(number=Count("pk"), before=Avg("before"), after=Avg("after"))
    return scores, Certificate.objects.filter(participant__training__in=activities.values("pk")).count()


def _learned(scores, given):
    """Return a sentence on tests and certificates where there are any."""
    items = []
    if scores["number"]:
        items.append(
            _("%(number)s people took a test before and after: %(before)s, then %(after)s of a hundred.")
            % {
                "number": scores["number"],
                "before": round(scores["before"]),
                "after": round(scores["after"]),
            }
        )
    if given:
        words = ngettext("%(number)s certificate was given.", "%(number)s certificates were given.", given)
        items.append(words % {"number": given})
    return [b.bullets(items)] if items else []


def register_all():
    register("trainings", gettext_lazy("Trainings"), trainings)
