"""Small organisations, invented, so that the project supports as many as the real one did: 187."""

from coalition.members.models import Organisation
from coalition.records import new_public_id

SUPPORTED = 187

THEMES = [
    ("Trung tâm Hỗ trợ trẻ em và cộng đồng", "Centre for Support to Children and Communities"),
    ("Câu lạc bộ Vì tuổi thơ", "For Childhood Club"),
    ("Hội Bảo vệ quyền trẻ em", "Association for the Protection of Children's Rights"),
    ("Trung tâm Công tác xã hội", "Social Work Centre"),
    ("Mạng lưới Cha mẹ đồng hành", "Parents' Network"),
    ("Nhóm Tình nguyện Ánh sáng", "Light Volunteers"),
    ("Trung tâm Giáo dục hòa nhập", "Inclusive Education Centre"),
    ("Tổ chức Bước chân nhỏ", "Small Steps"),
    ("Trung tâm Phát triển kỹ năng trẻ", "Youth Skills Centre"),
]
PLACES = [
    ("Hà Nội", "Ha Noi"),
    ("Hải Phòng", "Hai Phong"),
    ("Lào Cai", "Lao Cai"),
    ("Yên Bái", "Yen Bai"),
    ("Hòa Bình", "Hoa Binh"),
    ("Nghệ An", "Nghe An"),
    ("Quảng Trị", "Quang Tri"),
    ("Huế", "Hue"),
    ("Đà Nẵng", "Da Nang"),
    ("Quảng Nam", "Quang Nam"),
    ("Bình Định", "Binh Dinh"),
    ("Kon Tum", "Kon Tum"),
    ("Gia Lai", "Gia Lai"),
    ("Đắk Lắk", "Dak Lak"),
    ("TP. Hồ Chí Minh", "Ho Chi Minh City"),
    ("Đồng Nai", "Dong Nai"),
    ("Long An", "Long An"),
    ("Tiền Giang", "Tien Giang"),
    ("Cần Thơ", "Can Tho"),
]


def load():
    """Return the 187 organisations that the project supports, known ones first."""
    known = list(
        Organisation.objects.filter(kind__in=("VNGO", "NETWORK"), is_secretariat=False, merged_into=None)
        .exclude(code__startswith="DEMO-")
        .order_by("code")
    )
    wanted = SUPPORTED - len(known)
    codes = [f"DEMO-{number:03d}" for number in range(1, wanted + 1)]
    have = set(Organisation.everything.filter(code__in=codes).values_list("code", flat=True))
    new = []
    for number, code in enumerate(codes):
        if code in have:
            continue
        theme_vi, theme_en = THEMES[number % len(THEMES)]
        place_vi, place_en = PLACES[number // len(THEMES) % len(PLACES)]
        organisation = Organisation(
            code=code,
            name_vi=f"{theme_vi} {place_vi}",
            name_en=f"{theme_en}, {place_en}",
            kind="VNGO",
            note="Tổ chức minh họa.",
            public_id=new_public_id(),
        )
        organisation.fill_columns()
        new.append(organisation)
    Organisation.objects.bulk_create(new)
    return known + list(Organisation.objects.filter(code__in=codes).order_by("code"))
