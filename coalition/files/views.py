"""Serving files to those who may see them, and the page of a file's consents."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.files import access, actions
from coalition.files.answers import handed_out
from coalition.files.forms import ConsentForm
from coalition.files.models import StoredFile
from coalition.http import allow, page


@allow("file.see", methods=("GET",))
def file_open(request, public_id):
    """Hand out a file to somebody who may see it."""
    file = get_object_or_404(access.visible_to(request.user), public_id=public_id)
    return handed_out(file)


@allow("file.add")
def file_consent(request, public_id):
    """Show the consents a photo stands on, and record another one."""
    file = get_object_or_404(StoredFile.objects.editable_by(request.user), public_id=public_id)
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.instance.file = file
        form.save()
        messages.success(request, _("The consent is recorded."))
        return redirect("files:file_consent", public_id)
    consents = file.consents.order_by("-representative_agreed_on", "-pk")
    context = {"file": file, "form": form, "consents": consents, "uses": access.uses_of(file)}
    return page(request, "files/file_consent.html", context, status=422 if form.errors else None)


@allow("file.add")
def consent_withdraw(request, public_id, number):
    """Withdraw one consent, after asking; what was already given out with the file is listed."""
    file = get_object_or_404(StoredFile.objects.editable_by(request.user), public_id=public_id)
    consent = get_object_or_404(file.consents, pk=number)
    if request.method == "POST":
        actions.withdraw(consent, by=request.user, now=timezone.now())
        messages.success(request, _("The consent is withdrawn: the picture is internal from now on."))
        return redirect("files:file_consent", public_id)
    return render(
        request,
        "confirm.html",
        {
            "question": _("Withdraw this consent?"),
            "consequences": _(
                "The picture leaves public pages and every later report at once. Reports that were already "
                "issued with it are listed on its page."
            ),
            "yes": _("Withdraw it"),
            "tone": "btn-danger",
            "back": request.path.replace(f"/{number}/withdraw/", "/"),
        },
    )
