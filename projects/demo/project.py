"""The real project, phase 2 of 2019–2021: its chain of money, results, publications and contributions to law."""

from datetime import date

from coalition.members.models import Organisation
from coalition.reference.models import Article, Province, Recommendation
from projects.models import (
    Activity,
    BudgetLine,
    FundingLine,
    IndicatorValue,
    PolicyInput,
    Project,
    ProjectIndicator,
    ProjectPartner,
    Publication,
    Result,
)

CODE = "QTE-GD2"

RESULTS = [  # level, order, statement, achieved (vi, en of each)
    (
        "objective",
        1,
        "Các tổ chức xã hội đủ năng lực và có không gian đối thoại với cơ quan Nhà nước để cùng thực hiện khuyến nghị của "
        "Ủy ban về Quyền trẻ em.",
        "Civil-society organisations are able, and have the space for dialogue with State agencies, to carry forward the "
        "recommendations of the Committee on the Rights of the Child.",
        "",
        "",
    ),
    (
        "output",
        1,
        "Ý kiến và kiến nghị của tổ chức xã hội được đưa vào chương trình quốc gia vì trẻ em và các văn bản về quyền trẻ em.",
        "Views and recommendations of civil society reach the national programme for children and legal texts on children's rights.",
        "Đã góp ý cho chương trình quốc gia vì trẻ em và nhiều văn bản liên quan.",
        "Contributions were made to the national programme for children and several legal texts.",
    ),
    (
        "output",
        2,
        "Báo cáo Tiếng nói trẻ em Việt Nam được công bố và chia sẻ tại 7 tỉnh, thành phố.",
        "The report Voices of Vietnamese Children is published and shared in 7 provinces and cities.",
        "Đã công bố bản đầy đủ và bản tóm tắt; chuỗi hội thảo tổ chức tại Hà Nội, TP. Hồ Chí Minh, Tiền Giang, Huế, Đắk Lắk, "
        "Lào Cai và Hải Phòng.",
        "Full and summary versions are out; workshops were held in Ha Noi, Ho Chi Minh City, Tien Giang, Hue, Dak Lak, Lao Cai "
        "and Hai Phong.",
    ),
    (
        "output",
        3,
        "Nhiều tổ chức xã hội hơn tham gia giám sát và hỗ trợ thực hiện quyền trẻ em, góp phần vào báo cáo bổ sung về Công ước.",
        "More organisations monitor and support children's rights and contribute to the supplementary report on the Convention.",
        "Các buổi đối thoại, tập huấn, hội thảo tham vấn đã được tổ chức với các tổ chức xã hội.",
        "Dialogues, trainings and consultation workshops were held with civil-society organisations.",
    ),
    (
        "output",
        4,
        "Tổ chức xã hội miền Bắc và miền Nam được tập huấn về vận động chính sách, truyền thông, chương trình dựa trên quyền, "
        "CRBP và phát triển quan hệ đối tác.",
        "Organisations of the North and the South are trained in advocacy, media work, rights-based programming, CRBP and partnership.",
        "Gần 200 tổ chức xã hội đã được hỗ trợ và nâng cao năng lực.",
        "Close to 200 organisations have been supported.",
    ),
    (
        "output",
        5,
        "Các chiến dịch truyền thông đến được với trẻ em, cha mẹ và công chúng.",
        "Campaigns reach children, parents and the public.",
        "Online vui – vùi COVID (2019, 2021), Tôi chọn hành tinh xanh (2020), Lan tỏa yêu thương (2019, 2020) và truyền thông về "
        "chấm dứt trừng phạt thể chất và tinh thần.",
        "Fun online, away with COVID (2019, 2021), I choose the green planet (2020), Spreading love (2019, 2020) and campaigning to "
        "end physical and mental punishment.",
    ),
    (
        "output",
        6,
        "Ấn phẩm nâng cao nhận thức và bảo đảm quyền trẻ em được xuất bản.",
        "Publications that raise awareness and secure children's rights are brought out.",
        "Sổ tay quản trị quyền trẻ em, báo cáo khảo sát doanh nghiệp, cẩm nang truyền thông xã hội và bộ cẩm nang PHP đã xuất bản.",
        "The child rights governance handbooks, the business survey, the social-media guide and the PHP handbooks are out.",
    ),
]
INDICATORS = [  # output, name, unit (each in both languages), baseline, target, values by year
    (
        4,
        "Số tổ chức xã hội được hỗ trợ",
        "Organisations supported",
        "tổ chức",
        "organisations",
        0,
        180,
        {2019: 104, 2020: 148, 2021: 187},
    ),
    (
        2,
        "Số tỉnh, thành phố tổ chức hội thảo chia sẻ báo cáo",
        "Provinces where the report was shared",
        "tỉnh",
        "provinces",
        0,
        7,
        {2021: 7},
    ),
    (
        1,
        "Số văn bản, chương trình được góp ý",
        "Texts and programmes commented on",
        "văn bản",
        "texts",
        0,
        4,
        {2019: 1, 2020: 2, 2021: 2},
    ),
    (
        5,
        "Số chiến dịch truyền thông",
        "Campaigns",
        "chiến dịch",
        "campaigns",
        0,
        5,
        {2019: 2, 2020: 2, 2021: 1},
    ),
]
BUDGET = [  # the project's page names no money: these say themselves that they are examples
    ("Tập huấn và hội thảo (ví dụ)", "Trainings and workshops (example)", 820_000_000, 798_500_000),
    ("Chiến dịch truyền thông (ví dụ)", "Campaigns (example)", 450_000_000, 450_000_000),
    ("Ấn phẩm (ví dụ)", "Publications (example)", 210_000_000, None),
]
PUBLICATIONS = [  # key, vi, en, kind, published, full version of
    (
        "VOICE",
        "Báo cáo Tiếng nói trẻ em Việt Nam (bản đầy đủ)",
        "Voices of Vietnamese Children (full report)",
        "report",
        date(2020, 12, 18),
        None,
    ),
    (
        "VOICE-S",
        "Báo cáo Tiếng nói trẻ em Việt Nam (bản tóm tắt)",
        "Voices of Vietnamese Children (summary)",
        "summary",
        date(2020, 12, 18),
        "VOICE",
    ),
    (
        "CRG",
        "Bộ sổ tay quản trị quyền trẻ em",
        "Child rights governance handbooks",
        "handbook",
        date(2019, 11, 20),
        None,
    ),
    (
        "CFB",
        "Báo cáo khảo sát doanh nghiệp thân thiện với trẻ em tại Việt Nam",
        "Survey of child-friendly business in Viet Nam",
        "survey",
        date(2020, 9, 25),
        None,
    ),
    (
        "SOCIAL",
        "Cẩm nang truyền thông xã hội để vận động chấm dứt trừng phạt thể chất và tinh thần trẻ em",
        "Social-media guide for ending physical and mental punishment of children",
        "handbook",
        date(2020, 6, 30),
        None,
    ),
    (
        "PHP",
        "Bộ cẩm nang PHP – phòng chống trừng phạt thể chất và tinh thần trẻ em",
        "PHP handbooks – preventing physical and mental punishment",
        "handbook",
        date(2021, 4, 15),
        None,
    ),
]
POLICY = [  # title, document, body, stage, submitted
    (
        "Kiến nghị xây dựng Chương trình hành động quốc gia vì trẻ em 2021–2030",
        "Chương trình hành động quốc gia vì trẻ em 2021–2030",
        "Bộ Lao động – Thương binh và Xã hội",
        "adopted",
        date(2020, 8, 20),
    ),
    (
        "Ý kiến về bảo vệ trẻ em trên môi trường mạng",
        "Chương trình bảo vệ trẻ em trên môi trường mạng 2021–2025",
        "Bộ Thông tin và Truyền thông",
        "considered",
        date(2020, 10, 12),
    ),
    (
        "Góp ý bộ chỉ tiêu thống kê về tình hình trẻ em",
        "Dự thảo thông tư về chỉ tiêu thống kê trẻ em",
        "Bộ Lao động – Thương binh và Xã hội",
        "considered",
        date(2021, 6, 25),
    ),
    (
        "Góp ý về sự tham gia của trẻ em vào các vấn đề về trẻ em",
        "Chương trình thúc đẩy quyền tham gia của trẻ em 2021–2025",
        "Cục Trẻ em",
        "adopted",
        date(2019, 12, 6),
    ),
    (
        "Báo cáo bổ sung của tổ chức xã hội về thực hiện Công ước",
        "Báo cáo quốc gia lần 5 và 6 về Công ước Quyền trẻ em",
        "Ủy ban Quyền trẻ em của Liên hợp quốc",
        "submitted",
        date(2021, 9, 30),
    ),
]


def load():
    """Return the project, made with everything that belongs to it if it was not there."""
    known = Project.objects.filter(code=CODE).first()
    if known:
        return known
    by_code = {organisation.code: organisation for organisation in Organisation.objects.all()}
    first = Project.objects.create(
        code="QTE-GD1",
        phase=1,
        lead=by_code["MSD"],
        state="closed",
        starts_on=date(2017, 1, 1),
        ends_on=date(2019, 4, 30),
        title_vi="Tăng cường năng lực các tổ chức xã hội về quản trị quyền trẻ em – Giai đoạn 1",
        title_en="Strengthening civil society in child rights governance – phase 1",
    )
    project = Project.objects.create(
        code=CODE,
        phase=2,
        predecessor=first,
        lead=by_code["MSD"],
        state="closed",
        is_public=True,
        starts_on=date(2019, 5, 1),
        ends_on=date(2021, 12, 31),
        title_vi="Tăng cường năng lực các tổ chức xã hội về quản trị quyền trẻ em – Giai đoạn 2",
        title_en="Strengthening civil society in child rights governance – phase 2",
        objective_vi="Nâng cao năng lực của các tổ chức xã hội và mở ra không gian đối thoại với cơ quan Nhà nước, góp phần thực hiện "
        "các khuyến nghị trong kết luận của Ủy ban về Quyền trẻ em đối với việc thực thi Công ước ở Việt Nam.",
        objective_en="To strengthen civil-society organisations and open a space for dialogue with State agencies, as a contribution to "
        "the Committee's recommendations on how Viet Nam implements the Convention.",
    )
    funder, _made = Organisation.everything.get_or_create(
        code="SC",
        defaults={"name_vi": "Tổ chức Cứu trợ Trẻ em", "name_en": "Save the Children", "kind": "DONOR"},
    )
    FundingLine.objects.create(project=project, order=1, giver=funder, receiver=by_code["SCI"])
    grant = FundingLine.objects.create(
        project=project, order=2, giver=by_code["SCI"], receiver=by_code["MSD"]
    )
    for order, (vi, en, planned, spent) in enumerate(BUDGET, start=1):
        BudgetLine.objects.create(
            funding=grant, order=order, name_vi=vi, name_en=en, planned=planned, spent=spent
        )
    for code, role in (("VACR", "implementer"), ("CRD", "implementer"), ("DCA", "state"), ("CRNET", "cso")):
        ProjectPartner.objects.create(project=project, organisation=by_code[code], role=role)
    project.provinces.set(
        Province.objects.filter(
            uid__in=("VN63-01", "VN63-79", "VN63-82", "VN63-46", "VN63-66", "VN63-10", "VN63-31")
        )
    )
    project.articles.set(Article.objects.filter(code__in=("CRC-04", "CRC-12", "CRC-19", "CRC-42")))
    project.recommendations.set(
        Recommendation.objects.filter(cluster__code="GMI", document__contains="CO/3-4")[:6]
    )
    _results(project)
    _published(project, by_code["MSD"])
    return project


def _results(project):
    objective = None
    outputs = {}
    for level, order, vi, en, achieved_vi, achieved_en in RESULTS:
        result = Result.objects.create(
            project=project,
            parent=objective,
            level=level,
            order=order,
            statement_vi=vi,
            statement_en=en,
            achieved_vi=achieved_vi,
            achieved_en=achieved_en,
        )
        objective = objective or result
        outputs[order if level == "output" else 0] = result
    for output, vi, en, unit_vi, unit_en, baseline, target, values in INDICATORS:
        indicator = ProjectIndicator.objects.create(
            result=outputs[output],
            name_vi=vi,
            name_en=en,
            unit_vi=unit_vi,
            unit_en=unit_en,
            baseline=baseline,
            target=target,
            is_cumulative=unit_en != "organisations",
        )
        for year, value in values.items():
            IndicatorValue.objects.create(
                indicator=indicator,
                starts_on=max(date(year, 1, 1), project.starts_on),
                ends_on=date(year, 12, 31),
                value=value,
            )


def _published(project, lead):
    made = {}
    for key, vi, en, kind, day, full in PUBLICATIONS:
        made[key] = Publication.objects.create(
            title_vi=vi,
            title_en=en,
            kind=kind,
            project=project,
            published_on=day,
            full_version=made.get(full),
            languages="vi",
            is_public=True,
        )
    for title, document, body, stage, day in POLICY:
        PolicyInput.objects.create(
            title=title, document=document, body=body, stage=stage, submitted_on=day, project=project
        ).organisations.add(lead)


PROVES = {
    1: ("dialogue", "consultation", "policy"),
    2: ("launch",),
    3: ("workshop",),
    4: ("training",),
    5: ("campaign",),
}


def link(project):
    """Tie results, publications and contributions to the activities that prove them."""
    for result in project.results.filter(level="output", activities=None):
        kinds = PROVES.get(result.order, ())
        result.activities.set(
            Activity.objects.filter(projects=project, kind__in=kinds).order_by("starts_on")[:40]
        )
    launch = Activity.objects.filter(projects=project, kind="launch").order_by("starts_on").first()
    Publication.objects.filter(project=project, title_en__startswith="Voices", launch=None).update(
        launch=launch
    )
    talks = Activity.objects.filter(projects=project, kind__in=("dialogue", "consultation")).order_by(
        "starts_on"
    )
    for policy_input in project.policy_inputs.filter(activities=None):
        policy_input.activities.set(talks.filter(starts_on__lte=policy_input.submitted_on)[:3])
