"""What leaves the portal: minutes as PDF and .docx, a meeting for the calendar."""

from django.http import FileResponse, Http404, HttpResponse
from django.utils import timezone

from coalition import text
from coalition.http import allow, public
from meetings import calendars, papers
from meetings.models import GroupFeed
from meetings.views.meetings import seen


@allow("meeting.see", methods=("GET",))
def minutes_pdf(request, public_id):
    """Send the minutes as PDF, in the reader's language."""
    meeting = seen(request, public_id)
    return FileResponse(
        papers.pdf(meeting, today=timezone.localdate()),
        filename=_name(meeting, "pdf"),
        content_type="application/pdf",
    )


@allow("meeting.see", methods=("GET",))
def minutes_docx(request, public_id):
    """Send the minutes as .docx, in the two columns they were taken in."""
    meeting = seen(request, public_id)
    return FileResponse(papers.docx(meeting), as_attachment=True, filename=_name(meeting, "docx"))


@allow("meeting.see", methods=("GET",))
def meeting_ics(request, public_id):
    """Send the meeting for a calendar program."""
    meeting = seen(request, public_id)
    response = HttpResponse(
        calendars.calendar([meeting]).to_ical(), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{_name(meeting, "ics")}"'
    return response


@public()
def feed(request, token):
    """Answer a calendar program that knows a person's secret address of a group; nobody may write."""
    found = GroupFeed.objects.of_token(token).first()
    if found is None:
        raise Http404
    response = HttpResponse(
        calendars.feed(found, timezone.now()), content_type="text/calendar; charset=utf-8"
    )
    response["Cache-Control"] = "private, max-age=900"
    response["X-Robots-Tag"] = "noindex"
    return response


def _name(meeting, ending):
    return f"{text.slug(meeting.activity.title)[:80] or 'minutes'}.{ending}"
