"""Nudging by hand: whom it will reach, who was nudged when, then one kind mail to each."""

import uuid

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import ngettext

from coalition.http import allow, page
from coalition.lists.reading import read
from coalition.obligations import nudges
from coalition.obligations.forms import NudgeForm
from coalition.obligations.pages import WHO_OWES_WHAT


@allow("owed.nudge")
def nudge_send(request):
    """Show whom a nudge about the duties of this look of the list would reach; send it when asked to."""
    today = timezone.localdate()
    duties = WHO_OWES_WHAT.narrowed(read(request, WHO_OWES_WHAT, []), request.user)
    form = NudgeForm(request.POST or None, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        reached = nudges.nudge(duties, by=request.user, now=timezone.now(), today=today, **form.cleaned_data)
        messages.info(
            request,
            ngettext("One person gets a mail.", "%(number)s people get a mail.", reached)
            % {"number": reached},
        )
        return redirect(f"/owed/by/?{request.GET.urlencode()}")
    rows = nudges.preview(duties, today)
    people = {person for row in rows for person in row["people"]}
    return page(
        request,
        "obligations/nudge_send.html",
        {
            "form": form,
            "rows": rows,
            "people": sorted(people, key=lambda person: person.sort_key),
            "today": today,
            "back": f"/owed/by/?{request.GET.urlencode()}",
        },
    )
