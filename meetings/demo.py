"""Demonstration data: the working group's meeting of 3 February 2015 retold, the year around it, and this season.

The facts of 2015 (what was decided, who took it on, by when) are those of the coalition; the words are
our own. People are called by what they do. Everything of this season is made up.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from coalition.dates import add_working_days, next_working_day
from coalition.members.models import Organisation, User
from coalition.obligations import actions as ledger
from coalition.obligations.models import Obligation
from coalition.reference.models import Pillar
from meetings import actions
from meetings.models import AgendaItem, Meeting, WorkingGroup

STAFF = "staff@example.org"
ALL = "*"
# Each meeting of 2015: day, host, place, summary in English, items and the points under each item.
# An item: (number, title, pillar, lines). A point: (text, owners, person, due words, due, not before, what was done).
YEAR_2015 = [
    {
        "day": date(2015, 1, 6),
        "host": "NGORC",
        "place": "Trung tâm Dữ liệu các tổ chức phi chính phủ nước ngoài, Hà Nội",
        "summary": "The group agreed on four trainings for the year and on talking about one topic in each meeting.",
        "items": [
            (
                "1",
                "Nâng cao năng lực",
                "capacity",
                ["Thống nhất bốn lớp tập huấn của năm; Tầm nhìn Thế giới lo lớp đầu tiên."],
            ),
            (
                "2",
                "Vận động chính sách",
                "advocacy",
                ["Bàn về năm kỷ niệm 25 năm Việt Nam phê chuẩn Công ước."],
            ),
            ("3", "Giám sát và đánh giá", "monitoring", ["Liệt kê các bộ chỉ số đang dùng."]),
        ],
        "points": [
            (
                0,
                "Gửi dự thảo kế hoạch tập huấn cho nhóm",
                ["WVIV"],
                "",
                "trước ngày 30/1",
                date(2015, 1, 30),
                None,
                "Đã gửi dự thảo ngày 28/01.",
            ),
            (
                2,
                "Tập hợp tên các bộ chỉ số mà tổ chức mình đang dùng",
                ["PLAN", "CHILDFUND"],
                "",
                "cuối tháng 1",
                date(2015, 1, 31),
                None,
                "Đã gửi bảng liệt kê.",
            ),
        ],
    },
    {
        "day": date(2015, 2, 3),
        "host": "NGORC",
        "place": "Trung tâm Dữ liệu các tổ chức phi chính phủ nước ngoài, Hà Nội",
        "summary": (
            "Plan of the year in three pillars: four trainings (child rights, participation, protection, indicators), an open "
            "letter to the Prime Minister by the end of April, a shared logo for 25 years of the Convention in Viet Nam, and "
            "closer work with the Department on indicators. The Department's own plans were shared in ten points."
        ),
        "items": [
            (
                "1",
                "Nâng cao năng lực",
                "capacity",
                [
                    "Bốn lớp tập huấn trong năm: quyền trẻ em, sự tham gia của trẻ em, bảo vệ trẻ em, bộ chỉ số về quyền trẻ em.",
                    "Lớp đầu tiên kéo dài một ngày vào tháng 3, do Tầm nhìn Thế giới tổ chức.",
                    "Mỗi cuộc họp dành một tiếng cho một chủ đề chia sẻ, kể cả phần hỏi đáp.",
                ],
            ),
            (
                "2",
                "Vận động chính sách",
                "advocacy",
                [
                    "Thư ngỏ gửi Thủ tướng về bạo lực và xâm hại trẻ em, dựa trên bằng chứng, hoàn thành chậm nhất trong tháng 4 năm 2015.",
                    "Cùng làm một logo cho dịp 25 năm thực hiện Công ước; hoạt động nào liên quan đều dùng logo này.",
                    "Hướng dẫn các địa phương lập kế hoạch thực hiện khuyến nghị của Ủy ban và Quyết định 535.",
                ],
            ),
            (
                "3",
                "Giám sát và đánh giá",
                "monitoring",
                [
                    "Nhiều bộ chỉ số chưa khớp nhau; cần trao đổi thêm với Cục Trẻ em.",
                ],
            ),
            (
                "",
                "Kế hoạch của Cục Trẻ em",
                None,
                [
                    "- Đánh giá tác động và lồng ghép giới trong dự thảo luật, có sự tham gia của các tổ chức",
                    "- Hội thảo tham vấn vào cuối tháng 4 và cuối tháng 5, trước khi trình Chính phủ và Quốc hội",
                    "- Đánh giá chương trình quốc gia giai đoạn trước, cùng UNICEF",
                    "- Hội thảo hoàn thiện bộ chỉ số tại Đà Nẵng",
                    "- Chương trình thúc đẩy quyền trẻ em sắp được thông qua",
                    "- Họp báo và cuộc thi ảnh để trẻ em đánh giá việc thực hiện Công ước",
                    "- Gửi chương trình sớm để các tổ chức phối hợp",
                    "- Cùng nhóm tổ chức họp với đại biểu các tỉnh",
                    "- Chủ đề Diễn đàn Trẻ em có thể là sự tham gia của trẻ em",
                    "- Cơ sở dữ liệu về trẻ em trên máy tính, thử tại một số xã",
                ],
            ),
        ],
        "points": [
            (
                0,
                "Gửi kế hoạch và chương trình tập huấn",
                ["WVIV"],
                "cán bộ Tầm nhìn",
                "trước Tết (10/2)",
                date(2015, 2, 10),
                None,
                "Đã gửi kế hoạch và chương trình ngày 09/02.",
            ),
            (
                0,
                "Chia sẻ kế hoạch tập huấn với cả nhóm",
                ["NGORC"],
                "cán bộ NGORC",
                "sau Tết",
                None,
                date(2015, 2, 24),
                "Đã gửi cho cả nhóm sau kỳ nghỉ Tết.",
            ),
            (
                0,
                "Gửi ít nhất một chủ đề chia sẻ là thế mạnh của tổ chức mình, kèm thời gian dự kiến",
                [ALL],
                "",
                "",
                None,
                None,
                "Đã gửi chủ đề.",
            ),
            (
                0,
                "Chia sẻ về hòa nhập người khuyết tật",
                ["CRS"],
                "",
                "vào tháng 5",
                date(2015, 5, 31),
                None,
                "Đã chia sẻ trong cuộc họp tháng 5.",
            ),
            (
                1,
                "Xin ý kiến PACCOM về thư ngỏ gửi Thủ tướng",
                ["NGORC"],
                "cán bộ NGORC",
                "",
                None,
                None,
                "Đã có ý kiến góp ý của PACCOM.",
            ),
            (
                1,
                "Soạn thư hỏi các tổ chức về khả năng tham gia viết thư ngỏ",
                ["VACR"],
                "",
                "trước ngày 10/2",
                date(2015, 2, 10),
                None,
                "Đã gửi thư hỏi, tám tổ chức nhận lời.",
            ),
            (
                1,
                "Hỏi bộ phận truyền thông về thiết kế logo",
                ["CHILDFUND"],
                "cán bộ ChildFund",
                "",
                None,
                None,
                "Bộ phận truyền thông nhận thiết kế.",
            ),
            (
                1,
                "Gửi ít nhất một ý tưởng về logo",
                [ALL],
                "",
                "trước ngày 28 tháng 2",
                date(2015, 2, 28),
                None,
                "Đã gửi ý tưởng.",
            ),
            (
                1,
                "Cập nhật theo quý biểu mẫu các hoạt động hướng tới 25 năm thực hiện Công ước",
                [ALL],
                "",
                "theo quý",
                date(2015, 3, 31),
                None,
                "Đã cập nhật.",
            ),
            (
                1,
                "Phối hợp hướng dẫn địa phương lập kế hoạch thực hiện khuyến nghị",
                ["VACR", "CRS"],
                "",
                "",
                None,
                None,
                "Đã cùng làm tại hai tỉnh.",
            ),
            (
                3,
                "Bàn tiếp khi có dự thảo luật lần thứ tư",
                ["NGORC"],
                "",
                "sau Tết",
                None,
                date(2015, 2, 24),
                "Đã đưa vào cuộc họp tháng 3.",
            ),
            (
                3,
                "Xin Cục Trẻ em bộ công cụ đánh giá chương trình 2011–2015 và khung chương trình 2016–2020",
                ["PLAN"],
                "",
                "",
                None,
                None,
                "Đã nhận bộ công cụ.",
            ),
        ],
    },
    {
        "day": date(2015, 3, 19),
        "hours": (time(14), time(17)),
        "host": "PLAN",
        "place": "Văn phòng Plan Việt Nam",
        "summary": "Results of the first training, choice of the logo, plan of the consultation in April.",
        "items": [
            (
                "1",
                "Nâng cao năng lực",
                "capacity",
                ["Lớp tập huấn về quyền trẻ em đã diễn ra; 24 cán bộ của 15 tổ chức tham dự."],
            ),
            (
                "2",
                "Vận động chính sách",
                "advocacy",
                ["Chọn ba ý tưởng logo để các tổ chức bỏ phiếu.", "Thư ngỏ đã có bản thảo."],
            ),
            ("3", "Giám sát và đánh giá", "monitoring", ["Cục Trẻ em mời nhóm góp ý bộ chỉ số."]),
        ],
        "points": [
            (1, "Bỏ phiếu chọn logo", [ALL], "", "trước ngày 10/4", date(2015, 4, 10), None, "Đã bỏ phiếu."),
            (
                1,
                "Hoàn thiện thư ngỏ gửi Thủ tướng",
                ["VACR", "SCI"],
                "",
                "muộn nhất là tháng 4 năm 2015",
                date(2015, 4, 30),
                None,
                "Thư đã gửi ngày 28/04.",
            ),
            (
                2,
                "Gửi ý kiến về bộ chỉ số",
                ["PLAN", "WVIV"],
                "",
                "trước ngày 15/4",
                date(2015, 4, 15),
                None,
                "Đã gửi ý kiến.",
            ),
        ],
    },
    {
        "day": date(2015, 5, 14),
        "hours": (time(14), time(17)),
        "host": "CRS",
        "place": "Văn phòng CRS Hà Nội",
        "summary": "A sharing session on including children with disabilities; comments on the draft law.",
        "items": [
            ("1", "Nâng cao năng lực", "capacity", ["Chia sẻ một tiếng về hòa nhập trẻ em khuyết tật."]),
            (
                "2",
                "Vận động chính sách",
                "advocacy",
                ["Tổng hợp góp ý cho dự thảo luật sau hội thảo tham vấn cuối tháng 4."],
            ),
        ],
        "points": [
            (
                1,
                "Tổng hợp góp ý dự thảo luật thành một văn bản",
                ["SCI"],
                "",
                "cuối tháng 5",
                date(2015, 5, 31),
                None,
                "Đã gửi văn bản góp ý.",
            ),
        ],
    },
    {
        "day": date(2015, 9, 10),
        "hours": (time(14), time(17)),
        "host": "WVIV",
        "place": "Văn phòng Tầm nhìn Thế giới",
        "summary": "Preparing the week of 25 years of the Convention in November.",
        "items": [
            ("1", "Nâng cao năng lực", "capacity", ["Lớp tập huấn về bảo vệ trẻ em dời sang tháng 10."]),
            ("2", "Vận động chính sách", "advocacy", ["Phân công các hoạt động trong tuần kỷ niệm."]),
        ],
        "points": [
            (
                1,
                "Gửi danh sách hoạt động trong tuần kỷ niệm",
                [ALL],
                "",
                "trước ngày 15/10",
                date(2015, 10, 15),
                None,
                "Đã gửi danh sách.",
            ),
        ],
    },
]


def load(today):
    """Add what is missing; what people have changed since stays as they left it."""
    organisations = {organisation.code: organisation for organisation in Organisation.objects.all()}
    staff = User.objects.filter(email=STAFF).first()
    group = _group(organisations)
    previous = None
    for told in YEAR_2015:
        previous = _told(told, group, organisations, staff, previous)
    _this_season(group, organisations, staff, today)


def _group(organisations):
    group, _made = WorkingGroup.objects.get_or_create(
        code="CRWG",
        defaults={
            "name_vi": "Nhóm công tác về Quyền trẻ em",
            "name_en": "Child Rights Working Group",
            "chair": organisations.get("SCI"),
            "place": "Trung tâm Dữ liệu các tổ chức phi chính phủ nước ngoài, Hà Nội",
            "starts_at": time(14),
            "ends_at": time(17),
        },
    )
    return group


def _told(told, group, organisations, staff, previous):
    """Write one meeting of 2015 with its minutes; everything it asked for has been done."""
    meeting = Meeting.objects.filter(
        group=group, activity__starts_on=told["day"], import_key=None, activity__created_by=staff
    ).first()
    if meeting:
        return meeting
    begins, ends = told.get("hours", (group.starts_at, group.ends_at))
    meeting = actions.plan(
        group=group,
        starts_on=told["day"],
        by=staff,
        host=organisations.get(told["host"]),
        place=told["place"],
        starts_at=begins,
        ends_at=ends,
        previous=previous,
        with_agenda=False,
    )
    meeting.activity.summary = told["summary"]
    _write(meeting, told, organisations, staff)
    moment = timezone.make_aware(datetime.combine(told["day"] + timedelta(days=21), time(9)))
    Obligation.everything.filter(follow_up__point__meeting=meeting).update(closed_at=moment)
    actions.approve(meeting, by=staff)
    Meeting.objects.filter(pk=meeting.pk).update(approved_at=moment)
    meeting.refresh_from_db()
    return meeting


def _write(meeting, told, organisations, staff):
    pillars = {pillar.code: pillar for pillar in Pillar.objects.all()}
    items = []
    for place, (number, title, pillar, lines) in enumerate(told["items"], 1):
        item = AgendaItem(
            meeting=meeting,
            order=place * 10,
            number=number,
            title=title,
            pillar=pillars.get(pillar),
            content="\n".join(lines),
            state=AgendaItem.State.DISCUSSED,
            created_by=staff,
        )
        item.save()
        items.append(item)
    actions.hold(meeting, by=staff)
    present = list(meeting.invited())[:14]
    actions.attend(
        meeting,
        rows=[
            (
                organisation.pk,
                "apologies" if place % 6 == 5 else "present",
                "" if place % 6 == 5 else "cán bộ chương trình",
            )
            for place, organisation in enumerate(present)
        ],
    )
    for item, text, owners, person, words, due_on, not_before, proof in told["points"]:
        point = actions.add_point(
            meeting,
            text=text,
            by=staff,
            item=items[item],
            person_words=person,
            due_words=words,
            due_on=due_on,
            not_before=not_before,
            is_for_every_member=ALL in owners,
            organisations=[organisations[code] for code in owners if code in organisations],
        )
        if proof:
            for follow_up in point.follow_ups.select_related("obligation"):
                ledger.close(follow_up.obligation, by=None, proof=proof)


def _this_season(group, organisations, staff, today):
    """Write the last meeting, with work under way, and plan the next one."""
    if Meeting.objects.filter(group=group, activity__starts_on__gte=today - timedelta(days=60)).exists():
        return
    last = next_working_day(today - timedelta(days=27))
    meeting = actions.plan(
        group=group,
        starts_on=last,
        by=staff,
        host=organisations.get("PLAN"),
        place="Văn phòng Plan Việt Nam",
        with_agenda=False,
    )
    meeting.activity.summary = "Preparing the quarterly form and the dialogue with children before Tết."
    soon, later = add_working_days(today, 4), add_working_days(today, 12)
    _write(
        meeting,
        {
            "items": [
                (
                    "1",
                    "Nâng cao năng lực",
                    "capacity",
                    [
                        "Lớp tập huấn về Bộ nguyên tắc quyền trẻ em trong kinh doanh mở đăng ký.",
                        "Mỗi tổ chức cử tối đa hai người.",
                    ],
                ),
                (
                    "2",
                    "Vận động chính sách",
                    "advocacy",
                    [
                        "Đối thoại với trẻ em trước Tết: cần thêm hai tổ chức cùng điều phối.",
                        "Góp ý báo cáo bổ sung gửi Ủy ban về Quyền trẻ em.",
                    ],
                ),
                ("3", "Giám sát và đánh giá", "monitoring", ["Phiếu hoạt động quý mở vào đầu tháng sau."]),
            ],
            "points": [
                (0, "Gửi tên người tham dự lớp tập huấn", [ALL], "", "trước cuối tuần sau", soon, None, ""),
                (
                    1,
                    "Gửi danh sách trẻ em nòng cốt dự đối thoại (chỉ số lượng)",
                    ["PLAN", "CRD"],
                    "",
                    "",
                    soon,
                    None,
                    "",
                ),
                (
                    1,
                    "Viết phần về trừng phạt thân thể của báo cáo bổ sung",
                    ["SCI"],
                    "cán bộ vận động",
                    "trong vòng một tháng",
                    later,
                    None,
                    "",
                ),
                (1, "Mời Bộ Y tế dự đối thoại", ["VACR"], "", "", today - timedelta(days=3), None, ""),
                (
                    2,
                    "Gửi lịch mở phiếu quý cho các đầu mối",
                    ["MSD"],
                    "",
                    "",
                    today - timedelta(days=9),
                    None,
                    "Đã gửi lịch cho các đầu mối.",
                ),
            ],
        },
        organisations,
        staff,
    )
    actions.plan_next(
        meeting,
        starts_on=next_working_day(today + timedelta(days=16)),
        by=staff,
        host=organisations.get("VACR"),
        place="Hội Bảo vệ quyền trẻ em Việt Nam, Hà Nội",
    )
