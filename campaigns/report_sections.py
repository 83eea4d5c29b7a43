"""What campaigns contribute to reports: their runs in the period, and the quarterly forms received."""

from dataclasses import replace

from django.db.models import Count, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns import summaries
from campaigns.lists import rounds
from campaigns.models import Answer, Campaign, Component, Edition, FormLine, QuarterlyForm
from coalition.dates import Quarter
from coalition.lists.pages import Related
from projects.lists import ACTIVITIES
from projects.models import Activity
from projects.reports import blocks as b
from projects.reports.registry import register, register_topic


def campaigns(scope):
    """Each run of a campaign with activities in the report: when, how many activities, which parts."""
    held = scope.activities().held()
    editions = scope.read(
        "editions",
        Edition.objects.filter(activities__in=held.order_by().values("pk"))
        .annotate(
            number=Count("activities", filter=Q(activities__in=held.order_by().values("pk")), distinct=True)
        )
        .select_related("campaign")
        .prefetch_related(
            Prefetch("components", Component.objects.select_related("challenge").order_by("order", "pk"))
        )
        .order_by("starts_on", "pk"),
    )
    if not editions:
        return []
    rows = [
        [
            edition.campaign.words("title", scope.language),
            edition.words("title", scope.language),
            edition.starts_on,
            edition.ends_on,
            edition.number,
            "; ".join(part.words("title", scope.language) for part in edition.components.all()),
        ]
        for edition in editions
    ]
    columns = [
        (_("Campaign"), "text", 22),
        (_("Run"), "text", 22),
        (_("From"), "date", 12),
        (_("Until"), "date", 12),
        (_("Activities"), "number", 11),
        (_("What it was made of"), "text", 21),
    ]
    runs = len(editions)
    return [
        b.figure(
            runs,
            ngettext("run of a campaign", "runs of campaigns", runs),
            path="/campaigns/",
            rule=_("Runs with at least one activity that was held in the period."),
            records=[
                (edition.words("title", scope.language), edition.get_absolute_url()) for edition in editions
            ],
        ),
        b.table(_("Campaigns"), columns, rows, path="/campaigns/"),
    ]


def quarter_forms(scope):
    """The forms of the quarters in the period: from how many organisations, in time or late, and what they say."""
    if scope.project:
        return []
    forms = QuarterlyForm.objects.filter(_quarters(scope.starts_on, scope.ends_on))
    if scope.topic:
        forms = forms.filter(round__campaign__public_id=scope.topic.partition(":")[2])
    if scope.organisation:
        forms = forms.filter(organisation=scope.organisation)
    asked = scope.once("forms_asked", forms.count)
    received = scope.read(
        "forms_received",
        forms.filter(state__in=("submitted", "accepted"))
        .select_related("round", "organisation")
        .annotate(lines_done=Count("lines", filter=Q(lines__part=FormLine.Part.DONE)))
        .order_by("round__year", "round__quarter", "organisation__sort_key", "pk"),
    )
    if not asked:
        return []
    rows = [
        [
            form.round.period.label(scope.language),
            form.organisation.name_in(scope.language),
            timezone.localtime(form.submitted_at).date(),
            _("late") if form.was_late else _("in time"),
            form.lines_done,
        ]
        for form in received
    ]
    columns = [
        (_("Quarter"), "text", 14),
        (_("Organisation"), "text", 44),
        (_("Submitted"), "date", 14),
        (_("In time"), "text", 14),
        (_("Activities"), "number", 14),
    ]
    words = _("forms received, of %(asked)s that were asked for") % {"asked": asked}
    return [
        b.figure(
            len(received),
            words,
            path="/forms/",
            rule=_("Forms that were submitted or accepted."),
            records=[
                (
                    f"{form.organisation.name_in(scope.language)}, {form.round.period.label(scope.language)}",
                    form.get_absolute_url(),
                )
                for form in received
            ],
        ),
        b.table(_("Quarterly forms received"), columns, rows, path="/forms/"),
        *_people(scope, received),
        *_highlights(scope, received),
    ]


def _quarters(first, last):
    """Return the rounds of every quarter that the period touches."""
    touched, quarter = Q(), Quarter.of(first)
    while quarter.starts_on <= last:
        touched |= Q(round__year=quarter.year, round__quarter=quarter.number)
        quarter = quarter.next()
    return touched


def _people(scope, forms):
    """Return the sums of the lines as a chart; nothing where nobody counted."""
    activities = Activity.objects.filter(form_lines__form__in=forms, form_lines__part="done").distinct()
    sums = scope.once("forms_people", lambda: summaries.people_of(activities))
    if all(number is None for number in sums.values()):
        return []
    sexes = [(_("Female"), "female"), (_("Male"), "male"), (_("Sex not known"), "unknown")]
    series = [(label, [sums[f"children_{sex}"], sums[f"adults_{sex}"]]) for label, sex in sexes]
    return [b.stacked(_("Who took part, as the forms say"), [_("Children"), _("Adults")], series)]


def _highlights(scope, forms):
    answers = Answer.objects.filter(form__in=forms, question__code="highlights").exclude(text="")
    answers = answers.filter(form__has_nothing=False).select_related("form__organisation")
    ordered = answers.order_by(
        "form__round__year", "form__round__quarter", "form__organisation__sort_key", "pk"
    )
    found = [
        f"{answer.form.organisation.name_in(scope.language)}: {answer.text}"
        for answer in scope.read("forms_highlights", ordered)
    ]
    return [b.bullets(found, _("Highlights the organisations name"))] if found else []


def campaign_choices(user):
    """Return the campaigns a report can be about."""
    return [(campaign.public_id, str(campaign)) for campaign in Campaign.objects.visible_to(user).in_order()]


def limit_to_campaign(activities, public_id):
    """Return the activities that belong to a run of the campaign."""
    return _of_campaigns(activities, edition__campaign__public_id=public_id)


def campaign_title(public_id, language):
    campaign = Campaign.everything.filter(public_id=public_id).first()
    return campaign.words("title", language) if campaign else ""


def _of_campaigns(activities, **which):
    tagged = Edition.activities.through.objects.filter(**which)
    return activities.filter(pk__in=tagged.values("activity"))


class InForms(Related):
    """The activities in the forms of a round, as far as whoever asks may read those forms."""

    def read(self, raw_values, user):
        chosen, unread = super().read(raw_values, user)
        return [replace(each, value=each.value.forms.in_hand(user)) for each in chosen], unread


def _listed_in(activities, rounds_forms):
    listed = Q()
    for forms in rounds_forms:
        listed |= Q(pk__in=summaries.activities_of(forms).values("pk"))
    return activities.filter(listed)


def _round_words(opened):
    return f"{opened.campaign}, {opened}"


def register_all():
    register("campaigns", gettext_lazy("Campaigns"), campaigns)
    register("quarter_forms", gettext_lazy("Quarterly forms received"), quarter_forms)
    register_topic("campaign", choices=campaign_choices, limit=limit_to_campaign, title=campaign_title)
    ACTIVITIES.filters.append(
        Related(
            "campaign",
            gettext_lazy("Campaign"),
            rows=lambda user: Campaign.objects.visible_to(user).in_order(),
            narrow=lambda rows, values: _of_campaigns(rows, edition__campaign__in=values),
        )
    )
    ACTIVITIES.filters.append(
        InForms(
            "forms", gettext_lazy("Quarterly forms of"), rows=rounds, words=_round_words, narrow=_listed_in
        )
    )
