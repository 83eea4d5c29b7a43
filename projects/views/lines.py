"""The lines of a project: its funding chain with budgets, its partners, its results with what proves them."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.forms import typed_over
from coalition.http import allow, page
from coalition.records import Conflict
from projects import actions
from projects.forms.lines import BUDGET_LINES, INDICATOR_LINES, LINES, VALUE_LINES, ProofForm
from projects.models import Project, ProjectIndicator

TITLES = {
    "funding": gettext_lazy("Funding chain"),
    "partners": gettext_lazy("Partners"),
    "results": gettext_lazy("Results"),
}


def _project(request, public_id):
    return get_object_or_404(Project.objects.editable_by(request.user), public_id=public_id)


@allow("project.edit")
def project_lines(request, public_id, what):
    """Change the lines of a project: its funding chain, its partners or its results."""
    if what not in LINES:
        raise Http404
    project = _project(request, public_id)
    lines = LINES[what](request.POST or None, instance=project, user=request.user)
    return _change(request, project, lines, TITLES[what])


@allow("project.edit")
def funding_budget(request, public_id, number):
    """Change what one hand-over of money is meant for, and what was spent of it."""
    project = _project(request, public_id)
    line = get_object_or_404(project.funding.select_related("giver", "receiver"), pk=number)
    words = _("%(giver)s → %(receiver)s, in %(currency)s")
    about = words % {"giver": line.giver, "receiver": line.receiver, "currency": line.currency}
    lines = BUDGET_LINES(request.POST or None, instance=line, user=request.user)
    return _change(request, project, lines, gettext_lazy("Budget"), about)


@allow("project.edit")
def result_indicators(request, public_id, number):
    """Change the indicators of one result."""
    project = _project(request, public_id)
    result = get_object_or_404(project.results, pk=number)
    lines = INDICATOR_LINES(request.POST or None, instance=result, user=request.user)
    return _change(request, project, lines, gettext_lazy("Indicators"), result.statement)


@allow("project.edit")
def indicator_values(request, public_id, number):
    """Write down what was measured for an indicator, period by period and part by part."""
    project = _project(request, public_id)
    indicator = get_object_or_404(
        ProjectIndicator.objects.filter(result__project=project).select_related("result__project"), pk=number
    )
    about = {"user": request.user, "indicator": indicator}
    lines = VALUE_LINES(request.POST or None, instance=indicator, form_kwargs=about, user=request.user)
    return _change(request, project, lines, gettext_lazy("Values by period"), indicator.name)


@allow("project.edit")
def result_proof(request, public_id, number):
    """Choose the activities of the project that show a result."""
    project = _project(request, public_id)
    result = get_object_or_404(project.results, pk=number)
    form = ProofForm(request.POST or None, instance=result)
    if request.method == "POST" and form.is_valid():
        _save(request, project, form, gettext_lazy("Activities that show it"))
        return redirect(project)
    context = {"form": form, "project": project, "result": result}
    return page(request, "projects/result_proof.html", context, status=422 if form.errors else None)


def _change(request, project, lines, title, about=""):
    if request.method == "POST" and lines.is_valid():
        _save(request, project, lines, title)
        return redirect(project)
    context = {"project": project, "lines": lines, "title": title, "about": about}
    status = 422 if lines.total_error_count() else None
    return page(request, "projects/project_lines.html", context, status=status)


def _save(request, project, lines, title):
    """Save what was typed, unless somebody has saved the project since the page was opened: then show both."""
    read = request.POST.get("version", "")
    try:
        actions.save_lines(
            project=project,
            lines=lines,
            what=title,
            by=request.user,
            read=int(read) if read.isascii() and read.isdigit() else None,
        )
    except Conflict as conflict:
        raise Conflict(conflict.record, conflict.current, typed_over(lines)) from conflict
