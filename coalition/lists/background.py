"""Workbooks of long lists, written by the worker while the person goes on (docs/adr/0052)."""

from datetime import timedelta
from hashlib import sha256
from types import SimpleNamespace

from django.core.files.base import File
from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.files import actions as files
from coalition.files.models import StoredFile
from coalition.jobs import actions as jobs
from coalition.jobs import work
from coalition.jobs.models import Job
from coalition.lists import exports
from coalition.lists.models import SavedView
from coalition.lists.reading import read
from coalition.members.models import Organisation

KIND = "list_export"
LONG = 5_000  # rows; a workbook of more takes seconds
KEPT = timedelta(days=7)  # whoever wants it later asks for a fresh one


def is_long(listpage, rows):
    """Return whether the worker should write it: only lists that say what they read grow so long."""
    return bool(listpage.only) and rows.order_by()[: LONG + 1].count() > LONG


def start(request, listpage):
    """Let the worker write this view as a workbook; answer with the page that shows how far it is.

    A second click within the minute leads to the same work.
    """
    query = request.GET.urlencode()
    user, now = request.user, timezone.localtime()
    job = jobs.start(
        kind=KIND,
        payload={"list": listpage.name, "path": request.path, "query": query},
        user=user,
        title=_("Excel file: %(list)s") % {"list": listpage.title},
        dedupe_key=f"{KIND}:{user.pk}:{now:%Y%m%d%H%M}:{listpage.name}:{sha256(query.encode()).hexdigest()}",
    )
    return redirect(job)


def write(job, progress):
    """Write the workbook that a job asks for, with the rights its person has now."""
    from coalition.lists.pages import registered

    reverse("home")  # the rooms declare their lists when addresses are first looked up
    listpage = registered[job.payload["list"]]
    request = SimpleNamespace(
        GET=QueryDict(job.payload["query"]), path=job.payload["path"], user=job.requested_by
    )
    views = SavedView.objects.visible_to(request.user).filter(list_name=listpage.name)
    reading = read(request, listpage, views)
    rows = listpage.narrowed(reading, request.user)
    total = rows.order_by().count()

    def tell(done):
        progress.step(_("Writing the rows"), min(done, total), total + 1)

    now = timezone.localtime()
    facts = exports.facts_of(listpage, reading, request.user, now)
    with exports.xlsx_file(listpage, reading.columns, rows, facts, tell) as file:
        stored = files.store_made(
            File(file),
            name=exports.filename(listpage, now.date(), "xlsx"),
            content_type=exports.XLSX,
            organisation=_keeper(job.requested_by),
            by=job.requested_by,
            kind=StoredFile.Kind.SHEET,
        )
    return work.Result(file=stored)


def _keeper(user):
    """Return whose files the workbook stands among: the secretariat's, who sees all lists anyway."""
    return Organisation.objects.filter(is_secretariat=True).order_by("pk").first() or user.organisation


def forget(now):
    """Delete workbooks that were written a week ago; return how many. Safe to run twice."""
    old = Job.objects.filter(kind=KIND, finished_at__lt=now - KEPT).select_related("result_file")
    number = 0
    for job in old.iterator():
        job.delete()
        if job.result_file:
            files.delete_made(job.result_file)
        number += 1
    return number
