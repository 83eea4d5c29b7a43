"""One object for every address with a name in it, all of one organisation, all with the same canary in their words.

A new route with arguments needs a line in ADDRESSES (or fits one by its beginning) and, if it names
something inside the object, one in INSIDE: the walk fails until it has them.
"""

import datetime as dt
import io
from types import SimpleNamespace

import openpyxl
from django.core.files.base import ContentFile

from campaigns.models import FormStep
from tests.factories import (
    campaigns,
    files,
    jobs,
    lists,
    meetings,
    members,
    notifications,
    obligations,
    reports,
    trainings,
)
from tests.factories import projects as projects_

CANARY = "Kim tước"  # what nobody of another organisation may ever read
DAY = dt.date(2026, 2, 12)

# The beginning of an address, the sample it names, and whether it belongs to one organisation alone.
ADDRESSES = {
    "/organisations/<slug:public_id>/": ("organisation", False),
    "/people/<slug:public_id>/": ("person", False),
    "/invitations/<slug:public_id>/": ("invitation", False),
    "/files/<slug:public_id>/": ("file", True),
    "/views/<slug:public_id>/": ("view", True),
    "/jobs/<slug:public_id>/": ("job", True),
    "/messages/<slug:public_id>/": ("message", True),
    "/owed/<slug:public_id>/": ("duty", True),
    "/activities/<slug:public_id>/": ("activity", True),
    "/projects/<slug:public_id>/": ("project", True),
    "/open/projects/<slug:public_id>/": ("open_project", False),
    "/publications/<slug:public_id>/": ("publication", False),
    "/policy-inputs/<slug:public_id>/": ("policy_input", False),
    "/reports/<str:public_id>/": ("report", True),
    "/trainings/courses/<slug:public_id>/": ("course", False),
    "/trainings/<slug:public_id>/": ("training", True),
    "/campaigns/editions/<slug:public_id>/": ("edition", False),
    "/campaigns/<slug:public_id>/": ("campaign", False),
    "/forms/rounds/<slug:public_id>/": ("round", False),
    "/forms/imports/<slug:public_id>/": ("form_import", True),
    "/forms/<slug:public_id>/": ("form", True),
    "/meetings/groups/<slug:public_id>/": ("group", False),
    "/meetings/waiting/<slug:public_id>/": ("matter", False),
    "/meetings/items/<slug:public_id>/": ("item", True),
    "/meetings/points/<slug:public_id>/": ("point", True),
    "/meetings/plan/items/<slug:public_id>/": ("plan_item", False),
    "/meetings/calls/<slug:public_id>/": ("call", False),
    "/meetings/answers/<slug:public_id>/": ("answer", True),
    "/meetings/<slug:public_id>/": ("meeting", True),
}

# Addresses that name something else, and what they name beside the object.
INSIDE = {
    "home_part": lambda w: {"part": "owe"},
    "members:role_end": lambda w: {"role": w.role.pk},
    "members:role_hand_over": lambda w: {"role": w.role.pk},
    "members:invitation_accept": lambda w: {"token": "khong-co"},
    "files:consent_withdraw": lambda w: {"number": w.consent.pk},
    "lists:view_save": lambda w: {"list_name": "activities"},
    "notifications:unsubscribe": lambda w: {"token": "khong-co"},
    "obligations:hand_over": lambda w: {"code": w.organisation.code},
    "obligations:feed": lambda w: {"token": "khong-co"},
    "projects:activity_go_back": lambda w: {"number": w.activity.history.first().pk},
    "projects:project_go_back": lambda w: {"number": w.project.history.first().pk},
    "projects:publication_go_back": lambda w: {"number": w.publication.history.first().pk},
    "projects:policy_input_go_back": lambda w: {"number": w.policy_input.history.first().pk},
    "projects:activity_organisation_remove": lambda w: {"organisation": w.organisation.public_id},
    "projects:evidence_remove": lambda w: {"file_id": w.file.public_id},
    "projects:evidence_restore": lambda w: {"file_id": w.file.public_id},
    "projects:result_indicators": lambda w: {"number": w.result.pk},
    "projects:result_proof": lambda w: {"number": w.result.pk},
    "projects:indicator_values": lambda w: {"number": w.indicator.pk},
    "projects:funding_budget": lambda w: {"number": w.funding.pk},
    "projects:project_lines": lambda w: {"what": "funding"},
    "projects:report_write": lambda w: {"code": w.report_section},
    "projects:report_make": lambda w: {"kind": "pdf"},
    "projects:report_letter": lambda w: {"language": "vi"},
    "projects:report_letter_file": lambda w: {"language": "vi", "kind": "docx"},
    "projects:report_file": lambda w: {"file_id": w.file.public_id},
    "trainings:participant_remove": lambda w: {"participant": w.participant.pk},
    "trainings:certificate_open": lambda w: {"number": w.certificate.number},
    "campaigns:campaign_public": lambda w: {"code": w.campaign.code},
    "campaigns:form_confirm": lambda w: {"token": "khong-co"},
    "campaigns:line_edit": lambda w: {"line_id": w.line.public_id},
    "campaigns:line_remove": lambda w: {"line_id": w.line.public_id},
    "campaigns:line_correct": lambda w: {"line_id": w.line.public_id},
    "campaigns:photo_remove": lambda w: {"file_id": w.file.public_id},
    "meetings:feed": lambda w: {"token": "khong-co"},
    "meetings:plan_page": lambda w: {"year": w.plan_item.year},
    "meetings:plan_board": lambda w: {"year": w.plan_item.year},
    "meetings:minutes_version": lambda w: {"number": w.minutes_version.number},
    "meetings:plan_item_new": lambda w: {"year": w.plan_item.year},
    "account_confirm_email": lambda w: {"key": "khong-co"},
    "account_reset_password_from_key": lambda w: {"uidb36": "1", "key": "khong-co"},
    "mfa_remove_webauthn": lambda w: {"pk": 0},
    "mfa_edit_webauthn": lambda w: {"pk": 0},
}


def sample_of(route):
    """Return (name of the sample, whether it is one organisation's own) for a declared route, or (None, False)."""
    fitting = [start for start in ADDRESSES if route.path.startswith(start)]
    return ADDRESSES[max(fitting, key=len)] if fitting else (None, False)


def arguments(route, world):
    """Return the arguments of a route's address, from the samples of `world`."""
    name, _is_own = sample_of(route)
    found = {}
    if name:
        sample = getattr(world, name)
        found["public_id"] = getattr(sample, "public_id", None) or sample.activity.public_id
    return found | INSIDE.get(route.name, lambda world: {})(world)


def world(organisation, *, owner, coordinator, stranger):
    """Build one of everything for `organisation`, of which `owner` is the focal point."""
    w = SimpleNamespace(organisation=organisation, person=stranger, owner=owner)
    w.role = stranger.memberships.get()
    w.invitation = members.InvitationFactory(invited_by=coordinator)
    w.view = lists.SavedViewFactory(owner=owner, name=f"{CANARY} xem")
    w.message = notifications.MessageFactory(recipient=owner, subject=f"{CANARY} thư")
    _log(w, organisation)
    w.job = jobs.JobFactory(requested_by=owner, title=f"{CANARY} việc", state="done", result_file=w.file)
    _teach(w, organisation)
    _campaign(w, organisation, owner)
    _meet(w, organisation)
    w.duty = obligations.ObligationFactory(organisation=organisation, title=f"{CANARY} việc cần làm")
    return w


def _log(w, organisation):
    w.activity = projects_.ActivityFactory(
        lead=organisation, title=f"{CANARY} hoạt động", starts_on=DAY, is_shared=False
    )
    w.file = files.StoredFileFactory(organisation=organisation, caption=f"{CANARY} ảnh")
    w.consent = files.ConsentFactory(file=w.file)
    projects_.EvidenceFactory(activity=w.activity, file=w.file)
    projects_.ParticipationFactory(activity=w.activity, organisation=organisation)
    w.project = projects_.ProjectFactory(lead=organisation, title_vi=f"{CANARY} dự án", state="draft")
    w.result = projects_.ResultFactory(project=w.project)
    w.indicator = projects_.ProjectIndicatorFactory(result=w.result)
    w.funding = projects_.FundingLineFactory(project=w.project)
    w.open_project = projects_.ProjectFactory(is_public=True)
    w.publication = projects_.PublicationFactory(link="https://example.org/bao-cao", is_public=True)
    w.policy_input = projects_.PolicyInputFactory()
    w.report = reports.ReportFactory(project=w.project, title=f"{CANARY} báo cáo")
    from projects.reports import outlines

    w.report_section = outlines.outline(w.report.template_code)[0].code


def _teach(w, organisation):
    activity = projects_.ActivityFactory(
        lead=organisation, title=f"{CANARY} tập huấn", kind="training", starts_on=DAY, is_shared=False
    )
    w.training = trainings.TrainingFactory(activity=activity)
    w.course = w.training.course
    w.participant = trainings.ParticipantFactory(training=w.training, full_name=f"{CANARY} học viên")
    w.certificate = trainings.CertificateFactory(
        participant=trainings.ParticipantFactory(training=w.training, organisation=organisation)
    )


def _campaign(w, organisation, owner):
    w.campaign = campaigns.CampaignFactory(is_public=True)
    w.edition = campaigns.EditionFactory(campaign=w.campaign)
    w.round = campaigns.RoundFactory(campaign=w.campaign, edition=w.edition, year=2026)
    w.form = campaigns.FormFactory(round=w.round, organisation=organisation, state="draft")
    w.line = campaigns.FormLineFactory(
        form=w.form, activity__title=f"{CANARY} dòng", activity__starts_on=DAY, activity__is_shared=False
    )
    question = campaigns.QuestionFactory(round=w.round)
    campaigns.AnswerFactory(form=w.form, question=question, text=f"{CANARY} trả lời")
    w.form_import = campaigns.FormImportFactory(
        form=w.form, by=owner, workbook=_workbook(), read={"lines": [], "answers": {}, "encoding": "utf-8"}
    )
    FormStep.objects.create(form=w.form, verb="issued", note=f"{CANARY} bước")


def _workbook():
    """Return an empty workbook as a file."""
    content = io.BytesIO()
    openpyxl.Workbook().save(content)
    return ContentFile(content.getvalue(), name="phieu.xlsx")


def _meet(w, organisation):
    w.group = meetings.WorkingGroupFactory()
    activity = meetings.MeetingActivityFactory(lead=organisation, title=f"{CANARY} họp", is_shared=False)
    w.meeting = meetings.MeetingFactory(activity=activity, group=w.group)
    w.item = meetings.AgendaItemFactory(meeting=w.meeting, title=f"{CANARY} mục")
    w.point = meetings.ActionPointFactory(meeting=w.meeting, text=f"{CANARY} điểm")
    follow_up = meetings.FollowUpActionFactory(point=w.point)
    follow_up.obligation.organisation = organisation
    follow_up.obligation.save()
    w.minutes_version = meetings.MinutesVersionFactory(meeting=w.meeting, contents={"title": f"{CANARY} bản"})
    w.matter = meetings.WaitingMatterFactory(group=w.group)
    w.plan_item = meetings.PlanItemFactory()
    w.call = meetings.CallFactory()
    w.answer = meetings.AnswerFactory(call=w.call, organisation=organisation, text=f"{CANARY} ý tưởng")
