"""The demonstration holds the real project in full: every fact of its page is somewhere as data."""

import datetime as dt

import pytest

from coalition.members import demo as people
from coalition.members.models import User
from projects import counting, demo
from projects.models import Activity, Project, Publication

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def project(reference):
    people.load(TODAY)
    demo.load(TODAY)
    return Project.objects.get(code="QTE-GD2")


def held(project, *words, **limits):
    found = project.activities.filter(state="held", **limits)
    for word in words:
        found = found.search(word)
    return found


# Each activity that the project's page names: words of its title, and what else is told of it.
NAMED = [
    (["vận động chính sách"], {"kind": "training"}),
    (["gây quỹ"], {"kind": "training"}),
    (["mạng xã hội"], {}),
    (["chương trình dựa trên quyền trẻ em"], {"kind": "training"}),
    (["báo chí"], {"kind": "training"}),
    (["CRBP", "miền Bắc"], {"kind": "training"}),
    (["CRBP", "miền Nam"], {"kind": "training"}),
    (["21 ngày Lan tỏa yêu thương"], {"starts_on__year": 2019}),
    (["21 ngày Lan tỏa yêu thương"], {"starts_on__year": 2020}),
    (["Ngày hội Lan tỏa yêu thương", "Hà Nội"], {}),
    (["Ngày hội Lan tỏa yêu thương", "Hồ Chí Minh"], {}),
    (["nòng cốt", "Hà Nội"], {"kind": "training"}),
    (["nòng cốt", "Hồ Chí Minh"], {"kind": "training"}),
    (["Lan tỏa yêu thương 2020"], {"kind": "dialogue"}),
    (["Tôi chọn hành tinh xanh"], {"starts_on__year": 2020, "kind": "campaign"}),
    (["Ngày hội Tôi chọn hành tinh xanh"], {}),
    (["quyền tham gia"], {"kind": "consultation"}),
    (["Tiếng nói trẻ em Việt Nam"], {"kind": "launch"}),
    (["Online vui"], {"starts_on__year": 2019}),
    (["Online vui"], {"starts_on__year": 2021}),
    (["Tháng hành động vì trẻ em", "Cục Trẻ em"], {"starts_on__year": 2021}),
    (["báo cáo bổ sung"], {}),
    (["trừng phạt thể chất"], {}),
]  # fmt: skip
SHARED_IN = {"Hà Nội", "Hồ Chí Minh", "Tiền Giang", "Thừa Thiên Huế", "Đắk Lắk", "Lào Cai", "Hải Phòng"}
PUBLISHED = [
    "sổ tay quản trị quyền", "doanh nghiệp thân thiện với trẻ em", "truyền thông xã hội", "PHP", "Tiếng nói trẻ em",
]  # fmt: skip


def test_every_fact_of_the_page_is_somewhere_as_data(project):
    """One test for all: loading the demonstration takes seconds."""
    line = project.funding.order_by("order").first()
    assert (project.starts_on, project.ends_on, project.phase) == (
        dt.date(2019, 5, 1),
        dt.date(2021, 12, 31),
        2,
    )
    assert project.predecessor.phase == 1
    assert "Save the Children" in f"{line.giver.name_en} {line.receiver.name_en}"
    assert project.funding.count() >= 2
    assert project.lead.code == "MSD"
    assert "đối thoại" in project.objective_vi
    assert "dialogue" in project.objective_en

    missing = [words for words, limits in NAMED if not held(project, *words, **limits).exists()]
    assert missing == []
    workshops = held(project, "Tiếng nói trẻ em Việt Nam", kind="workshop", starts_on__year=2021)
    assert {each.province.name_vi for each in workshops if each.province} == SHARED_IN

    supported = counting.organisations_supported(Activity.objects.filter(projects=project))
    assert supported.count() == 187

    assert [words for words in PUBLISHED if not project.publications.search(words).exists()] == []
    summary = Publication.objects.filter(project=project, kind="summary").get()
    assert summary.full_version.project == project
    assert project.policy_inputs.search("chương trình").exists()
    assert project.policy_inputs.search("báo cáo bổ sung").exists()


def test_a_member_reads_it_on_the_page_in_both_languages_and_loading_twice_adds_nothing(client, project):
    reader = User.objects.get(email="focal.vacr@example.org")
    client.force_login(reader)
    page = client.get(project.get_absolute_url()).content.decode()
    for words in ("01.05.2019", "31.12.2021", ">187<", "Tiền Giang", "Online vui", "Tôi chọn hành tinh xanh"):
        assert words in page

    reader.language = "en"
    reader.save()
    page = client.get(project.get_absolute_url()).content.decode()
    assert project.title_en in page
    assert "organisations supported" in page

    before = [model.objects.count() for model in (Activity, Project, Publication)]
    demo.load(TODAY)
    assert [model.objects.count() for model in (Activity, Project, Publication)] == before
