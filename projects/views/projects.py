"""Projects: their list, page and changes, and the organisations they supported."""

from dataclasses import replace

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy

from coalition import history
from coalition.http import allow, page, public
from coalition.lists.pages import Column, ListPage, answer
from projects import counting, earlier_lines, open_pages, pages, project_pages
from projects.forms.project import ProjectForm
from projects.lists import ACTIVITIES, PROJECTS, activities_asked_for
from projects.models import Activity, Project


@allow("project.see", methods=("GET",))
def project_list(request):
    """List the projects this person may see."""
    return answer(request, PROJECTS, template="projects/project_list.html")


@allow("project.see", methods=("GET",))
def project_page(request, public_id):
    """Show a project as its document: who pays, what for, what was done, what came of it."""
    found = pages.current_or_own(Project, request.user).select_related("lead", "predecessor")
    project = get_object_or_404(found, public_id=public_id)
    return page(request, "projects/project_page.html", project_pages.context_of(project, request.user))


@allow("project.see", methods=("GET",))
def project_overlaps(request, public_id):
    """Say which other projects supported the same organisations; the project's page asks once it stands."""
    project = get_object_or_404(pages.current_or_own(Project, request.user), public_id=public_id)
    activities = Activity.objects.visible_to(request.user).filter(projects=project)
    overlaps = counting.also_in(activities, project, request.user)
    return page(request, "projects/project_overlaps.html", {"project": project, "overlaps": overlaps})


@public()
def project_public(request, public_id):
    """Show everybody a project that is open to all: its document, and numbers in which nobody shows."""
    found = Project.objects.open_to_the_public().select_related("lead")
    project = get_object_or_404(found, public_id=public_id)
    return page(request, "projects/project_public.html", open_pages.context_of(project))


@allow("project.edit")
def project_add(request):
    return _form_page(request, ProjectForm(request.POST or None, user=request.user), None)


@allow("project.edit")
def project_edit(request, public_id):
    project = get_object_or_404(Project.objects.editable_by(request.user), public_id=public_id)
    form = ProjectForm(request.POST or None, instance=project, user=request.user)
    return _form_page(request, form, project)


def _form_page(request, form, project):
    if request.method == "POST" and form.is_valid():
        return redirect(form.save(by=request.user))
    context = {"form": form, "project": project}
    return page(request, "projects/project_edit.html", context, status=422 if form.errors else None)


@allow("project.edit", methods=("GET",))
def project_history(request, public_id):
    """Tell who changed what, newest first."""
    project = get_object_or_404(Project.everything.editable_by(request.user), public_id=public_id)
    told = history.page_of(request, project, go_back="projects:project_go_back", of_lines=earlier_lines.told)
    context = {"project": project, **told}
    return page(request, "projects/project_history.html", context)


@allow("project.see", methods=("GET",))
def supported_list(request):
    """List the organisations behind the number of those supported; the filters are those of activities."""
    reading, activities = activities_asked_for(request)
    listpage = ListPage(
        name="supported",
        title=gettext_lazy("Organisations supported"),
        lead=counting.organisations_rule(),
        rows=lambda _user: counting.organisations_supported(activities),
        columns=[
            Column("name", gettext_lazy("Organisation"), "name", sort="sort_key", is_main=True),
            Column("kind", gettext_lazy("Kind"), "get_kind_display"),
            Column(
                "times", gettext_lazy("Activities"), load=counting.times_supported(activities), is_number=True
            ),
        ],
        filters=[replace(filter_, narrow=_already) for filter_ in ACTIVITIES.filters],
        default_sort="name",
        empty_title=gettext_lazy("No organisation yet"),
        empty_text=gettext_lazy("Note on each activity which organisations took part."),
    )
    return answer(
        request,
        listpage,
        "projects/supported_list.html",
        {"overlaps": _overlaps(reading, activities, request.user)},
    )


def _overlaps(reading, activities, user):
    """Say which other projects supported the same organisations, where the list is about one project."""
    projects = [
        each.value
        for filter_, chosen in reading.chosen.items()
        if filter_.name == "project"
        for each in chosen
    ]
    return counting.also_in(activities, projects[0], user) if len(projects) == 1 else []


def _already(rows, _values):
    """The activities were narrowed before the organisations were looked for."""
    return rows
