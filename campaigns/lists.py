"""The list pages of campaigns and forms, declared once (coalition/lists)."""

from django.utils.translation import gettext_lazy as _

from campaigns.models import Answer, Campaign, QuarterlyForm, Question, ReportingRound
from coalition.lists.filters import Chosen, Filter
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


def rounds(user):
    return ReportingRound.objects.visible_to(user).for_list()


def campaigns_with_forms(user):
    return Campaign.objects.visible_to(user).filter(asks_for_forms=True).in_order()


class Code(Filter):
    """The stable code of a question, the same from round to round."""

    def read_one(self, raw, _user):
        question = Question.objects.filter(code=raw[:40]).order_by("-round__year", "-round__quarter").first()
        return Chosen(raw, raw, question.label) if question else None

    def options(self, _user):
        questions = Question.objects.select_related("round").order_by(
            "round__year", "round__quarter", "order"
        )
        return list({question.code: question.label for question in questions}.items())


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
        Related("campaign", _("Campaign"), "round__campaign", rows=campaigns_with_forms),
        Related("round", _("Quarter"), "round", rows=rounds),
        Flag("nothing", _("No activity in the quarter"), "has_nothing"),
    ],
    search=lambda rows, query: rows.filter(
        organisation__in=Organisation.everything.search(query).values("pk")
    ),
    search_hint=_("Part of an organisation's name"),
    default_sort="-quarter",
    empty_title=_("No form yet"),
    empty_text=_("When the coordinator opens a quarter, each member finds its form here, half filled."),
    empty_action=(_("Open a quarter"), "campaigns:round_new", "round.open"),
)

ANSWERS = ListPage(
    name="answers",
    title=_("Answers in the quarterly forms"),
    lead=_(
        "What the organisations answered, question by question; a question keeps its code from quarter to quarter."
    ),
    rows=lambda user: (
        Answer.objects.visible_to(user)
        .given()
        .select_related("question", "form__organisation", "form__round__campaign")
    ),
    columns=[
        Column(
            "organisation",
            _("Organisation"),
            "form.organisation",
            sort="form__organisation__sort_key",
            is_main=True,
        ),
        Column("question", _("Question"), "question.label", sort="question__code"),
        Column("answer", _("Answer"), "shown"),
        Column("quarter", _("Quarter"), "form.round", sort="form__round__opens_on"),
        Column("state", _("State"), "form.get_state_display", sort="form__state", is_shown=False),
        Column("campaign", _("Campaign"), "form.round.campaign", is_shown=False),
    ],
    filters=[
        Code("code", _("Question"), "question__code"),
        Related("round", _("Quarter"), "form__round", rows=rounds),
        Choices("state", _("State"), "form__state", choices=QuarterlyForm.State.choices),
        Choices("said", _("Answer"), "text", choices=[("yes", _("yes")), ("no", _("no"))]),
        Related(
            "org",
            _("Organisation"),
            "form__organisation",
            is_typed=True,
            rows=Organisation.objects.visible_to,
        ),
    ],
    search=lambda rows, query: rows.filter(
        form__organisation__in=Organisation.everything.search(query).values("pk")
    ),
    search_hint=_("Part of an organisation's name"),
    default_sort="organisation",
    empty_title=_("No answer yet"),
    empty_text=_("What organisations answer in their quarterly forms stands here, to be read side by side."),
)
