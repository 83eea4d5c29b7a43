"""The floor that pages are compared with: the same session and person, one indexed query, a bare template."""

from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import include, path

from projects.models import Activity

ROWS = Engine().from_string(
    "<!doctype html><title>Floor</title><table>{% for row in rows %}<tr><td><a href='/a/{{ row.public_id }}/'>"
    "{{ row.title }}</a><td>{{ row.starts_on }}<td>{{ row.state }}</tr>{% endfor %}</table>{{ person }}"
)
ONE = Engine().from_string(
    "<!doctype html><title>{{ row.title }}</title><h1>{{ row.title }}</h1><p>{{ row.starts_on }} {{ row.summary }}"
)
COLUMNS = ("public_id", "title", "starts_on", "state", "summary")


def floor_list(request):
    """25 newest activities by an index, nothing else."""
    rows = list(Activity.objects.order_by("-starts_on", "-pk").only(*COLUMNS)[:25])
    return HttpResponse(ROWS.render(Context({"rows": rows, "person": request.user.email})))


def floor_detail(request, public_id):
    """One activity by its public id, nothing else."""
    row = Activity.objects.only(*COLUMNS).get(public_id=public_id)
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
