"""The list pages of campaigns and forms, declared once (coalition/lists)."""

from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, QuarterlyForm, ReportingRound
from coalition.lists.pages import Choices, Column, Flag, ListPage, Related
from coalition.members.models import Organisation
from coalition.templatetags.portal import state as state_tag

TONES = {"returned": "owed", "accepted": "good", "submitted": "", "draft": "", "not_started": "quiet"}


def state_words(form):
    """Say where a form stands: "Submitted 12/04", "Returned for changes"."""
    when = form.submitted_at if form.state == "submitted" else None
    when = form.accepted_at if form.state == "accepted" else when
    return state_tag(form.get_state_display(), TONES[form.state], when)


def _due(form):
    return form.obligation.due_on if form.is_open else None


CAMPAIGNS = ListPage(
    name="campaigns",
    title=_("Campaigns"),
    lead=_("What the coalition says together in public, and what members did for it."),
    rows=lambda user: Campaign.objects.visible_to(user).select_related("lead"),
    columns=[
        Column("title", _("Campaign"), "title", sort="sort_key", is_main=True),
        Column("lead", _("Lead organisation"), sort="lead__sort_key"),
        Column("starts", _("From"), "starts_on", sort="starts_on"),
        Column("ends", _("Until"), "ends_on", sort="ends_on"),
        Column("forms", _("Quarterly forms"), "asks_for_forms"),
        Column("public", _("Public page"), "is_public", is_shown=False),
    ],
    filters=[
        Flag("forms", _("Members file a form each quarter"), "asks_for_forms"),
        Flag("public", _("Has a public page"), "is_public"),
    ],
    default_sort="-starts",
    empty_title=_("No campaign yet"),
    empty_text=_("Campaigns stand here with their runs, challenges and festival days."),
    empty_action=(_("Add a campaign"), "campaigns:campaign_new", "campaign.edit"),
)

FORMS = ListPage(
    name="forms",
    title=_("Quarterly forms"),
    lead=_("What each member did for a campaign in a quarter, half filled from the activity log."),
    rows=lambda user: QuarterlyForm.objects.visible_to(user).select_related(
        "round__campaign", "organisation", "obligation"
    ),
    columns=[
        Column("quarter", _("Quarter"), "round", sort="round__opens_on", is_main=True),
        Column("organisation", _("Organisation"), sort="organisation__sort_key"),
        Column("campaign", _("Campaign"), "round.campaign", sort="round__campaign__sort_key"),
        Column("state", _("State"), "get_state_display", html=state_words, sort="state"),
        Column("due", _("Due"), _due, sort="obligation__due_on"),
        Column("submitted", _("Submitted"), "submitted_at", sort="submitted_at", is_shown=False),
        Column("accepted", _("Accepted"), "accepted_at", sort="accepted_at", is_shown=False),
    ],
    filters=[
        Choices("state", _("State"), "state", choices=QuarterlyForm.State.choices),
        Related(
            "org", _("Organisation"), "organisation", is_typed=True, rows=Organisation.objects.visible_to
        ),
        Related(
            "campaign",
            _("Campaign"),
            "round__campaign",
            rows=lambda user: Campaign.objects.visible_to(user).filter(asks_for_forms=True).in_order(),
        ),
        Related(
            "round",
            _("Quarter"),
            "round",
            rows=lambda user: ReportingRound.objects.visible_to(user).for_list(),
        ),
    ],
    search=lambda rows, query: rows.filter(organisation__in=Organisation.objects.search(query).values("pk")),
    search_hint=_("Part of an organisation's name"),
    default_sort="-quarter",
    empty_title=_("No form yet"),
    empty_text=_("When the coordinator opens a quarter, each member finds its form here, half filled."),
    empty_action=(_("Open a quarter"), "campaigns:round_new", "round.open"),
)
