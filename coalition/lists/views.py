"""Saved views and the search over everything."""

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from coalition import text
from coalition.http import allow, next_url, page
from coalition.lists import search as everything
from coalition.lists.forms import SavedViewForm
from coalition.lists.models import SavedView
from coalition.lists.pages import registered


@allow("view.save", methods=("POST",))
def view_save(request, list_name):
    """Keep a list's filters, columns and order under a name; the same name again replaces one's own."""
    if list_name not in registered:
        raise Http404
    back = next_url(request, "/")
    form = SavedViewForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(errors))
        return redirect(back)
    sharing = form.cleaned_data["sharing"] if request.user.organisation_ids else SavedView.Sharing.PRIVATE
    is_default = form.cleaned_data["is_default"]
    if is_default:
        SavedView.objects.filter(owner=request.user, list_name=list_name).update(is_default=False)
    view, _is_new = SavedView.objects.update_or_create(
        owner=request.user,
        list_name=list_name,
        name=form.cleaned_data["name"],
        defaults={
            "sharing": sharing,
            "is_default": is_default,
            "organisation": request.user.organisation,
            "query": QueryDict(request.POST.get("query", "")[:2000]).urlencode(),
        },
    )
    messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
    return redirect(f"{back.split('?')[0]}?view={view.public_id}")


@allow("view.save")
def view_delete(request, public_id):
    """Forget one of one's own views, after asking."""
    view = get_object_or_404(SavedView.objects.editable_by(request.user), public_id=public_id)
    back = next_url(request, "/")
    if request.method == "POST":
        view.delete()
        messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
        return redirect(back)
    return render(
        request,
        "confirm.html",
        {
            "question": _("Delete the view “%(name)s”?") % {"name": view.name},
            "consequences": _("The list itself and its rows stay as they are."),
            "back": back,
        },
    )


@allow("search", methods=("GET",))
def search(request):
    """Look through everything this person may see."""
    query = text.clean(request.GET.get("q", "")).strip()[:200]
    return page(request, "lists/search.html", {"q": query, "groups": everything.found(request.user, query)})
