"""The lists of projects and the activity log, declared once: columns, filters, order, words."""

from collections import defaultdict

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from coalition import text
from coalition.lists.pages import Choices, Column, Day, Flag, ListPage, Quarter, Related, Year
from coalition.lists.reading import read
from coalition.members.models import Organisation
from coalition.reference.models import Pillar, Province, Recommendation, Region
from projects import counting
from projects.models import Activity, DownloadCount, Participation, PolicyInput, Project, Publication, Result

_PEOPLE = Participation.objects.values_list("activity").annotate(total=Sum("count"))  # put together once


def people_of(rows):
    """Return {activity pk: people counted}; an activity that nobody counted is missing, not zero."""
    return dict(_PEOPLE.filter(activity__in=[row.pk for row in rows]))


def projects_of(rows):
    """Return {activity pk: [codes of its projects]}."""
    links = Activity.projects.through.objects.filter(activity__in=[row.pk for row in rows])
    found = defaultdict(list)
    for activity, code in links.order_by("project__code").values_list("activity", "project__code"):
        found[activity].append(code)
    return found


def downloads_of(rows):
    counts = DownloadCount.objects.filter(publication__in=[row.pk for row in rows]).values("publication")
    return {row["publication"]: row["total"] for row in counts.annotate(total=Sum("number"))}


def organisations_meant(values):
    """Return organisations by row or by a typed part of any of their names, with those merged into them."""
    wanted = Q(pk__in=[value.pk for value in values if not isinstance(value, str)])
    for typed in (value for value in values if isinstance(value, str)):
        words = Q()
        for word in text.search_words(typed):
            words &= Q(search__contains=word)
        wanted |= words
    found = Organisation.everything.filter(wanted)
    return Organisation.everything.filter(
        Q(pk__in=found.values("pk")) | Q(merged_into__in=found.values("pk"))
    )


def organised_by(rows, values):
    wanted = organisations_meant(values).values("pk")
    together = Activity.co_organisers.through.objects.filter(organisation__in=wanted).values("activity")
    return rows.filter(Q(lead__in=wanted) | Q(pk__in=together))


def attended_by(rows, values):
    wanted = organisations_meant(values).values("pk")
    return rows.filter(pk__in=Participation.objects.filter(organisation__in=wanted).values("activity"))


def took_place_in(rows, values):
    return rows.filter(province__in=counting.same_place(values))


def province_words(province):
    """Name a unit of the former 63 as such: half of their names live on for larger units."""
    return (
        province.name if province.generation == 34 else _("%(name)s (until 2025)") % {"name": province.name}
    )


def took_place_in_region(rows, values):
    """Keep what took place in a region: one of today holds the former provinces that are part of it now."""
    today = [region for region in values if region.in_34]
    former = [region for region in values if not region.in_34]
    return rows.filter(
        Q(province__region__in=today, province__generation=34)
        | Q(province__successor__region__in=today)
        | Q(province__region__in=former)
    )


def with_a_place(rows, values):
    """Keep activities whose province is known, or those where it is not; both keep all."""
    return rows if len(set(values)) > 1 else rows.filter(province__isnull=not values[0])


def organisations(_user):
    return Organisation.objects.in_order()


class Proving(Related):
    """The activities that show one result of a project; results have numbers, not public ids."""

    def read(self, raw_values, user):
        numbers = [raw for raw in raw_values if raw.isascii() and raw.isdigit() and len(raw) < 10]
        chosen, unread = super().read(numbers, user)
        return chosen, [*unread, *(raw for raw in raw_values if raw not in numbers)]


def results(user):
    return Result.objects.filter(project__in=Project.objects.visible_to(user)).order_by(
        "project", "order", "pk"
    )


ACTIVITIES = ListPage(
    name="activities",
    title=_("Activities"),
    lead=_("What the coalition did and what it plans: logged once, counted everywhere."),
    rows=lambda user: Activity.objects.visible_to(user).select_related("lead", "province"),
    columns=[
        Column("date", _("Date"), "starts_on", sort="starts_on"),
        Column("title", _("Activity"), sort="sort_key", is_main=True),
        Column("kind", _("Kind"), choices=Activity.Kind.choices),
        Column("state", _("State"), choices=Activity.State.choices),
        Column("lead", _("Lead organisation"), sort="lead__sort_key"),
        Column("province", _("Province"), sort="province__sort_key"),
        Column("people", _("People"), load=people_of, is_number=True),
        Column("projects", _("Projects"), load=projects_of, is_shown=False),
        Column("place", _("Place"), needs=("place",), is_shown=False),
        Column("until", _("Until"), "ends_on", needs=("ends_on",), is_shown=False),
        Column("online", _("Online"), "is_online", needs=("is_online",), is_shown=False),
        Column("shared", _("Shared"), "is_shared", needs=("is_shared",), is_shown=False),
        Column("outcome", _("What came of it"), needs=("outcome",), is_shown=False),
    ],
    filters=[
        Choices("state", _("State"), choices=Activity.State.choices),
        Choices("kind", _("Kind"), choices=Activity.Kind.choices),
        Related(
            "project",
            _("Project"),
            "projects",
            rows=lambda user: Project.objects.visible_to(user).order_by("-starts_on", "pk"),
        ),
        Related("org", _("Organised by"), rows=organisations, is_typed=True, narrow=organised_by),
        Related("attended", _("Attended by"), rows=organisations, is_typed=True, narrow=attended_by),
        Related(
            "province",
            _("Province"),
            rows=lambda _user: Province.objects.order_by("generation", "sort_key", "pk"),
            key="uid",
            words=province_words,
            narrow=took_place_in,
        ),
        Related(
            "region",
            _("Region"),
            rows=lambda _user: Region.objects.order_by("pk"),
            key="code",
            narrow=took_place_in_region,
        ),
        Flag("placed", _("Province noted"), narrow=with_a_place),
        Related("pillar", _("Plan pillar"), rows=lambda _user: Pillar.objects.order_by("number"), key="code"),
        Related(
            "recommendation",
            _("Recommendation"),
            "recommendations",
            rows=lambda _user: Recommendation.objects.order_by("code"),
            key="code",
        ),
        Proving(
            "result", _("Result"), "results", rows=results, key="pk", words=lambda row: row.statement[:60]
        ),
        Year("year", _("Year"), "starts_on"),
        Quarter("quarter", _("Quarter"), "starts_on", hint=_("for example 2025Q1")),
        Day("from", _("From"), "starts_on__gte"),
        Day("to", _("To"), "starts_on__lte"),
        Flag("online", _("Online"), "is_online"),
        Flag("shared", _("Shared with the coalition"), "is_shared"),
    ],
    default_sort="-date",
    only=(
        *("public_id", "title", "kind", "state", "starts_on"),
        *("lead__short_name", "lead__name_vi", "lead__name_en", "province__name_vi", "province__name_en"),
    ),
    search_hint=_("Search activities"),
    empty_title=_("Nothing is logged yet"),
    empty_text=_("Every training, meeting and campaign day gets one line here; reports are written from it."),
    empty_example=_("Example: “Dialogue of children with the National Assembly, Hà Nội, 60 children”."),
    empty_action=(_("Log an activity"), "projects:activity_log", "activity.log"),
)


def activities_asked_for(request):
    """Return (reading, activities) for the filters of the activity list in the address of another page."""
    reading = read(request, ACTIVITIES)
    found = Activity.objects.visible_to(request.user)
    if reading.q:
        found = found.search(reading.q)
    for filter_, chosen in reading.chosen.items():
        found = filter_.apply(found, [each.value for each in chosen])
    return reading, found


PROJECTS = ListPage(
    name="projects",
    title=_("Projects"),
    lead=_("Who funds what, through whom, and what it achieves."),
    rows=lambda user: Project.objects.visible_to(user).select_related("lead"),
    columns=[
        Column("title", _("Project"), sort="sort_key", is_main=True),
        Column("code", _("Code"), sort="code"),
        Column("lead", _("Lead organisation"), sort="lead__sort_key"),
        Column("starts", _("From"), "starts_on", sort="starts_on"),
        Column("ends", _("To"), "ends_on", sort="ends_on"),
        Column("state", _("State"), "get_state_display", sort="state"),
        Column("phase", _("Phase"), is_number=True, is_shown=False),
    ],
    filters=[
        Choices("state", _("State"), choices=Project.State.choices),
        Related("lead", _("Lead organisation"), rows=organisations, is_typed=True),
    ],
    default_sort="-starts",
    search_hint=_("Search projects"),
    empty_title=_("No project yet"),
    empty_text=_("A project holds its funders, its results, and every activity that was logged for it."),
    empty_action=(_("Add a project"), "projects:project_add", "project.edit"),
)

PUBLICATIONS = ListPage(
    name="publications",
    title=_("Publications"),
    lead=_("Reports, handbooks and films that the coalition and its projects brought out."),
    rows=lambda user: Publication.objects.visible_to(user).select_related("project"),
    columns=[
        Column("title", _("Title"), sort="sort_key", is_main=True),
        Column("kind", _("Kind"), "get_kind_display"),
        Column("published", _("Published on"), "published_on", sort="published_on"),
        Column("project", _("Project"), "project.code"),
        Column("languages", _("Languages"), "language_names", needs=("languages",), is_shown=False),
        Column("isbn", "ISBN", is_shown=False),
        Column("link", _("Link"), is_shown=False),
        Column("downloads", _("Downloads"), load=downloads_of, is_number=True, is_shown=False),
    ],
    filters=[
        Choices("kind", _("Kind"), choices=Publication.Kind.choices),
        Related(
            "project",
            _("Project"),
            rows=lambda user: Project.objects.visible_to(user).order_by("-starts_on", "pk"),
        ),
        Year("year", _("Year"), "published_on"),
    ],
    default_sort="-published",
    empty_title=_("No publication yet"),
    empty_text=_("Full reports, their summaries, handbooks and films stand here with their files or links."),
    empty_action=(_("Add a publication"), "projects:publication_add", "project.edit"),
)

POLICY_INPUTS = ListPage(
    name="policy-inputs",
    title=_("Policy inputs"),
    lead=_("What was said to those who make law and policy, and how far it came."),
    rows=lambda user: PolicyInput.objects.visible_to(user).select_related("project"),
    columns=[
        Column("title", _("Title"), sort="sort_key", is_main=True),
        Column("document", _("Document or law")),
        Column("body", _("Body")),
        Column("stage", _("Stage"), "get_stage_display", sort="stage"),
        Column("submitted", _("Submitted on"), "submitted_on", sort="submitted_on"),
        Column("project", _("Project"), "project.code", is_shown=False),
    ],
    filters=[
        Choices("stage", _("Stage"), choices=PolicyInput.Stage.choices),
        Related(
            "project",
            _("Project"),
            rows=lambda user: Project.objects.visible_to(user).order_by("-starts_on", "pk"),
        ),
        Year("year", _("Year"), "submitted_on"),
    ],
    default_sort="-submitted",
    empty_title=_("No policy input yet"),
    empty_text=_("Comments on draft laws and programmes stand here, with the answer they got."),
    empty_action=(_("Add a policy input"), "projects:policy_input_add", "project.edit"),
)
