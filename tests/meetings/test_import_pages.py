"""Bringing in minutes on the web; the demonstration."""

import datetime as dt

import pytest
from django.urls import reverse

from coalition.members.models import OrganisationAlias
from coalition.obligations.models import Obligation
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


UNKNOWN = [
    (["Nội dung"], ["Follow up action"]),
    (
        ["1. Advocacy: góp ý"],
        ["Chị Hà (ABC) sẽ gửi bản góp ý trước ngày 28/4.", "XYZ sẽ mời khách trước ngày 29/4."],
    ),
]


def reviewed(client, group, rows):
    return client.post(
        "/meetings/import/", {"text": as_text(rows), "held_on": "2015-04-07", "group": group.pk}
    )


def confirmed(client, review, **changes):
    posted = {"sealed": review.context["sealed"]}
    for row in review.context["rows"]:
        place = row["place"]
        posted |= {f"keep_{place}": "1", f"who_{place}": row["who"], f"due_{place}": row["due_on"]}
    return client.post("/meetings/import/confirm/", posted | changes)


def test_a_name_nobody_knows_is_matched_once_and_remembered(client, staff, member, group):
    client.force_login(staff)
    review = reviewed(client, group, UNKNOWN)
    assert [name for _place, name, _typed in review.context["unknown"]] == ["ABC", "XYZ"]

    confirmed(client, review, match_0=member.name_vi)

    owed = {duty.title[:6]: duty.organisation for duty in Obligation.objects.select_related("organisation")}
    assert owed == {"Chị Hà": member}
    assert list(OrganisationAlias.objects.values_list("name", "organisation")) == [("ABC", member.pk)]
    again = reviewed(client, group, UNKNOWN)
    assert [name for _place, name, _typed in again.context["unknown"]] == ["XYZ"]


def test_what_was_corrected_stays_where_something_else_is_wrong(client, staff, member, group):
    client.force_login(staff)
    review = reviewed(client, group, UNKNOWN)

    answer = confirmed(
        client, review, match_0="Không ai biết", who_1=member.name_vi, due_1="2015-05-01", keep_0=""
    )

    assert answer.status_code == 422
    first, second = answer.context["rows"]
    assert (first["is_kept"], second["who"], second["due_on"]) == (False, member.name_vi, "2015-05-01")
    assert answer.context["unknown"][0] == (0, "ABC", "Không ai biết")
    assert (Meeting.objects.count(), OrganisationAlias.objects.count()) == (0, 0)
