"""The member's side: the list of forms, the half-filled form that saves itself, and handing it in."""

from django.db.models import Count, Window
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from campaigns import actions, snapshots
from campaigns.forms import AnswersForm
from campaigns.lists import ANSWERS, FORMS
from campaigns.views.loading import (
    MOST_LINES,
    content_of,
    form_for,
    notes_of,
    plan_made_before,
    shown_of,
    whole_number,
)
from coalition.http import allow, page
from coalition.lists.pages import answer
from coalition.records import new_client_uuid

MOST_OFFERED = 30  # on the page; one button takes all of them


@allow("form.see", methods=("GET",))
def form_list(request):
    """List the forms this person may see: a member its own, the secretariat all."""
    return answer(request, FORMS, template="campaigns/form_list.html")


@allow("form.see", methods=("GET",))
def answer_list(request):
    """List answers side by side: a member its own over the quarters, the secretariat those of all."""
    return answer(request, ANSWERS)


@allow("form.see")
def form_page(request, public_id):
    """Show the form; a POST saves the answers, by itself while somebody types or by the button."""
    if request.method == "POST":
        return _save(request, form_for(request.user, public_id, may_edit=True))
    form = form_for(request.user, public_id)
    return page(request, "campaigns/form_page.html", _context(request, form))


def _context(request, form, answers=None, content=None):
    content = content or content_of(form)
    if answers is None and form.may_edit:
        answers = _answers_form(form, content)
    notes, query = notes_of(form), request.GET.get("q", "")
    done, planned = content["done"], content["planned"]
    return {
        **content,
        "form": form,
        "answers": answers,
        "notes": notes,
        "q": query,
        "is_long": max(len(done), len(planned)) > MOST_LINES,
        "shown_done": shown_of(done, notes, query),
        "shown_planned": shown_of(planned, notes, query),
        "plan_before": plan_made_before(form),
        "offered": _offered(form) if form.may_edit else [],
        "steps": _steps(form),
        "corrections": _corrections(form),
        "changes": [] if form.is_open else snapshots.changes(form, [*done, *planned]),
        "today": timezone.localdate(),
    }


def _offered(form):
    """Return the first activities that the form could take in, each with how many there are (`number`)."""
    return list(actions.offer(form).annotate(number=Window(Count("pk")))[:MOST_OFFERED])


def _answers_form(form, content, data=None):
    initial = {f"answer-{question.code}": question.text for question in content["questions"]}
    return AnswersForm(
        data,
        questions=content["questions"],
        initial={
            "version": form.version,
            "client_uuid": new_client_uuid(),
            "has_nothing": form.has_nothing,
            **initial,
        },
    )


def _save(request, form):
    """Save the answers; what two people changed differently comes back to be compared."""
    is_autosave = request.POST.get("autosave") == "1"
    content = content_of(form)
    answers = _answers_form(form, content, data=_picked(request.POST))
    if not answers.is_valid():
        if is_autosave:
            return JsonResponse({"errors": answers.errors}, status=422)
        return page(
            request, "campaigns/form_page.html", _context(request, form, answers, content), status=422
        )
    sent = answers.cleaned_data
    try:
        saved = actions.save_answers(
            form,
            typed=answers.typed(),
            base_version=sent["version"],
            by=request.user,
            has_nothing=sent["has_nothing"],
            client_uuid=sent["client_uuid"],
            merge=not is_autosave,
        )
    except actions.FieldConflict as conflict:
        return _compare(request, form, conflict, answers)
    if is_autosave:
        return JsonResponse({"version": saved.version})
    where = "form_submit" if request.POST.get("then") == "submit" else "form_page"
    return redirect(f"campaigns:{where}", form.public_id)


def _picked(data):
    """Apply the choices of the comparison page: `pick-FIELD` says which of two texts should stand."""
    picked = data.copy()
    for name, choice in data.items():
        field = name.removeprefix("pick-")
        if field != name and choice in ("theirs", "mine"):
            picked[field] = data.get(f"{choice}-{field}", "")
    return picked


def _compare(request, form, conflict, answers):
    """Show both texts of each field that two people changed; everything else that was typed comes along."""
    fields = {name for name, *_rest in conflict.fields}
    typed = answers.cleaned_data
    now = {f"answer-{question.code}": question.text for question in content_of(form)["questions"]}
    base = typed["version"]
    carried = [
        (f"answer-{code}", text if _was_typed(form, code, text, base) else now[f"answer-{code}"])
        for code, text in answers.typed().items()
        if f"answer-{code}" not in fields
    ]
    return page(
        request,
        "campaigns/form_compare.html",
        {
            "form": conflict.current,
            "fields": conflict.fields,
            "carried": carried,
            "has_nothing": typed["has_nothing"],
            "client_uuid": new_client_uuid(),
        },
        status=409,
    )


def _was_typed(form, code, text, version):
    """Say whether this text differs from what the person had read: only then it is theirs to carry on."""
    return text != actions.text_as_of(form, code, version)


@allow("form.submit")
def form_submit(request, public_id):
    """Say what is missing, or ask once more and hand the form in."""
    form = form_for(request.user, public_id)
    if request.method == "POST" and form.is_open:
        form = form_for(request.user, public_id, may_submit=True)
        try:
            actions.submit(form, by=request.user, version=whole_number(request.POST.get("version")))
        except actions.NotReady:
            pass  # the page below says what is missing
        else:
            return redirect(form)
    elif not form.is_open:
        return redirect(form)
    form = form_for(request.user, public_id, may_submit=True)
    return page(request, "campaigns/form_submit.html", {"form": form, **content_of(form)})


def _corrections(form):
    """Return what was put right after acceptance, each with the finished reports that used it."""
    if form.is_open:
        return []
    return (
        form.corrections.select_related("activity", "by").prefetch_related("reports").order_by("-at", "-pk")
    )


def _steps(form):
    return [
        {
            "moment": step.at,
            "who": step.by,
            "words": step.get_verb_display(),
            "changes": [step.note] if step.note else [],
        }
        for step in form.steps.select_related("by").order_by("-at", "-pk")[:40]
    ]
