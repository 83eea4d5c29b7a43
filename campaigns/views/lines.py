"""Lines of a form: taking what the log holds, writing a new activity, changing and removing one."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from campaigns import actions
from campaigns.forms import LineForm
from campaigns.models import FormLine
from campaigns.views.loading import form_for, line_of, notes_of
from coalition.http import allow, page
from projects.models import Activity


@allow("form.prepare", methods=("POST",))
def line_take(request, public_id):
    """Take one offered activity of the log into the form, or all of them."""
    form = form_for(request.user, public_id, may_edit=True)
    offered = actions.offer(form)
    if request.POST.get("activity") != "all":
        offered = [get_object_or_404(offered, public_id=request.POST.get("activity", ""))]
    actions.add_lines(form, offered, by=request.user)
    return redirect(f"{form.get_absolute_url()}#lines")


@allow("form.prepare")
def line_new(request, public_id):
    """Write a new line: it is a new activity in the log, planned for the next quarter or done in this one."""
    form = form_for(request.user, public_id, may_edit=True)
    part = request.GET.get("part", "done")
    if part not in FormLine.Part.values:
        raise Http404
    state = Activity.State.PLANNED if part == FormLine.Part.PLAN else Activity.State.HELD
    activity = Activity(lead=form.organisation, state=state, kind=Activity.Kind.CAMPAIGN)
    return _edit(request, form, part, activity=activity, line=None)


@allow("form.prepare")
def line_edit(request, public_id, line_id):
    """Change a line, which changes its activity in the log."""
    form = form_for(request.user, public_id, may_edit=True)
    line = line_of(form, line_id)
    return _edit(request, form, line.part, activity=line.activity, line=line)


def _edit(request, form, part, *, activity, line):
    typed = LineForm(
        request.POST or None, instance=activity, form=form, part=part, user=request.user, line=line
    )
    if request.method == "POST" and typed.is_valid():
        _save(form, typed, part, line, request.user)
        if request.POST.get("then") == "another":
            return redirect(f"{request.path}?part={part}")
        return redirect(f"{form.get_absolute_url()}#lines")
    notes = [note for note in notes_of(form).values() if line and note.line_id == line.pk]
    context = {"form": form, "typed": typed, "line": line, "part": part, "notes": notes}
    return page(request, "campaigns/line_edit.html", context, status=422 if typed.is_bound else None)


@transaction.atomic
def _save(form, typed, part, line, user):
    activity = typed.save(by=user)
    actions.save_line(form, activity=activity, line=line, values=typed.line_values(), part=part, by=user)


@allow("form.prepare", methods=("POST",))
def line_remove(request, public_id, line_id):
    """Take a line out of the form; its activity stays in the log and is offered again."""
    form = form_for(request.user, public_id, may_edit=True)
    line = form.lines.filter(public_id=line_id).select_related("form").first()
    if line:
        actions.remove_line(line, by=request.user)
    return redirect(f"{form.get_absolute_url()}#lines")
