"""The campaigns of the demonstration with their runs, challenge days, festivals and activities of the log."""

from datetime import date

from campaigns.models import Campaign, Challenge, ChallengeDay, Component, Edition
from coalition.members.models import Organisation
from projects.models import Activity, Project

FORMS = "crc-25"

CAMPAIGNS = {
    FORMS: {
        "title_vi": "Hướng tới kỷ niệm 25 năm CRC",
        "title_en": "Towards 25 years of the CRC",
        "message_vi": (
            "Năm 2015 Việt Nam tròn 25 năm thực hiện Công ước về Quyền trẻ em. Mỗi tổ chức làm trong địa bàn và "
            "ngân sách của mình, cùng dùng một logo chung, và mỗi quý kể lại cho nhau bằng một phiếu hoạt động. "
            "Phiếu ấy tốt đến mức liên minh vẫn dùng cho tới nay."
        ),
        "message_en": (
            "In 2015 Viet Nam had carried out the Convention on the Rights of the Child for 25 years. Each organisation "
            "worked where it is and with what it has, under one logo, and told the others each quarter on one "
            "activity form. The form has stayed in use ever since."
        ),
        "starts_on": date(2015, 1, 1),
        "asks_for_forms": True,
    },
    "lan-toa-yeu-thuong": {
        "title_vi": "Lan tỏa yêu thương",
        "title_en": "Spread the Love",
        "message_vi": (
            "Nuôi dạy con không đòn roi là điều học được, mỗi ngày một chút. Chiến dịch mời cha mẹ, thầy cô và "
            "trẻ em cùng thử 21 ngày, rồi gặp nhau ở ngày hội."
        ),
        "message_en": (
            "Raising children without violence can be learned, a little each day. The campaign invites parents, "
            "teachers and children to try it for 21 days and to meet at a festival day."
        ),
        "starts_on": date(2019, 5, 1),
        "ends_on": date(2020, 12, 31),
    },
    "hanh-tinh-xanh": {
        "title_vi": "Tôi chọn hành tinh xanh",
        "title_en": "I Choose a Green Planet",
        "message_vi": "Trẻ em nói về môi trường mình muốn lớn lên, và bắt đầu từ việc nhỏ ở nhà, ở trường.",
        "message_en": "Children say in what kind of world they want to grow up, and begin with small things.",
        "starts_on": date(2020, 5, 1),
        "ends_on": date(2020, 12, 31),
    },
    "online-vui": {
        "title_vi": "Online vui – Vùi COVID",
        "title_en": "Happy Online – Bury COVID",
        "message_vi": "Ở nhà, lên mạng mà vẫn an toàn, vẫn vui: trẻ em sáng tạo và nhắc nhau giữ mình trên mạng.",
        "message_en": "At home and online, yet safe and merry: children create and look after each other online.",
        "starts_on": date(2019, 11, 1),
        "ends_on": date(2021, 12, 31),
    },
}

# campaign, first day, last day, titles, story (vi, en), words in the titles of its activities
EDITIONS = [
    (
        FORMS,
        date(2015, 1, 1),
        date(2015, 12, 31),
        "Năm kỷ niệm 2015",
        "The anniversary year 2015",
        "Tập huấn, diễn đàn, ngày hội ở nhiều tỉnh, cùng một logo; bốn phiếu hoạt động trong năm.",
        "Trainings, forums and festivals in many provinces under one logo; four forms in the year.",
        "",
    ),
    (
        "lan-toa-yeu-thuong",
        date(2019, 5, 1),
        date(2019, 12, 31),
        "Lan tỏa yêu thương 2019",
        "Spread the Love 2019",
        "Thử thách 21 ngày, tập huấn cho nhóm trẻ em nòng cốt và ngày hội ở Hà Nội và TP. Hồ Chí Minh.",
        "A 21-day challenge, trainings of child leaders and festival days in Ha Noi and Ho Chi Minh City.",
        "Lan tỏa yêu thương",
    ),
    (
        "lan-toa-yeu-thuong",
        date(2020, 5, 1),
        date(2020, 12, 31),
        "Lan tỏa yêu thương 2020",
        "Spread the Love 2020",
        "Thêm một cuộc đối thoại, nơi trẻ em đặt câu hỏi cho người lớn có trách nhiệm.",
        "With a dialogue in which children question the adults in charge.",
        "Lan tỏa yêu thương",
    ),
    (
        "hanh-tinh-xanh",
        date(2020, 5, 1),
        date(2020, 12, 31),
        "Tôi chọn hành tinh xanh 2020",
        "I Choose a Green Planet 2020",
        "Phát động trên mạng, kết lại bằng một ngày hội.",
        "Begun online, ended with a festival day.",
        "hành tinh xanh",
    ),
    (
        "online-vui",
        date(2019, 11, 1),
        date(2019, 12, 31),
        "Online vui 2019",
        "Happy Online 2019",
        "Học cách an toàn trên mạng bằng trò chơi.",
        "Learning online safety by playing.",
        "Online vui",
    ),
    (
        "online-vui",
        date(2021, 5, 1),
        date(2021, 12, 31),
        "Vùi COVID – Online vui 2021",
        "Bury COVID – Happy Online 2021",
        "Trong những tuần ở nhà, trẻ em gửi tranh, bài hát, video cho nhau.",
        "In the weeks at home children sent each other drawings, songs and videos.",
        "Online vui",
    ),
]

# edition (campaign, year), kind, titles, words in the title of the activity it is
COMPONENTS = [
    ("lan-toa-yeu-thuong", 2019, "challenge", "Thử thách 21 ngày", "21-day challenge", "thử thách 21 ngày"),
    (
        "lan-toa-yeu-thuong",
        2019,
        "training",
        "Tập huấn nhóm trẻ em nòng cốt",
        "Training of child leaders",
        "nòng cốt",
    ),
    (
        "lan-toa-yeu-thuong",
        2019,
        "festival",
        "Ngày hội tại Hà Nội",
        "Festival day in Ha Noi",
        "2019 tại Hà Nội",
    ),
    (
        "lan-toa-yeu-thuong",
        2019,
        "festival",
        "Ngày hội tại TP. Hồ Chí Minh",
        "Festival day in Ho Chi Minh City",
        "2019 tại TP. Hồ Chí Minh",
    ),
    ("lan-toa-yeu-thuong", 2020, "challenge", "Thử thách 21 ngày", "21-day challenge", "thử thách 21 ngày"),
    (
        "lan-toa-yeu-thuong",
        2020,
        "festival",
        "Ngày hội tại Hà Nội",
        "Festival day in Ha Noi",
        "2020 tại Hà Nội",
    ),
    (
        "lan-toa-yeu-thuong",
        2020,
        "dialogue",
        "Đối thoại trẻ em",
        "Dialogue with children",
        "Đối thoại trẻ em",
    ),
    ("hanh-tinh-xanh", 2020, "media", "Phát động trên mạng", "Launch online", "Phát động"),
    ("hanh-tinh-xanh", 2020, "festival", "Ngày hội", "Festival day", "Ngày hội"),
    ("online-vui", 2019, "media", "Trẻ em an toàn trên mạng", "Children safe online", "an toàn trên mạng"),
    ("online-vui", 2021, "media", "Tuần lễ sáng tạo", "Week of making things", "tuần lễ sáng tạo"),
]

DAYS = [
    ("Ôm con một cái trước khi đi ngủ", "Give your child a hug before bed"),
    ("Khen một việc con đã tự làm", "Praise one thing your child did alone"),
    ("Tắt điện thoại trong bữa cơm", "Put the phone away during dinner"),
    ("Hỏi con hôm nay vui vì điều gì", "Ask what made your child happy today"),
    ("Đếm đến mười trước khi nổi nóng", "Count to ten before getting angry"),
    ("Cùng con đọc một trang sách", "Read a page together"),
    ("Xin lỗi con khi mình sai", "Say sorry to your child when you were wrong"),
    ("Để con chọn món ăn tối", "Let your child choose dinner"),
    ("Nói “con làm được” thay cho “để mẹ làm”", "Say “you can do it” instead of “let me”"),
    ("Vẽ chung một bức tranh", "Draw a picture together"),
    ("Lắng nghe năm phút, không ngắt lời", "Listen for five minutes without interrupting"),
    ("Kể cho con nghe chuyện hồi nhỏ của mình", "Tell a story from your own childhood"),
    ("Cùng con đặt một quy tắc trong nhà", "Make one house rule together"),
    ("Cảm ơn con vì một việc nhỏ", "Thank your child for a small thing"),
    ("Đi bộ cùng con một vòng", "Take a walk together"),
    ("Nói với con về cảm xúc của mình", "Talk to your child about how you feel"),
    ("Không so sánh con với bạn khác", "Do not compare your child with others"),
    ("Chơi trò chơi con chọn", "Play the game your child chooses"),
    ("Hỏi ý kiến con về cuối tuần", "Ask your child what to do at the weekend"),
    ("Viết cho con một lời nhắn", "Write your child a note"),
    ("Kể cho một gia đình khác về 21 ngày này", "Tell another family about these 21 days"),
]


def load(today):
    """Add campaigns, runs, parts and the activities that belong to them."""
    lead = Organisation.objects.get(code="MSD")
    project = Project.objects.filter(code="QTE-GD2").first()
    for code, fields in CAMPAIGNS.items():
        campaign, is_new = Campaign.objects.get_or_create(
            code=code, defaults={"lead": lead, "is_public": True, **fields}
        )
        if is_new and project and code != FORMS:
            campaign.projects.add(project)
    for campaign, first, last, title_vi, title_en, story_vi, story_en, words in EDITIONS:
        edition, is_new = Edition.objects.get_or_create(
            campaign=Campaign.objects.get(code=campaign),
            starts_on=first,
            defaults={
                "ends_on": last,
                "title_vi": title_vi,
                "title_en": title_en,
                "story_vi": story_vi,
                "story_en": story_en,
            },
        )
        if is_new:
            _tag(edition, words)
    for order, component in enumerate(COMPONENTS, start=1):
        _component(order, *component)


def _tag(edition, words):
    logged = Activity.objects.filter(starts_on__gte=edition.starts_on, starts_on__lte=edition.ends_on)
    if words:
        edition.activities.add(*logged.filter(title__contains=words))
    else:
        edition.activities.add(*logged.filter(external_key__startswith="demo-crc25-"))


def _component(order, campaign, year, kind, title_vi, title_en, words):
    edition = Edition.objects.get(campaign__code=campaign, starts_on__year=year)
    activity = edition.activities.filter(title__contains=words).order_by("starts_on", "pk").first()
    component, is_new = Component.objects.get_or_create(
        edition=edition,
        kind=kind,
        title_vi=title_vi,
        defaults={"title_en": title_en, "activity": activity, "order": order},
    )
    if is_new and kind == "challenge":
        challenge = Challenge.objects.create(
            component=component,
            starts_on=activity.starts_on if activity else edition.starts_on,
            days=21,
            hashtag="#LanToaYeuThuong",
        )
        ChallengeDay.objects.bulk_create(
            ChallengeDay(challenge=challenge, number=number, title_vi=vi, title_en=en)
            for number, (vi, en) in enumerate(DAYS, start=1)
        )
