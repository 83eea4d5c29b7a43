"""The lists of trainings and courses, declared once."""

from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from coalition.lists.pages import Choices, Column, Day, ListPage, Related, Year
from coalition.reference.models import Province
from projects import lists
from projects.models import Activity, Participation, Project
from trainings import reading
from trainings.models import Course, Training


def link(activity):
    return format_html(
        '<a href="{}">{}</a>', reverse("trainings:training_page", args=[activity.public_id]), activity.title
    )


def course_of(activity):
    return getattr(reading.of(activity), "course", None)


def organisations_of(activities):
    """Return {activity pk: organisations that took part}, those merged counted as one."""
    rows = Participation.objects.filter(activity__in=activities, organisation__isnull=False)
    pairs = set(rows.values_list("activity", "organisation", "organisation__merged_into"))
    found = {}
    for activity, organisation, merged_into in pairs:
        found.setdefault(activity, set()).add(merged_into or organisation)
    return {activity: len(organisations) for activity, organisations in found.items()}


TRAININGS = ListPage(
    name="trainings",
    title=_("Trainings"),
    lead=_("What the coalition teaches: when, where, to whom, and what people learned."),
    rows=reading.trainings,
    columns=[
        Column("date", _("Date"), "starts_on", sort="starts_on"),
        Column("title", _("Training"), "title", html=link, sort="sort_key", is_main=True),
        Column("course", _("Course"), course_of),
        Column("state", _("State"), "get_state_display"),
        Column("lead", _("Lead organisation"), "lead", sort="lead__sort_key"),
        Column("province", _("Province"), "province", sort="province__sort_key"),
        Column("organisations", _("Organisations"), load=organisations_of, is_number=True),
        Column("people", _("People"), load=lists.people_of, is_number=True),
    ],
    filters=[
        Choices("state", _("State"), choices=Activity.State.choices),
        Related(
            "course",
            _("Course"),
            "training__course",
            rows=lambda user: Course.objects.visible_to(user).in_order(),
        ),
        Related(
            "project",
            _("Project"),
            "projects",
            rows=lambda user: Project.objects.visible_to(user).order_by("-starts_on", "pk"),
        ),
        Related("org", _("Organised by"), rows=lists.organisations, is_typed=True, narrow=lists.organised_by),
        Related(
            "attended", _("Took part"), rows=lists.organisations, is_typed=True, narrow=lists.attended_by
        ),
        Related(
            "province",
            _("Province"),
            "province",
            key="uid",
            words=lists.province_words,
            narrow=lists.took_place_in,
            rows=lambda _user: Province.objects.order_by("generation", "sort_key", "pk"),
        ),
        Year("year", _("Year"), "starts_on"),
        Day("from", _("From"), "starts_on__gte"),
        Day("to", _("To"), "starts_on__lte"),
    ],
    default_sort="-date",
    search_hint=_("Title, place or words of the training"),
    empty_title=_("No training yet"),
    empty_text=_("Plan the first one; its list of participants and its attendance are taken here."),
    empty_action=(_("Plan a training"), "trainings:training_new", "training.edit"),
)


def times_given(courses):
    """Return {course pk: how many trainings gave it}."""
    counted = Training.objects.filter(course__in=courses, activity__archived_at=None).values("course")
    return {row["course"]: row["times"] for row in counted.annotate(times=Count("pk"))}


COURSES = ListPage(
    name="courses",
    title=_("Courses"),
    lead=_("What the coalition knows how to teach."),
    rows=Course.objects.visible_to,
    columns=[
        Column("name", _("Course"), "name", sort="sort_key", is_main=True),
        Column("code", _("Code"), "code", sort="code"),
        Column("hours", _("Hours"), "hours", sort="hours", is_number=True),
        Column("times", _("Given"), load=times_given, is_number=True),
    ],
    default_sort="name",
    empty_title=_("No course yet"),
    empty_text=_("A course is what several trainings have in common."),
    empty_action=(_("Add a course"), "trainings:course_new", "course.edit"),
)
