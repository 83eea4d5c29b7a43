"""The floors that pages are compared with: the same session and person, the same rows, and nothing else.

Hand-written views and plain templates, as somebody would write them who needs this one thing: no rights, no
search, no count, no navigation, no choice of columns, no checks, no history. What ours costs beyond a floor is
what those cost.
"""

import datetime as dt
from uuid import uuid4

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.template import Context, Engine
from django.urls import include, path

from bench import off_the_shelf
from projects.models import Activity, Participation

ROWS = Engine().from_string(
    "<!doctype html><title>Activities</title><p>{{ person }}</p><table><tr><th>Date<th>Activity<th>Kind<th>State"
    "<th>Lead organisation<th>Province<th>Place</tr>{% for row in rows %}<tr><td>{{ row.starts_on }}"
    "<th><a href='{{ row.get_absolute_url }}'>{{ row.title }}</a><td>{{ row.get_kind_display }}"
    "<td>{{ row.get_state_display }}<td>{{ row.lead.short_name }}<td>{{ row.province.name_vi }}"
    "<td>{{ row.place }}</tr>{% endfor %}</table>"
)
COLUMNS = (
    "public_id",
    "title",
    "kind",
    "state",
    "starts_on",
    "place",
    "lead__short_name",
    "province__name_vi",
)
ONE = Engine().from_string(
    "<!doctype html><title>{{ row.title }}</title><p>{{ person }}</p><h1>{{ row.title }}</h1><p>{{ row.starts_on }}"
    " {{ row.get_kind_display }} {{ row.lead.short_name }} {{ row.province.name_vi }} {{ row.summary }}</p><table>"
    "{% for people in counts %}<tr><td>{{ people.get_group_display }}<td>{{ people.get_sex_display }}"
    "<td>{{ people.organisation.short_name }}<td>{{ people.count }}</tr>{% endfor %}</table>"
)


def floor_list(request):
    """25 newest activities by an index, their organisations and provinces joined."""
    newest = Activity.objects.order_by("-starts_on", "-pk").select_related("lead", "province")
    rows = list(newest.only(*COLUMNS)[:25])
    return HttpResponse(ROWS.render(Context({"rows": rows, "person": request.user.email})))


def floor_detail(request, public_id):
    """One activity by its public id, and the counts of its people."""
    row = Activity.objects.select_related("lead", "province").get(public_id=public_id)
    rows = Participation.objects.filter(activity=row).select_related("organisation").order_by("pk")
    counts = list(rows.only("group", "sex", "count", "organisation__short_name"))
    return HttpResponse(ONE.render(Context({"row": row, "counts": counts, "person": request.user.email})))


def floor_create(request):
    """Write down one activity with what was posted, and go to it."""
    typed = request.POST
    with transaction.atomic():
        row = Activity.objects.bulk_create(
            [
                Activity(
                    title=typed["title"],
                    kind=typed["kind"],
                    starts_on=dt.date.fromisoformat(typed["starts_on"]),
                    lead_id=request.user.organisation.pk,
                    client_uuid=uuid4(),
                    created_by=request.user,
                )
            ]
        )[0]
        Participation.objects.bulk_create(
            [Participation(activity=row, group="other", sex="female", count=int(typed["women"]))]
        )
    return HttpResponseRedirect(row.get_absolute_url())


urlpatterns = [
    path("floor/", floor_list),
    path("floor/new/", floor_create),
    path("floor/<slug:public_id>/", floor_detail),
    path("shelf/", off_the_shelf.site.urls),
    path("", include("coalition.urls")),
]
handler400 = "coalition.home.bad_request"
handler403 = "coalition.home.not_for_you"
handler404 = "coalition.home.not_found"
handler500 = "coalition.home.our_fault"
