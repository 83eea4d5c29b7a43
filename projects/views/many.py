"""Changing all activities that a filter shows, after a look at which they are."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import ngettext

from coalition.http import allow, page
from projects import counting, many
from projects.forms.many import ManyForm
from projects.lists import activities_asked_for
from projects.models import Activity

SHOWN = 25


@allow("activity.log")
def activity_change_many(request):
    """Show which activities of the filter this person may change, then change them together."""
    reading, found = activities_asked_for(request)
    editable = Activity.objects.editable_by(request.user).filter(pk__in=found.order_by().values("pk"))
    form = ManyForm(request.POST if request.method == "POST" else None, user=request.user)
    back = reading.url().replace(reading.path, counting.rows_path(), 1)
    is_checked = request.method == "POST" and form.is_valid()
    joining = form.cleaned_data["project"] if is_checked else None
    activities = many.open_to_change(many.newest(editable), by=request.user, project=joining)
    if is_checked and request.POST.get("confirmed") == str(len(activities)):
        data = form.cleaned_data
        shared = {"yes": True, "no": False}.get(data["is_shared"])
        changed = many.change(
            activities, by=request.user, project=data["project"], pillar=data["pillar"], is_shared=shared
        )
        words = ngettext("%(count)s activity was changed.", "%(count)s activities were changed.", changed)
        messages.success(request, words % {"count": changed})
        return redirect(back)
    context = {
        "form": form,
        "reading": reading,
        "is_checked": is_checked,
        "number": len(activities),
        "left_out": found.count() - len(activities),
        "activities": activities[:SHOWN],
        "most": many.MOST,
        "back": back,
    }
    return page(request, "projects/activity_change_many.html", context, status=422 if form.errors else None)
