"""The ladder: when whom the portal reminds."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from coalition.http import allow, page
from coalition.jobs.models import Heartbeat
from coalition.obligations import ladder
from coalition.obligations.forms import RuleForms
from coalition.obligations.models import ReminderRule


@allow("owed.rules")
def rules_edit(request):
    """Let coordinators set the steps of the ladder; a step that was used is put out of use, never deleted."""
    rules = ReminderRule.objects.order_by("kind", "offset", "pk")
    formset = RuleForms(request.POST or None, queryset=rules)
    if request.method == "POST" and formset.is_valid():
        ladder.save(formset)
        messages.info(
            request, _("Saved. The next planning of reminders, within a quarter of an hour, goes by it.")
        )
        return redirect("obligations:rules_edit")
    return page(
        request,
        "obligations/rules_edit.html",
        {
            "formset": formset,
            "last": Heartbeat.objects.filter(name="reminders").first(),
        },
    )
