"""Importing a spreadsheet of activities."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from projects import imports
from projects.models import Activity
from projects.resources import COLUMNS
from tests.factories.members import OrganisationAliasFactory, OrganisationFactory
from tests.factories.projects import ActivityFactory, ProjectFactory


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def lead(db):
    lead = OrganisationFactory(name_vi="Viện Nghiên cứu", short_name="MSD")
    OrganisationAliasFactory(organisation=lead, name="Viện MSD")
    return lead


def row(**changes):
    return {
        "external_key": "A-1",
        "title": "Tập huấn",
        "starts_on": dt.date(2019, 6, 3),
        "lead": "vien msd",
        **changes,
    }


def sheet(*rows, columns=COLUMNS):
    book, out = Workbook(), io.BytesIO()
    book.active.append(list(columns))
    for each in rows:
        book.active.append([each.get(column) for column in columns])
    book.save(out)
    return SimpleUploadedFile("hoat-dong.xlsx", out.getvalue())


def planned(*rows):
    return imports.plan(imports.read(sheet(*rows)))


def test_a_row_becomes_an_activity_with_everything_it_says(lead, staff, reference):
    project = ProjectFactory(code="CRG-2")
    guest = OrganisationFactory(name_vi="Hội Bảo vệ")

    plan = planned(row(
        kind="tập huấn", state="đã tổ chức", province="Tien Giang", projects="crg-2", women="1.200", men=3.0,
        children=0, organisations="hoi bao ve", is_online="x", ends_on="05/06/2019",
    ))  # fmt: skip
    assert plan.mistakes == []
    imports.write(plan, by=staff)

    activity = Activity.objects.get()
    assert (activity.lead, activity.kind, activity.state, activity.is_online) == (
        lead,
        "training",
        "held",
        True,
    )
    assert (activity.province.uid, activity.ends_on) == ("VN63-82", dt.date(2019, 6, 5))
    assert [*activity.projects.all()] == [project]
    heads = activity.participation.filter(organisation=None)
    assert {row.sex: row.count for row in heads.exclude(group="children")} == {"female": 1200, "male": 3}
    assert heads.get(group="children").count == 0
    assert activity.participation.get(organisation=guest).count == 0
    assert activity.search
    assert activity.history.get().history_user == staff


def test_the_same_sheet_twice_changes_nothing(lead, staff):
    imports.write(planned(row(women=3)), by=staff)

    again = planned(row(women=3))
    assert (len(again.new), len(again.changed), len(again.unchanged)) == (0, 0, 1)
    imports.write(again, by=staff)

    assert Activity.objects.get().version == 1
    assert Activity.objects.get().participation.count() == 1


def test_a_changed_row_changes_its_activity_and_only_that(lead, staff):
    other = ActivityFactory(lead=OrganisationFactory(), external_key="A-1", title="Của người khác")
    imports.write(planned(row(women=3)), by=staff)

    imports.write(planned(row(women=5, title="Tập huấn lại")), by=staff)

    activity = Activity.objects.get(lead=lead)
    assert (activity.title, activity.version) == ("Tập huấn lại", 2)
    assert [row.count for row in activity.participation.all()] == [5]
    other.refresh_from_db()
    assert other.title == "Của người khác"


def test_every_mistake_is_told_by_its_cell_at_once(lead):
    plan = planned(
        row(title="", kind="tiệc"), row(external_key="A-2", starts_on="31/02/2019", women="nhiều"),
        row(external_key="A-3", lead="Không ai biết", projects="XYZ", organisations="Ai đó"), row(external_key="A-4"),
        row(external_key="A-4"), row(external_key="A-5", ends_on=dt.date(2018, 1, 1)),
    )  # fmt: skip

    assert [mistake.cell for mistake in plan.mistakes] == [
        "B2", "C2", "E3", "L3", "G4", "K4", "P4", "A6", "F7"
    ]  # fmt: skip


def test_a_place_is_taken_as_it_was_on_the_day(lead, reference):
    before = planned(row(province="Tiền Giang", starts_on=dt.date(2020, 1, 1)))
    after = planned(row(province="Tiền Giang", starts_on=dt.date(2025, 8, 1)))
    trap = planned(row(province="Lào Cai", starts_on=dt.date(2020, 1, 1)))

    assert before.lines[0].activity.province.uid == "VN63-82"
    assert after.lines[0].activity.province.uid == "VN34-82"
    assert trap.lines[0].activity.province.uid == "VN63-10"


def test_locked_numbers_are_not_imported_over(lead):
    ProjectFactory(code="KHOA", locked_until=dt.date(2019, 12, 31))

    assert [m.cell for m in planned(row(projects="KHOA")).mistakes] == ["E2"]


@pytest.mark.parametrize("content", [
    b"", b"\xff\xfe\x00", b"PK\x03\x04broken", b"ma;ten\n1;2", b"only one line"
])  # fmt: skip
def test_what_is_no_such_sheet_is_refused_kindly(client, staff, content):
    client.force_login(staff)

    response = client.post("/activities/import/", {"sheet": SimpleUploadedFile("x.csv", content)})

    assert response.status_code in (413, 415, 422)
    assert not Activity.objects.exists()


def test_csv_with_semicolons_and_vietnamese_heads_is_read(lead, staff):
    content = "\ufeffexternal_key;title;starts_on;lead\nB-1;Họp;03/06/2019;MSD\n".encode()

    plan = imports.plan(imports.read(SimpleUploadedFile("a.csv", content)))

    assert [line.activity.title for line in plan.lines] == ["Họp"]


def test_staff_look_first_and_write_on_confirmation(client, staff, lead):
    client.force_login(staff)

    look = client.post("/activities/import/", {"sheet": sheet(row())})
    assert not Activity.objects.exists()
    kept = look.context["kept"].public_id
    client.post("/activities/import/", {"confirmed": kept})
    client.post("/activities/import/", {"confirmed": kept})

    assert Activity.objects.get().title == "Tập huấn"


def test_members_do_not_import_and_nobody_confirms_another_ones_sheet(
    client, staff, coordinator, focal, lead
):
    client.force_login(focal)
    assert client.post("/activities/import/", {"sheet": sheet(row())}).status_code == 403
    client.force_login(staff)
    kept = client.post("/activities/import/", {"sheet": sheet(row())}).context["kept"].public_id
    client.force_login(coordinator)
    assert client.post("/activities/import/", {"confirmed": kept}).status_code == 404


def test_the_template_is_readable_by_the_import(client, staff, lead):
    client.force_login(staff)

    content = client.get("/activities/import/template/").content

    assert imports.read(SimpleUploadedFile("x.xlsx", content))[0][1][0]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite takes fewer values in a statement")
def test_five_thousand_rows_take_few_statements(lead, staff):
    ProjectFactory(code="CRG-2")
    guests = [OrganisationFactory(name_vi=f"Tổ chức {number}") for number in range(5)]
    rows = [
        row(
            external_key=f"K-{number}",
            women=number,
            projects="CRG-2",
            organisations=guests[number % 5].name_vi,
        )
        for number in range(5000)
    ]
    file = sheet(*rows)

    with CaptureQueriesContext(connection) as statements:
        imports.plan(imports.read(file))
        file.seek(0)
        imports.write(imports.plan(imports.read(file)), by=staff)

    assert Activity.objects.count() == 5000
    assert len(statements) <= 50


def test_more_than_five_thousand_rows_are_refused(lead):
    rows = "\n".join(f"K-{number};a;03/06/2019;MSD" for number in range(5001))
    content = f"external_key;title;starts_on;lead\n{rows}\n".encode()

    with pytest.raises(imports.checks.Refused) as refused:
        imports.read(SimpleUploadedFile("a.csv", content))
    assert refused.value.status == 413
