"""The questions a campaign's first round asks; later rounds take over those of the round before."""

from campaigns.models import Question

FIRST = (
    {
        "code": "highlights",
        "kind": "text",
        "is_required": True,
        "label_vi": "Kết quả nổi bật trong quý",
        "label_en": "Highlights of the quarter",
        "hint_vi": "Hai hoặc ba điều anh/chị muốn liên minh biết.",
        "hint_en": "Two or three things you want the coalition to know.",
    },
    {
        "code": "difficulties",
        "kind": "text",
        "label_vi": "Khó khăn, vướng mắc",
        "label_en": "Difficulties",
        "hint_vi": "Điều gì đã cản trở, anh/chị đã xử lý thế nào?",
        "hint_en": "What stood in the way, and what did you do about it?",
    },
    {
        "code": "support",
        "kind": "text",
        "label_vi": "Đề nghị hỗ trợ",
        "label_en": "Support wanted",
        "hint_vi": "Ban thư ký hoặc các thành viên khác có thể giúp gì?",
        "hint_en": "What could the secretariat or other members help with?",
    },
    {
        "code": "common_logo",
        "kind": "yes_no",
        "label_vi": "Tổ chức có dùng logo chung trong quý này không?",
        "label_en": "Did you use the common logo this quarter?",
    },
    {
        "code": "links",
        "kind": "links",
        "label_vi": "Đường dẫn bài viết, hình ảnh, video",
        "label_en": "Links to articles, pictures, videos",
        "hint_vi": "Mỗi dòng một đường dẫn. Ảnh thì đưa vào mục Ảnh bên dưới, cùng với phiếu đồng ý.",
        "hint_en": "One address a line. Photos go below, under Photos, with the signed consent.",
    },
)


def for_round(opened):
    """Return the unsaved questions of a new round: those of the round before, or the first ones."""
    before = (
        opened.campaign.rounds.exclude(pk=opened.pk)
        .filter(questions__isnull=False)
        .order_by("-year", "-quarter", "pk")
        .first()
    )
    if before is None:
        return [Question(round=opened, order=order, **fields) for order, fields in enumerate(FIRST, start=1)]
    taken = list(before.questions.order_by("order", "pk"))
    for question in taken:
        question.pk, question.round = None, opened
        question._state.adding = True
    return taken
