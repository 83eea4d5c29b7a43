"""One duty: its page, and the forms that close it, move it, end it, give it to somebody, or keep it quiet."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.files import checks
from coalition.http import allow, page
from coalition.obligations import actions, forms, kinds, story
from coalition.obligations.models import Obligation


def _seen(request, public_id):
    found = Obligation.everything.visible_to(request.user).select_related(
        "organisation", "person", "closed_by", "confirmed_by", "created_by", "proof_file"
    )
    return get_object_or_404(found, public_id=public_id)


def _editable(request, public_id):
    found = Obligation.objects.visible_to(request.user) & Obligation.objects.editable_by(request.user)
    return get_object_or_404(found.select_related("organisation", "person"), public_id=public_id)


@allow("owed.see", methods=("GET",))
def obligation_page(request, public_id):
    """Show one duty: what, by when, why, who was told, what comes next, what has happened."""
    duty = _seen(request, public_id)
    today = timezone.localdate()
    is_ours = (
        request.user.is_secretariat
        or duty.person_id == request.user.pk
        or (duty.organisation_id in request.user.writing_organisation_ids)
    )
    return page(
        request,
        "obligations/obligation_page.html",
        {
            "duty": duty,
            "kind": kinds.get(duty.kind),
            "today": today,
            "may_edit": is_ours and duty.state == "open",
            "is_stopped": duty.paused_until == forms.FOR_GOOD,
            "is_paused": duty.paused_until is not None and duty.paused_until > today,
            "may_confirm": duty.needs_confirmation
            and request.user.is_secretariat
            and duty.closed_by_id != request.user.pk,
            **story.of(duty, today),
        },
    )


@allow("owed.open")
def obligation_open(request):
    """Let the secretariat put a duty on the ledger by hand."""
    form = forms.OpenForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        duty = form.save(by=request.user)
        messages.info(request, _("On the ledger. Reminders follow the ladder."))
        return redirect(duty)
    return page(
        request,
        "obligations/obligation_form.html",
        {
            "form": form,
            "heading": _("Open a duty"),
            "button": _("Put it on the ledger"),
            "back": "/owed/by/",
            "words": _(
                "For what does not come from minutes, a call or a form: those open their duties themselves."
            ),
        },
    )


@allow("owed.close")
def obligation_close(request, public_id):
    """Ask what was done and close the duty."""
    duty = _editable(request, public_id)
    kind = kinds.get(duty.kind)
    if not kind.by_hand and not request.user.is_secretariat:
        return redirect(duty.source_path or duty)
    form = forms.CloseForm(request.POST or None, request.FILES or None, duty=duty)
    thanks = _("Thank you. No more reminders go out.")
    return _answer(
        request, duty, form, _("Is it done?"), button=_("Yes, it is done"), thanks=thanks, words=kind.met_by
    )


@allow("owed.open")
def obligation_move(request, public_id):
    """Give the duty another date."""
    duty = _editable(request, public_id)
    form = forms.MoveForm(request.POST or None, initial={"due_on": duty.due_on}, duty=duty)
    thanks = _("Moved. Reminders begin anew.")
    return _answer(request, duty, form, _("Move the due date"), button=_("Move it"), thanks=thanks)


@allow("owed.open")
def obligation_end(request, public_id):
    """Excuse the organisation, or take the duty back."""
    duty = _editable(request, public_id)
    form = forms.EndForm(request.POST or None, duty=duty)
    thanks = _("Ended. No more reminders go out.")
    return _answer(request, duty, form, _("End it without its being done"), button=_("End it"), thanks=thanks)


@allow("owed.open")
def obligation_reopen(request, public_id):
    """Owe it again, with a date of its own."""
    duty = _editable(request, public_id)
    form = forms.ReopenForm(request.POST or None, duty=duty)
    return _answer(request, duty, form, _("Owe it again"), button=_("Open it again"), thanks=_("Open again."))


@allow("owed.open")
def obligation_reassign(request, public_id):
    """Let somebody else answer for it."""
    duty = _editable(request, public_id)
    form = forms.ReassignForm(request.POST or None, duty=duty)
    thanks = _("Saved. Whoever answers for it now is reminded from here on.")
    return _answer(request, duty, form, _("Who answers for it?"), button=_("Save"), thanks=thanks)


@allow("owed.close")
def obligation_pause(request, public_id):
    """Send no reminders of it for a while."""
    duty = _editable(request, public_id)
    form = forms.PauseForm(request.POST or None, user=request.user, today=timezone.localdate(), duty=duty)
    thanks = _("Reminders are paused. The duty stays owed.")
    return _answer(request, duty, form, _("Pause reminders"), button=_("Pause"), thanks=thanks)


@allow("owed.close", methods=("POST",))
def obligation_resume(request, public_id):
    """Let reminders go on."""
    duty = _editable(request, public_id)
    actions.pause(duty, by=request.user, until=None, reason="")
    messages.info(request, _("Reminders go on."))
    return redirect(duty)


@allow("owed.open", methods=("POST",))
def obligation_confirm(request, public_id):
    """Confirm what a colleague set and closed for themselves."""
    duty = _editable(request, public_id)
    try:
        actions.confirm(duty, by=request.user)
        messages.info(request, _("Confirmed."))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect(duty)


def _answer(request, duty, form, heading, *, button, thanks, words=""):
    """Show a form about a duty; on a valid POST do it, say so and go to the duty's page."""
    if request.method == "POST" and form.is_valid():
        try:
            form.save(by=request.user)
        except checks.Refused as refused:
            form.add_error("proof_file", str(refused))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.info(request, thanks)
            return redirect(duty)
    shown = {"form": form, "duty": duty, "heading": heading, "button": button, "words": words}
    return page(request, "obligations/obligation_form.html", {**shown, "back": duty.get_absolute_url()})
