"""Bringing in minutes on the web; the demonstration."""

import datetime as dt

import pytest
from django.urls import reverse

from meetings.models import (
    AgendaItem,
    Meeting,
)
from tests.factories.meetings import (
    as_docx,
    as_text,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2015, 2, 3)


def address(name, thing):
    return reverse(f"meetings:{name}", args=[thing.public_id])


def uploaded(client, content=None, name="bien-ban.docx", **fields):
    from django.core.files.uploadedfile import SimpleUploadedFile

    values = {"held_on": "2015-04-07", **fields}
    if content is not None:
        values["file"] = SimpleUploadedFile(name, content)
    return client.post(reverse("meetings:minutes_import"), values)


def test_an_upload_is_reviewed_corrected_and_saved(client, staff, member, group):
    client.force_login(staff)

    review = uploaded(client, as_docx(), group=group.pk)

    assert not Meeting.objects.exists()
    rows, sealed = review.context["rows"], review.context["sealed"]
    posted = {"sealed": sealed}
    for row in rows:
        posted |= {
            f"keep_{row['place']}": "1",
            f"who_{row['place']}": row["who"],
            f"due_{row['place']}": row["due_on"] or "",
        }
    posted["who_0"], posted["due_0"] = "MEMBER", "2015-04-18"
    del posted[f"keep_{rows[-1]['place']}"]
    for _time in (1, 2):
        client.post(reverse("meetings:minutes_confirm"), posted)

    meeting = Meeting.objects.get(activity__starts_on="2015-04-07")
    assert meeting.points.count() == len(rows) - 1
    duty = meeting.points.order_by("order").first().follow_ups.get().obligation
    assert (duty.organisation, duty.due_on) == (member, dt.date(2015, 4, 18))


def test_pasted_text_is_reviewed_like_a_file(client, staff, group):
    client.force_login(staff)

    rows = uploaded(client, text=as_text()).context["rows"]

    assert [row["is_proposal"] for row in rows] == [False] * 6 + [True]


def test_a_deadline_in_the_left_column_becomes_an_action_only_where_it_is_ticked(
    client, staff, member, group
):
    client.force_login(staff)
    review = uploaded(client, text=as_text())
    place = next(row["place"] for row in review.context["rows"] if row["is_proposal"])

    client.post(
        reverse("meetings:minutes_confirm"),
        {
            "sealed": review.context["sealed"],
            f"keep_{place}": "1",
            f"who_{place}": "MEMBER",
            f"due_{place}": "2015-06-30",
        },
    )

    point = Meeting.objects.get(activity__starts_on="2015-04-07").points.get()
    assert (point.text, str(point.due_on)) == (
        "Thư góp ý gửi Bộ muộn nhất là tháng 6 năm 2015.",
        "2015-06-30",
    )


def test_a_bad_upload_is_refused_beside_its_field(client, staff, group):
    client.force_login(staff)

    answer = uploaded(client, b"PK\x03\x04 no zip")

    assert answer.status_code == 415
    assert answer.context["form"].errors["file"]
    assert uploaded(client).context["form"].errors["file"]


def test_a_review_that_is_not_ours_begins_again(client, staff):
    client.force_login(staff)

    answer = client.post(reverse("meetings:minutes_confirm"), {"sealed": "made up"})

    assert (answer.status_code, Meeting.objects.exists()) == (302, False)


def test_an_unknown_name_or_date_in_the_review_is_said(client, staff, group):
    client.force_login(staff)
    sealed = uploaded(client, as_docx()).context["sealed"]

    answer = client.post(
        reverse("meetings:minutes_confirm"),
        {"sealed": sealed, "keep_0": "1", "who_0": "Không Có", "due_0": ""},
    )

    assert answer.context["errors"]
    assert not Meeting.objects.exists()


def test_the_demonstration_is_told_once(reference):
    from coalition.members import demo as people
    from meetings import demo

    people.load(dt.date(2026, 11, 22))
    for _time in (1, 2):
        demo.load(dt.date(2026, 11, 22))

    february = Meeting.objects.get(activity__starts_on=DAY)
    assert (february.state, AgendaItem.objects.filter(meeting=february).count()) == ("approved", 4)
    assert Meeting.objects.count() == 7
