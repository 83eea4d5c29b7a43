"""The demonstration's activity log: the project's years 2019–2021, the CRC-25 year, and the weeks around today."""

import random
from datetime import date, timedelta

from coalition.members.models import Organisation
from coalition.reference.models import Pillar, Province
from projects.demo.events import CRC25, PROJECT, RECENT
from projects.models import Activity, Participation

SEED = 2019
REACHED = {2019: 104, 2020: 148, 2021: 187}  # how many organisations the project knew in each year
CHILD_AGES = ("6-10", "11-15", "16-17")


def load(project, supported, today):
    """Write the log; an activity that is there (by its key) stays as people have left it."""
    dice = random.Random(SEED)  # noqa: S311  (a plausible year, not a secret)
    by_code = {organisation.code: organisation for organisation in Organisation.objects.all()}
    places = {province.uid: province for province in Province.objects.all()}
    pillars = {pillar.code: pillar for pillar in Pillar.objects.all()}
    queues = {year: _queue(supported[:most], dice) for year, most in REACHED.items()}
    for number, (day, kind, uid, title, audience, size, state) in enumerate(PROJECT):
        activity = _activity(
            key=f"demo-project-{number:03d}",
            lead=project.lead,
            day=date.fromisoformat(day),
            kind=kind,
            title=title,
            province=places.get(uid),
            state=state,
            pillars=pillars,
        )
        queue = queues[int(day[:4])]
        rows = _participation(activity, audience, size, queue, dice) if activity and state == "held" else []
        if activity:
            activity.projects.add(project)
            Participation.objects.bulk_create(rows)
    for number, (day, code, kind, uid, title, audience, size) in enumerate(CRC25):
        _simple(
            f"demo-crc25-{number:03d}",
            by_code[code],
            date.fromisoformat(day),
            kind,
            title,
            places.get(uid),
            audience,
            size,
            dice,
            pillars,
        )
    for number, (days, code, kind, uid, title, audience, size) in enumerate(RECENT):
        _simple(
            f"demo-recent-{number:03d}",
            by_code[code],
            today + timedelta(days=days),
            kind,
            title,
            places.get(uid),
            audience,
            size,
            dice,
            pillars,
            planned=days > 0,
        )


def _simple(key, lead, day, kind, title, province, audience, size, dice, pillars, planned=False):
    activity = _activity(
        key=key,
        lead=lead,
        day=day,
        kind=kind,
        title=title,
        province=province,
        state="planned" if planned else "held",
        pillars=pillars,
    )
    if activity and not planned:
        Participation.objects.bulk_create(_participation(activity, audience, size, None, dice))


REASONS = {
    "postponed": "Dời vì dịch COVID-19.",
    "cancelled": "Huỷ vì dịch COVID-19; kinh phí chuyển sang hoạt động trực tuyến.",
}
PILLAR = {
    "training": "capacity",
    "workshop": "capacity",
    "dialogue": "advocacy",
    "consultation": "advocacy",
    "policy": "advocacy",
    "launch": "advocacy",
    "campaign": "advocacy",
    "meeting": "monitoring",
}


def _activity(*, key, lead, day, kind, title, province, state, pillars):
    """Return a new activity, or None if it was logged before."""
    if Activity.everything.filter(lead=lead, external_key=key).exists():
        return None
    return Activity.objects.create(
        external_key=key,
        lead=lead,
        starts_on=day,
        kind=kind,
        title=title,
        province=province,
        state=state,
        is_online=province is None,
        is_shared=True,
        state_reason=REASONS.get(state, ""),
        pillar=pillars.get(PILLAR.get(kind, "")),
        difficulties=DIFFICULTIES.get(key, ""),
    )


DIFFICULTIES = {
    "demo-project-020": "Dịch COVID-19 khiến các buổi tập trung phải chuyển sang trực tuyến; trẻ em vùng xa khó tham gia.",
    "demo-project-047": "Lịch làm việc của cơ quan Nhà nước thay đổi nhiều lần, thời gian góp ý ngắn.",
}


def _queue(supported, dice):
    """Yield supported organisations round after round, so that each comes at least once."""
    while True:
        order = list(supported)
        dice.shuffle(order)
        yield from order


def _participation(activity, audience, size, queue, dice):
    """Return unsaved rows: organisations send one or two adults each, children come in age bands."""
    rows = []
    if audience in ("cso", "mixed"):
        rows += _organisations(activity, size if audience == "cso" else size // 3, queue, dice)
    if audience in ("children", "mixed", "festival"):
        for age in CHILD_AGES:
            for sex in ("female", "male"):
                rows.append(
                    _row(activity, "children", sex, age, max(2, round(size * dice.uniform(0.1, 0.2))))
                )
    if audience == "festival":
        rows.append(_row(activity, "parents", "female", "18+", round(size * 0.35)))
        rows.append(_row(activity, "parents", "male", "18+", round(size * 0.2)))
        rows.append(_row(activity, "other", "unknown", "unknown", round(size * 0.3)))
    if audience in ("officials", "mixed"):
        rows.append(_row(activity, "officials", "female", "18+", dice.randint(4, 11)))
        rows.append(_row(activity, "officials", "male", "18+", dice.randint(4, 11)))
    if audience == "business":
        rows.append(_row(activity, "business", "female", "18+", round(size * 0.55)))
        rows.append(_row(activity, "business", "male", "18+", round(size * 0.45)))
    if rows and dice.random() < 0.4:
        rows[0].with_disability = min(rows[0].count, dice.randint(0, 2))
    return rows


def _organisations(activity, people, queue, dice):
    if queue is None:
        half = people // 2
        return [
            _row(activity, "cso", "female", "18+", people - half),
            _row(activity, "cso", "male", "18+", half),
        ]
    rows, sent, came = [], 0, set()
    while sent < people:
        organisation = next(queue)
        if organisation.pk in came:
            break
        came.add(organisation.pk)
        number = dice.choice((1, 1, 2))
        rows.append(
            _row(activity, "cso", dice.choice(("female", "female", "male")), "18+", number, organisation)
        )
        sent += number
    return rows


def _row(activity, group, sex, age, count, organisation=None):
    return Participation(
        activity=activity, group=group, sex=sex, age=age, count=count, organisation=organisation
    )
