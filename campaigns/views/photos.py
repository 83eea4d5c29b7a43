"""Photos on the form itself, with the consent of those who can be seen."""

from django.http import Http404
from django.shortcuts import redirect

from campaigns import actions
from campaigns.forms import PhotosForm
from campaigns.views.loading import form_for
from coalition.files.checks import Refused
from coalition.files.forms import ConsentForm
from coalition.http import allow, page


@allow("form.prepare")
def photo_add(request, public_id):
    """Take in photos, and the signed consent for them if there is one; what is refused is named."""
    form = form_for(request.user, public_id, may_edit=True)
    sent = request.POST if request.method == "POST" else None
    typed = PhotosForm(sent, request.FILES or None, form=form)
    consent = ConsentForm(sent, prefix="consent", empty_permitted=True, use_required_attribute=False)
    status = None
    if sent is not None:
        both_fit = typed.is_valid() & consent.is_valid()
        status = _take_in(request, form, typed, consent) if both_fit else 422
        if status is None:
            return redirect(f"{form.get_absolute_url()}#photos")
    context = {"form": form, "typed": typed, "consent": consent}
    return page(request, "campaigns/photo_add.html", context, status=status)


def _take_in(request, form, typed, consent):
    """Keep what can be kept; return None, or the HTTP status of what was refused."""
    status, said = None, typed.cleaned_data
    for upload in said["files"]:
        try:
            actions.add_photo(
                form,
                upload,
                by=request.user,
                caption=said["caption"],
                shows_people=not said["shows_nobody"],
                activity=said["activity"],
                consent=consent.cleaned_data if consent.has_changed() else None,
            )
        except Refused as refused:
            typed.add_error("files", f"{upload.name}: {' '.join(refused.messages)}")
            status = refused.status
    return status


@allow("form.prepare", methods=("POST",))
def photo_remove(request, public_id, file_id):
    """Take a photo off the form."""
    form = form_for(request.user, public_id, may_edit=True)
    photo = form.photos.filter(file__public_id=file_id).select_related("file").first()
    if photo is None:
        raise Http404
    actions.remove_photo(form, photo.file, by=request.user)
    return redirect(f"{form.get_absolute_url()}#photos")
