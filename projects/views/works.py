"""Publications and policy inputs: lists, pages, changes."""

import re

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition import history
from coalition.files.answers import handed_out
from coalition.http import allow, page, public
from coalition.lists.pages import answer
from projects import actions, pages
from projects.forms.project import PolicyInputForm, PublicationForm
from projects.lists import POLICY_INPUTS, PUBLICATIONS
from projects.models import PolicyInput, Publication

ROBOTS = re.compile(r"bot|crawl|spider|preview", re.IGNORECASE)


@allow("project.see", methods=("GET",))
def publication_list(request):
    return answer(request, PUBLICATIONS, template="projects/publication_list.html")


@allow("project.see", methods=("GET",))
def publication_page(request, public_id):
    """Show a publication, its other versions and where to get it."""
    found = pages.current_or_own(Publication, request.user).select_related(
        "project", "full_version", "launch", "file"
    )
    publication = get_object_or_404(found, public_id=public_id)
    context = {
        "publication": publication,
        "summaries": publication.summaries.order_by("published_on", "pk"),
        "downloads": publication.downloads.total(),
        **_history_of(request, publication, "projects:publication_go_back"),
    }
    return page(request, "projects/publication_page.html", context)


@public()
def publication_get(request, public_id):
    """Hand out a publication's file, or lead to its link, and count it without knowing who it was."""
    found = Publication.objects.to_get(request.user).select_related("file")
    publication = get_object_or_404(found, public_id=public_id)
    if not (publication.file or publication.link):
        raise Http404
    if _is_fetched_by_a_person(request):
        actions.count_download(publication=publication, day=timezone.localdate())
    return handed_out(publication.file) if publication.file else redirect(publication.link)


def _is_fetched_by_a_person(request):
    """Leave out looks at the head only, later parts of one download, and programs that say what they are."""
    is_later_part = not request.headers.get("Range", "bytes=0-").startswith("bytes=0-")
    is_program = ROBOTS.search(request.headers.get("User-Agent", ""))
    return request.method == "GET" and not is_later_part and not is_program


@allow("project.edit")
def publication_add(request):
    form = PublicationForm(request.POST or None, request.FILES or None, user=request.user)
    return _form_page(request, form, _("Add a publication"))


@allow("project.edit")
def publication_edit(request, public_id):
    publication = get_object_or_404(Publication.objects.editable_by(request.user), public_id=public_id)
    form = PublicationForm(
        request.POST or None, request.FILES or None, instance=publication, user=request.user
    )
    return _form_page(request, form, _("Change the publication"))


@allow("project.see", methods=("GET",))
def policy_input_list(request):
    return answer(request, POLICY_INPUTS, template="projects/policy_input_list.html")


@allow("project.see", methods=("GET",))
def policy_input_page(request, public_id):
    """Show what was said to whom, how far it came and what it grew out of."""
    found = pages.current_or_own(PolicyInput, request.user).select_related("project", "file")
    policy_input = get_object_or_404(found, public_id=public_id)
    context = {
        "policy_input": policy_input,
        "organisations": policy_input.organisations.in_order(),
        "activities": policy_input.activities.visible_to(request.user).order_by("starts_on", "pk"),
        **_history_of(request, policy_input, "projects:policy_input_go_back"),
    }
    return page(request, "projects/policy_input_page.html", context)


@allow("project.edit")
def policy_input_add(request):
    form = PolicyInputForm(request.POST or None, request.FILES or None, user=request.user)
    return _form_page(request, form, _("Add a policy input"))


@allow("project.edit")
def policy_input_edit(request, public_id):
    policy_input = get_object_or_404(PolicyInput.objects.editable_by(request.user), public_id=public_id)
    form = PolicyInputForm(
        request.POST or None, request.FILES or None, instance=policy_input, user=request.user
    )
    return _form_page(request, form, _("Change the policy input"))


def _history_of(request, record, go_back):
    """Return what was changed and what one can go back to, for those who may change it."""
    return history.page_of(request, record, go_back=go_back) if request.user.has_right("project.edit") else {}


def _form_page(request, form, title):
    if request.method == "POST" and form.is_valid():
        return redirect(form.save(by=request.user))
    context = {"form": form, "title": title}
    return page(request, "projects/work_edit.html", context, status=422 if form.errors else None)
