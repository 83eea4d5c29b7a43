"""The floor that pages are compared with: the same session and person, one indexed query, the same rows bare.

A hand-written view and a plain template, as somebody would write them who needs this page and nothing else: no
rights, no search, no count, no navigation, no choice of columns. What ours costs beyond it is what those cost.
"""

from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import include, path

from projects.models import Activity

ROWS = Engine().from_string(
    "<!doctype html><title>Activities</title><p>{{ person }}</p><table><tr><th>Date<th>Activity<th>Kind<th>State"
    "<th>Lead organisation<th>Province<th>Place</tr>{% for row in rows %}<tr><td>{{ row.starts_on }}"
    "<th><a href='{{ row.get_absolute_url }}'>{{ row.title }}</a><td>{{ row.get_kind_display }}"
    "<td>{{ row.get_state_display }}<td>{{ row.lead.short_name }}<td>{{ row.province.name_vi }}<td>{{ row.place }}</tr>{% endfor %}</table>"
)
ONE = Engine().from_string(
    "<!doctype html><title>{{ row.title }}</title><h1>{{ row.title }}</h1><p>{{ row.starts_on }} {{ row.summary }}"
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


def floor_list(request):
    """25 newest activities by an index, nothing else."""
    newest = Activity.objects.order_by("-starts_on", "-pk").select_related("lead", "province")
    rows = list(newest.only(*COLUMNS)[:25])
    return HttpResponse(ROWS.render(Context({"rows": rows, "person": request.user.email})))


def floor_detail(request, public_id):
    """One activity by its public id, nothing else."""
    row = Activity.objects.only("public_id", "title", "starts_on", "summary").get(public_id=public_id)
    return HttpResponse(ONE.render(Context({"row": row, "person": request.user.email})))


urlpatterns = [
    path("floor/", floor_list),
    path("floor/<slug:public_id>/", floor_detail),
    path("", include("coalition.urls")),
]
handler400 = "coalition.home.bad_request"
handler403 = "coalition.home.not_for_you"
handler404 = "coalition.home.not_found"
handler500 = "coalition.home.our_fault"
