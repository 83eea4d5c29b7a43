"""The outbox page, one message, how a person wants to be reminded, and the way out of reminders."""

from django.contrib import messages as notes
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt

from coalition.http import allow, page, public
from coalition.lists.pages import answer
from coalition.members.models import Organisation
from coalition.notifications import actions, delivery, webhooks
from coalition.notifications.forms import PreferenceForm, WebhookForm
from coalition.notifications.models import Message, Preference, Webhook, WebhookCall
from coalition.notifications.pages import MESSAGES, TONES


@allow("self.edit", methods=("GET",))
def message_list(request):
    """List one's own messages; coordinators see the whole outbox and what could not be sent."""
    failed = 0
    if request.user.has_right("outbox.see"):
        failed = Message.objects.filter(state=Message.State.FAILED).count()
    return answer(request, MESSAGES, "notifications/message_list.html", {"failed": failed})


@allow("self.edit", methods=("GET",))
def message_page(request, public_id):
    """Show one message as it was written, and what became of it."""
    message = get_object_or_404(
        Message.objects.visible_to(request.user).select_related("recipient"), public_id=public_id
    )
    return page(
        request, "notifications/message_page.html", {"message": message, "tone": TONES[message.state]}
    )


@allow("outbox.see", methods=("POST",))
def messages_again(request):
    """Try again what could not be sent."""
    number = delivery.send_again(Message.objects.visible_to(request.user), now=timezone.now())
    notes.info(
        request,
        ngettext(
            "%(number)s message will be tried again.", "%(number)s messages will be tried again.", number
        )
        % {"number": number},
    )
    return redirect("notifications:message_list")


@allow("self.edit")
def preference_edit(request):
    """Let a person say how often they are reminded."""
    preference = Preference.objects.filter(user=request.user).first() or Preference(user=request.user)
    form = PreferenceForm(request.POST or None, instance=preference)
    if request.method == "POST" and form.is_valid():
        actions.prefer(request.user, **form.cleaned_data)
        notes.info(request, _("Saved. This holds from the next reminder on."))
        return redirect("notifications:preference_edit")
    return page(request, "notifications/preference_edit.html", {"form": form})


@allow("organisation.edit")
def webhook_edit(request):
    """Let a focal point name the address outside that is told what is due; its secret is shown once."""
    organisations = Organisation.objects.filter(pk__in=request.user.filing_organisation_ids)
    if request.POST.get("end"):
        webhooks.end(organisation=get_object_or_404(organisations, code=request.POST["end"]))
        return redirect("notifications:webhook_edit")
    form = WebhookForm(request.POST or None, user=request.user)
    secret = webhooks.set_address(**form.cleaned_data) if request.method == "POST" and form.is_valid() else ""
    hooks = (
        Webhook.objects.filter(organisation__in=organisations).select_related("organisation").order_by("pk")
    )
    calls = (
        WebhookCall.objects.filter(webhook__in=hooks).select_related("webhook__organisation").order_by("-pk")
    )
    return page(
        request,
        "notifications/webhook_edit.html",
        {
            "form": form,
            "secret": secret,
            "hooks": hooks,
            "calls": calls[:20],
        },
    )


@csrf_exempt  # RFC 8058: the mail program posts here without a cookie; the address itself is signed
@public(methods=("GET", "POST"))
def unsubscribe(request, token):
    """End reminders by mail for the person the address was signed for; a GET asks first."""
    person = actions.person_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        actions.prefer(person, reminders=Preference.Rhythm.NEVER)
    with translation.override(person.language):
        return render(
            request, "notifications/unsubscribe.html", {"is_done": request.method == "POST", "token": token}
        )
