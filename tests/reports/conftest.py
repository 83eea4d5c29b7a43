"""A small project with everything a report shows, in numbers that a person can add in the head."""

import datetime as dt

import pytest

from projects.models import Activity, FundingLine, Participation, Project
from tests.factories.members import OrganisationFactory


def held(title, day, lead, project, province=None, **fields):
    activity = Activity.objects.create(
        title=title,
        starts_on=day,
        lead=lead,
        province=province,
        is_shared=True,
        **{"state": "held", **fields},
    )
    activity.projects.add(project)
    return activity


@pytest.fixture
def project(reference, secretariat, donor_organisation):
    project = Project.objects.create(
        code="QTE2",
        title_vi="Dự án Quản trị quyền trẻ em",
        title_en="Child rights governance project",
        lead=secretariat,
        state="open",
        starts_on=dt.date(2019, 5, 1),
        ends_on=dt.date(2021, 12, 31),
        objective_vi="Nâng cao năng lực.",
        objective_en="Build capacity.",
    )
    FundingLine.objects.create(
        project=project, giver=donor_organisation, receiver=secretariat, amount=1000, currency="EUR"
    )
    return project


@pytest.fixture
def logged(project, secretariat, member, other_member):
    """Three activities of 2020 in two provinces, one cancelled, one of 2019."""
    from coalition.reference.models import Province

    hanoi, tien_giang = Province.objects.get(uid="VN63-01"), Province.objects.get(uid="VN63-82")
    training = held(
        "Tập huấn vận động chính sách", dt.date(2020, 3, 5), secretariat, project, hanoi, kind="training"
    )
    sharing = held(
        "Hội thảo chia sẻ báo cáo", dt.date(2020, 12, 31), secretariat, project, tien_giang, kind="workshop"
    )
    held("Hội thảo năm trước", dt.date(2019, 12, 31), secretariat, project, hanoi)
    held(
        "Ngày hội bị huỷ",
        dt.date(2020, 6, 1),
        secretariat,
        project,
        hanoi,
        state="cancelled",
        state_reason="COVID-19",
    )
    merged = OrganisationFactory(code="OLD", name_vi="Tên cũ", merged_into=member)
    rows = [
        (training, member, "cso", "female", "18+", 12),
        (training, other_member, "cso", "male", "18+", 8),
        (training, secretariat, "cso", "male", "18+", 3),
        (sharing, merged, "cso", "female", "18+", 5),
        (sharing, None, "children", "female", "11-15", 20),
        (sharing, None, "children", "male", "16-17", 10),
    ]
    for activity, organisation, group, sex, age, count in rows:
        Participation.objects.create(
            activity=activity, organisation=organisation, group=group, sex=sex, age=age, count=count
        )
    return project
