"""Pages of donor reports: list, builder with preview, finish, files."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from coalition import text
from coalition.http import allow, download, page
from coalition.jobs import actions as jobs
from coalition.lists.pages import Choices, Column, ListPage, Related, answer
from projects.models import DonorReport, Project, ReportLetter
from projects.reports import actions, annexes, board, comparing, letters, outlines, pictures
from projects.reports import document as documents
from projects.reports.forms import LetterForm, ReportForm, SectionForm
from projects.reports.work import KIND

REPORTS = ListPage(
    name="reports",
    title=gettext_lazy("Reports"),
    lead=gettext_lazy(
        "Donor reports: drafts filled from the log, and finished ones whose figures no longer change."
    ),
    rows=lambda user: (
        DonorReport.objects.visible_to(user)
        .select_related("project", "organisation", "obligation")
        .defer("preview", "snapshot")
    ),
    columns=[
        Column("title", gettext_lazy("Title"), sort="sort_key", is_main=True),
        Column("about", gettext_lazy("About"), "subject"),
        Column(
            "due",
            gettext_lazy("Due"),
            lambda report: report.obligation and report.obligation.due_on,
            sort="obligation__due_on",
        ),
        Column("from", gettext_lazy("From"), "starts_on", sort="starts_on"),
        Column("to", gettext_lazy("To"), "ends_on", sort="ends_on"),
        Column("language", gettext_lazy("Language"), "get_language_display"),
        Column("state", gettext_lazy("State"), "get_state_display", sort="state"),
    ],
    filters=[
        Choices("state", gettext_lazy("State"), "state", choices=DonorReport.State.choices),
        Choices("language", gettext_lazy("Language"), "language", choices=DonorReport.Language.choices),
        Related(
            "project",
            gettext_lazy("Project"),
            "project",
            rows=lambda user: Project.objects.visible_to(user).in_order(),
        ),
    ],
    default_sort="-to",
    empty_title=gettext_lazy("No report yet"),
    empty_text=gettext_lazy(
        "A report takes its figures from the activity log; you write what the log cannot know."
    ),
    empty_action=(gettext_lazy("Start a report"), "projects:report_new", "report.draft"),
)


@allow("report.see", methods=("GET",))
def report_list(request):
    context = {
        "due": board.due(request.user),
        "today": timezone.localdate(),
        "board": board.projects(request.user),
    }
    return answer(request, REPORTS, template="reports/report_list.html", context=context)


@allow("report.draft")
def report_new(request):
    """Choose what the report is about."""
    project = (
        Project.objects.visible_to(request.user).filter(public_id=request.GET.get("project", "")).first()
    )
    last = (
        project and project.reports.filter(public_id=request.GET.get("after", "")).defer("snapshot").first()
    )
    initial = {"language": request.user.language, "province_generation": 34}
    if project:
        initial |= {"project": project, "starts_on": project.starts_on, "ends_on": project.ends_on}
    if last and last.state == DonorReport.State.FINISHED:
        initial |= board.following(last)
    form = ReportForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        report = form.save(by=request.user)
        actions.promise(report, due_on=form.cleaned_data["due_on"], by=request.user)
        actions.refresh(report)
        return redirect(report)
    return page(request, "reports/report_new.html", {"form": form})


@allow("report.draft")
def report_edit(request, public_id):
    """Change what a draft is about; its figures are taken anew."""
    report = get_object_or_404(DonorReport.objects.editable_by(request.user), public_id=public_id)
    initial = {"due_on": report.obligation.due_on} if report.obligation_id else {}
    form = ReportForm(request.POST or None, user=request.user, instance=report, initial=initial)
    if request.method == "POST" and form.is_valid():
        report = form.save(by=request.user)
        actions.promise(report, due_on=form.cleaned_data["due_on"], by=request.user)
        actions.refresh(report)
        return redirect(report)
    return page(request, "reports/report_new.html", {"form": form, "report": report})


@allow("report.draft", methods=("POST",))
def report_discard(request, public_id):
    """Put a draft away; finished reports stay."""
    report = get_object_or_404(DonorReport.objects.editable_by(request.user), public_id=public_id)
    actions.discard(report, by=request.user)
    messages.info(request, _("The draft was put away."))
    return redirect("projects:report_list")


@allow("report.see", methods=("GET",))
def report_page(request, public_id):
    """The report as it stands: the draft as last built from the log, or the snapshot of a finished one.

    With `?compare=1`, which the page itself asks for, also what the log no longer says as a finished one does.
    """
    report = _report(request, public_id)
    document = report.snapshot or report.preview or documents.nothing_yet(report)
    drafts = request.user.has_right("report.draft")
    shown, in_annexes = annexes.taken_out(document)
    context = {
        "report": report,
        "document": shown,
        "annexes": in_annexes,
        "finished": report.state == DonorReport.State.FINISHED,
        "shown": pictures.allowed(document),
        "gaps": documents.gaps(document),
        "changes": comparing.since(report)
        if drafts and report.snapshot and "compare" in request.GET
        else None,
        "editable": report.state == DonorReport.State.DRAFT and drafts,
        "files": report.files.order_by("-created_at", "-pk")[:10],
        "template_name": outlines.name(report.template_code, get_language()),
    }
    return page(request, "reports/report_page.html", context)


@allow("report.draft", methods=("POST",))
def report_refresh(request, public_id):
    """Take the figures of a draft anew from the log."""
    report = get_object_or_404(DonorReport.objects.editable_by(request.user), public_id=public_id)
    actions.refresh(report)
    return redirect(report)


@allow("report.draft", methods=("POST",))
def report_renew(request, public_id):
    """Begin a new version of a finished report with its texts."""
    report = get_object_or_404(
        DonorReport.objects.visible_to(request.user).filter(state=DonorReport.State.FINISHED),
        public_id=public_id,
    )
    return redirect(actions.new_version(report, by=request.user))


@allow("report.draft")
def report_write(request, public_id, code):
    """Write the text of one section; saved as typed."""
    report = get_object_or_404(DonorReport.objects.editable_by(request.user), public_id=public_id)
    section = next(
        (
            part
            for part in outlines.outline(report.template_code)
            if part.code == code.removesuffix(documents.TWIN)
        ),
        None,
    )
    if section is None or (code.endswith(documents.TWIN) and report.language != documents.BOTH):
        raise Http404
    kept = report.sections.filter(code=code).first()
    suggested = documents.opening(report.preview, code) if report.preview else ""
    initial = {"text": kept.text if kept else suggested, "version": kept.version if kept else 0}
    form = SectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        kept = actions.write_section(
            report,
            code=code,
            written=form.cleaned_data["text"],
            version=form.cleaned_data["version"],
            by=request.user,
        )
        if request.POST.get("autosave") == "1":
            return JsonResponse({"version": kept.version})
        return redirect(f"{report.get_absolute_url()}#{code}")
    context = {
        "report": report,
        "section": section,
        "title": section.title_in("en" if code.endswith(documents.TWIN) or report.language == "en" else "vi"),
        "form": form,
    }
    return page(request, "reports/report_write.html", context)


@allow("report.finish")
def report_finish(request, public_id):
    """Show what is still missing, then freeze the report; with gaps only if that is said to be meant."""
    report = _report(request, public_id)
    document = report.snapshot or report.preview or {"sections": []}
    gaps = documents.gaps(document)
    meant = not gaps or request.POST.get("with_gaps") == "1"
    if request.method == "POST" and meant:
        actions.finish(report, by=request.user)
        messages.success(request, _("The report is finished: its figures no longer change."))
        return redirect(report)
    context = {"report": report, "gaps": gaps, "must_tick": request.method == "POST"}
    return page(request, "reports/report_finish.html", context)


@allow("report.see", methods=("POST",))
def report_make(request, public_id, kind):
    """Let the worker make a file, and lead to the page that shows how far it is."""
    report = _report(request, public_id)
    if kind not in actions.MAKERS:
        raise Http404
    stamp = report.sha256 or f"{timezone.now():%Y%m%d%H%M%S%f}"
    job = jobs.start(
        kind=KIND,
        payload={"report": report.pk, "kind": kind},
        user=request.user,
        title=f"{report.title} ({kind.upper()})"[:200],
        dedupe_key=f"report:{report.pk}:{kind}:{stamp}:{request.user.pk}",
    )
    return redirect("jobs:job_page", job.public_id)


@allow("report.see", methods=("GET",))
def report_file(request, public_id, file_id):
    """Hand out a file of a report to those who may see the report."""
    report = _report(request, public_id)
    stored = get_object_or_404(report.files.all(), public_id=file_id)
    return download(stored.content.open("rb"), stored.original_name, stored.content_type)


@allow("report.draft")
def report_letter(request, public_id, language):
    """Write the official letter that goes to the donor with a finished report."""
    report = _finished(request, public_id, language)
    letter = report.letters.filter(language=language).first()
    sender = actions.owner(report)
    begun = {} if letter else letters.proposal(report, language, sender=sender, today=timezone.localdate())
    new = ReportLetter(report=report, language=language)
    form = LetterForm(request.POST or None, instance=letter or new, initial=begun)
    if request.method == "POST" and form.is_valid():
        form.save(by=request.user)
        messages.success(request, _("The letter is saved."))
        return redirect("projects:report_letter", report.public_id, language)
    context = {"report": report, "letter": letter, "form": form, "language": language}
    return page(request, "reports/report_letter.html", context)


@allow("report.draft", methods=("GET",))
def report_letter_file(request, public_id, language, kind):
    """Hand out a saved letter as PDF or Word."""
    report = _finished(request, public_id, language)
    letter = get_object_or_404(report.letters, language=language)
    if kind not in letters.MAKERS:
        raise Http404
    maker, content_type = letters.MAKERS[kind]
    name = f"{text.slug(report.title)[:60] or 'report'}-{language}-letter.{kind}"
    return download(maker(letter, actions.owner(report)), name, content_type)


def _finished(request, public_id, language):
    """Return the finished report that a letter in one of our languages goes with."""
    if language not in ("vi", "en"):
        raise Http404
    found = DonorReport.objects.visible_to(request.user).filter(state=DonorReport.State.FINISHED)
    return get_object_or_404(found.select_related("project__lead", "organisation"), public_id=public_id)


def _report(request, public_id):
    found = DonorReport.objects.visible_to(request.user).select_related(
        "project__lead", "organisation", "obligation", "replaces"
    )
    return get_object_or_404(found, public_id=public_id)
