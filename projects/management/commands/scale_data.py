"""Makes a large plausible database to measure on: never on one with people's data."""

import datetime as dt
import random

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from coalition.members.models import Organisation
from coalition.reference import loader
from coalition.reference.models import Province
from projects.models import Activity, Participation, Project

BATCH = 2000
FIRST, DAYS = dt.date(2014, 1, 1), 4700
WHAT = {
    "training": ["Tập huấn", "Khóa bồi dưỡng"],
    "workshop": ["Hội thảo", "Tọa đàm"],
    "meeting": ["Họp", "Gặp gỡ"],
    "dialogue": ["Đối thoại"],
    "consultation": ["Tham vấn trẻ em"],
    "campaign": ["Ngày hội", "Truyền thông"],
    "launch": ["Ra mắt ấn phẩm"],
    "policy": ["Góp ý chính sách"],
    "other": ["Khảo sát", "Thăm cơ sở"],
}
ABOUT = [
    "quyền tham gia của trẻ em", "phòng ngừa xâm hại trẻ em", "an toàn trên môi trường mạng", "kỷ luật tích cực",
    "giám sát thực hiện Công ước", "trẻ em khuyết tật", "trẻ em di cư", "lao động trẻ em", "giáo dục hòa nhập",
    "quyền trẻ em trong kinh doanh", "bảo vệ trẻ em tại cộng đồng", "ngân sách cho trẻ em", "khí hậu và trẻ em",
]  # fmt: skip
FOR = ["cán bộ xã", "giáo viên", "cha mẹ", "tổ chức xã hội", "nhà báo", "doanh nghiệp", "câu lạc bộ trẻ em"]


class Command(BaseCommand):
    help = (
        "Add activities and organisations until there are as many as asked for; the same seed, the same data."
    )

    def add_arguments(self, parser):
        parser.add_argument("--activities", type=int, default=10_000)
        parser.add_argument("--organisations", type=int, default=100)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args, **options):
        if not Province.objects.exists():
            loader.load()
        leads = organisations(options["organisations"], options["seed"])
        made = activities(options["activities"], leads, options["seed"])
        with connection.cursor() as cursor:  # or the planner takes the tables for as small as they were
            cursor.execute("VACUUM ANALYZE" if _may_vacuum() else "ANALYZE")
        self.stdout.write(f"{made} activities, {len(leads)} organisations added or kept")


def _may_vacuum():
    """Counting from an index alone needs a vacuum after rows were added; it cannot run in a transaction."""
    return connection.vendor == "postgresql" and not connection.in_atomic_block


def organisations(number, seed):
    """Return `number` organisations called SCALE-…, made where they are missing."""
    codes = [f"SCALE-{seed}-{index}" for index in range(number)]
    known = set(Organisation.everything.filter(code__in=codes).values_list("code", flat=True))
    new = []
    for code in codes:
        if code not in known:
            index = int(code.rsplit("-", 1)[1])
            name = f"Tổ chức {ABOUT[index % len(ABOUT)]} số {index + 1}"
            new.append(Organisation(code=code, name_vi=name, short_name=code))
            new[-1].fill_columns()
    Organisation.objects.bulk_create(new, batch_size=BATCH)
    return list(Organisation.objects.filter(code__in=codes).order_by("pk"))


def activities(number, leads, seed):
    """Add what is missing to `number` activities, in batches; return how many were added."""
    done = Activity.everything.filter(external_key__startswith=f"scale-{seed}-").count()
    provinces = list(Province.objects.order_by("pk"))
    projects = list(Project.objects.order_by("pk")[:20])
    for start in range(done, number, BATCH):
        _batch(range(start, min(start + BATCH, number)), leads, provinces, projects, seed)
    return max(0, number - done)


@transaction.atomic
def _batch(numbers, leads, provinces, projects, seed):
    rows = [_activity(number, leads, provinces, random.Random(f"{seed}-{number}")) for number in numbers]  # noqa: S311
    for row, number in zip(rows, numbers, strict=True):
        row.external_key = f"scale-{seed}-{number}"
        row.fill_columns()
    Activity.objects.bulk_create(rows, batch_size=BATCH)
    counts, links = [], []
    through = Activity.projects.through
    for row, number in zip(rows, numbers, strict=True):
        dice = random.Random(f"{seed}-{number}-people")  # noqa: S311
        counts += _people(row, leads, dice)
        if projects and number % 3 == 0:
            links.append(through(activity_id=row.pk, project_id=dice.choice(projects).pk))
    Participation.objects.bulk_create(counts, batch_size=BATCH * 2)
    through.objects.bulk_create(links, batch_size=BATCH * 2)


def _activity(number, leads, provinces, dice):
    kind = dice.choice(list(WHAT))
    day = FIRST + dt.timedelta(days=dice.randrange(DAYS))
    former = day < dt.date(2025, 7, 1)
    fitting = [province for province in provinces if (province.generation == 63) == former]
    return Activity(
        title=f"{dice.choice(WHAT[kind])} {dice.choice(ABOUT)} cho {dice.choice(FOR)}, đợt {number + 1}",
        kind=kind,
        state=Activity.State.HELD,
        starts_on=day,
        lead=leads[number % len(leads)],
        province=dice.choice(fitting) if dice.random() < 0.9 else None,
        place="Nhà văn hóa",
        summary=f"Người tham gia trao đổi về {dice.choice(ABOUT)} và thống nhất việc cần làm tiếp theo.",
        is_shared=number % 2 == 0,
    )


def _people(activity, leads, dice):
    female = Participation(
        activity=activity, group="other", sex="female", age="18+", count=dice.randrange(60)
    )
    male = Participation(activity=activity, group="other", sex="male", age="18+", count=dice.randrange(60))
    guests = dice.sample(leads, k=min(2, len(leads)))
    guests = [Participation(activity=activity, organisation=guest, group="cso", count=1) for guest in guests]
    return [female, male, *guests]
