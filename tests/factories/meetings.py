"""Factories of working groups, meetings and what minutes hold; and minutes of our own in the shape they come in."""

import datetime as dt
import io

import factory

from coalition.obligations import actions as ledger
from coalition.reference.models import Pillar
from meetings import models
from projects.models import Activity
from tests.factories.members import OrganisationFactory, UserFactory


class WorkingGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.WorkingGroup
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"WG{n}")
    name_vi = factory.Sequence(lambda n: f"Nhóm làm việc số {n}")


class MeetingActivityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Activity

    title = factory.Sequence(lambda n: f"Cuộc họp số {n}")
    kind = "meeting"
    state = "held"
    starts_on = dt.date(2015, 2, 3)
    lead = factory.SubFactory(OrganisationFactory)
    is_shared = True


class MeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Meeting

    activity = factory.SubFactory(MeetingActivityFactory)
    group = factory.SubFactory(WorkingGroupFactory)
    state = "held"


class AttendanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Attendance

    meeting = factory.SubFactory(MeetingFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    status = "present"


class AgendaItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    order = factory.Sequence(lambda n: 10 * n)
    title = factory.Sequence(lambda n: f"Nội dung số {n}")


class WaitingMatterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.WaitingMatter

    group = factory.SubFactory(WorkingGroupFactory)
    title = factory.Sequence(lambda n: f"Việc chờ bàn số {n}")


class GroupFeedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.GroupFeed

    user = factory.SubFactory(UserFactory)
    group = factory.SubFactory(WorkingGroupFactory)
    token_hash = factory.Sequence(lambda n: f"{n:064d}")


class NoteDraftFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.NoteDraft

    user = factory.SubFactory(UserFactory)
    item = factory.SubFactory(AgendaItemFactory)
    base_version = 1


class CommentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Comment

    meeting = factory.SubFactory(MeetingFactory)
    author = factory.SubFactory(UserFactory)
    text = "Một góp ý."


class MinutesVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.MinutesVersion

    meeting = factory.SubFactory(MeetingFactory)
    number = 1
    approved_by = factory.SubFactory(UserFactory)
    contents = factory.LazyFunction(dict)


class ActionPointFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ActionPoint

    meeting = factory.SubFactory(MeetingFactory)
    order = factory.Sequence(lambda n: 10 * n)
    text = factory.Sequence(lambda n: f"Việc số {n}")


class FollowUpActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.FollowUpAction

    point = factory.SubFactory(ActionPointFactory)
    obligation = factory.LazyAttribute(
        lambda follow_up: ledger.open_duty(
            kind="follow_up",
            organisation=OrganisationFactory(),
            title=follow_up.point.text,
            due_on=dt.date(2015, 2, 10),
        )
    )


class CallFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Call

    title = factory.Sequence(lambda n: f"Lời mời số {n}")
    closes_on = dt.date(2030, 2, 28)


class CallDutyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.CallDuty

    call = factory.SubFactory(CallFactory)
    obligation = factory.LazyAttribute(
        lambda duty: ledger.open_duty(kind="call", organisation=OrganisationFactory(), title=duty.call.title)
    )


class AnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Answer

    call = factory.SubFactory(CallFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    text = factory.Sequence(lambda n: f"Ý tưởng số {n}")


class VoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Vote

    call = factory.SubFactory(CallFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    answer = factory.SubFactory(AnswerFactory)
    by = factory.SubFactory(UserFactory)


class PlanItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PlanItem

    year = 2015
    pillar = factory.LazyFunction(lambda: Pillar.objects.order_by("number").first())
    title = factory.Sequence(lambda n: f"Việc trong kế hoạch số {n}")


# Minutes of an invented meeting, in the shape the coalition's come in: a heading row, a row whose left side
# has the plan's pillars, one with numbered points, one that announces the next meeting.
ROWS = [
    (["Nội dung"], ["Follow up action"]),
    (
        [
            "Kế hoạch của nhóm trong quý II",
            "1. Capacity building:",
            "· Lớp tập huấn về tiếng nói trẻ em dự kiến trong tháng 5.",
            "· Mỗi buổi kéo dài 1 tiếng",
            "2. Advocacy:",
            "· Thư góp ý gửi Bộ muộn nhất là tháng 6 năm 2015.",
            "3. M&E: Rà soát bảng chỉ số.",
        ],
        [
            "Lan sẽ gửi danh sách lớp trước ngày 20/4 để chị Mai (Mầm Xanh) thông báo sau lễ 30/4.",
            "Mỗi tổ chức gửi ít nhất 1 câu hỏi trước ngày 28 tháng 4. Thời gian cụ thể sẽ thông báo sau.",
            "MX và Bình Minh sẽ cùng viết phần mở đầu.",
            "Anh Sơn (BM) hỏi thêm Cục Trẻ em.",
            "Các tổ chức cập nhật bảng theo Quý.",
        ],
    ),
    (
        [
            "Lan – Bình Minh báo cáo chuyến đi",
            "1. Gặp bốn xã",
            "2. Xã nào cũng cần tài liệu (cuối tháng 4 và 5)",
        ],
        ["Chờ đến sau Tết khi có kinh phí sẽ bàn thêm"],
    ),
    (["Lịch họp tiếp theo: Ngày 21 tháng 5 (từ 2h đến 4h30) tại văn phòng Bình Minh"], []),
]
NAMES = [
    ("MX", "MX"),
    ("Mầm Xanh", "MX"),
    ("BM", "BM"),
    ("Bình Minh", "BM"),
    ("Tổ chức Bình Minh Việt Nam", "BM"),
    ("Cục Trẻ em", "DCA"),
    ("Cục trẻ em", "DCA"),
]
PILLARS = [("capacity", ["Capacity building"]), ("advocacy", ["Advocacy"]), ("monitoring", ["M&E"])]


def as_text(rows=ROWS):
    """Return the table as it is copied out of a document: a tab begins each cell."""
    lines = []
    for row in rows:
        for cell in row:
            first, *rest = cell or [""]
            lines += [f"\t{first}", ""]
            for line in rest:
                lines += [line, ""]
    return "\n".join(lines)


def as_docx(rows=ROWS):
    """Return the table as the bytes of a .docx."""
    import docx

    document = docx.Document()
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, lines in zip(table.add_row().cells, row, strict=True):
            for place, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
                paragraph.add_run(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
