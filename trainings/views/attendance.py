"""Who comes to a training: the list of adults, their attendance, tests and certificates."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalition.http import allow, download, page
from coalition.records import Conflict
from trainings import actions, certificates, reading
from trainings.forms import ParticipantsForm, ScoresForm
from trainings.models import Attendance, Certificate, Participant
from trainings.views.trainings import editable_training


@allow("training.edit")
def attendance_take(request, public_id):
    """Tick who was there, session by session."""
    activity = get_object_or_404(reading.editable(request.user), public_id=public_id)
    training = reading.of(activity)
    if request.method == "POST":
        if request.POST.get("version") not in ("", None, str(activity.version)):
            raise Conflict(activity, activity)
        training = editable_training(request.user, public_id)
        actions.take_attendance(training=training, present=_pairs(request.POST), by=request.user)
        messages.success(request, _("Attendance is saved."))
        return redirect("trainings:training_page", public_id)
    return page(request, "trainings/attendance_take.html", _sheet(activity, training, ParticipantsForm()))


@allow("training.edit", methods=("POST",))
def participants_add(request, public_id):
    """Put adults on the list, many at once."""
    training = editable_training(request.user, public_id)
    form = ParticipantsForm(request.POST)
    wrong = []
    if form.is_valid():
        people, wrong = actions.read_lines(form.cleaned_data["lines"])
        number = actions.add_participants(training=training, people=people, by=request.user)
        words = ngettext("%(number)s person added.", "%(number)s people added.", number)
        messages.success(request, words % {"number": number})
        if not wrong:
            return redirect("trainings:attendance_take", public_id)
        form = ParticipantsForm(initial={"lines": "\n".join(line for _number, line, _why in wrong)})
    context = _sheet(training.activity, training, form) | {"wrong": wrong}
    return page(request, "trainings/attendance_take.html", context, status=422)


@allow("training.edit", methods=("POST",))
def participant_remove(request, public_id, participant):
    """Take somebody off the list."""
    training = editable_training(request.user, public_id)
    person = get_object_or_404(training.participants, pk=participant)
    if actions.remove_participant(participant=person, by=request.user):
        messages.success(request, _("%(name)s is off the list.") % {"name": person})
    else:
        messages.error(request, _("%(name)s holds a certificate and stays on the list.") % {"name": person})
    return redirect("trainings:attendance_take", public_id)


@allow("training.edit")
def scores_write(request, public_id):
    """Write what people knew before and after."""
    activity = get_object_or_404(reading.editable(request.user), public_id=public_id)
    people = (
        Participant.objects.filter(training=activity.pk).in_order().select_related("test", "organisation")
    )
    form = ScoresForm(request.POST or None, participants=list(people))
    if request.method == "POST" and form.is_valid():
        training = editable_training(request.user, public_id)
        actions.write_scores(training=training, scores=form.scores())
        messages.success(request, _("Saved."))
        return redirect("trainings:training_page", public_id)
    context = {"form": form, "activity": activity}
    return page(request, "trainings/scores_write.html", context, status=422 if form.errors else None)


@allow("training.edit", methods=("POST",))
def certificates_issue(request, public_id):
    """Give certificates to those who came to every session."""
    training = editable_training(request.user, public_id)
    given = actions.issue_certificates(training=training, by=request.user, today=timezone.localdate())
    words = ngettext("%(number)s certificate given.", "%(number)s certificates given.", len(given))
    messages.success(request, words % {"number": len(given)})
    return redirect("trainings:training_page", public_id)


@allow("training.see", methods=("GET",))
def certificate_open(request, public_id, number):
    """Download one certificate as PDF."""
    activity = get_object_or_404(reading.trainings(request.user), public_id=public_id)
    seen = Participant.objects.filter(training=activity.pk).visible_to(request.user)
    found = Certificate.objects.filter(participant__in=seen, number=number)
    certificate = found.select_related("participant__organisation", "participant__training__course").first()
    if certificate is None:
        raise Http404
    return download(certificates.pdf(certificate, activity), f"{certificate.number}.pdf", "application/pdf")


def _pairs(posted):
    """Return the (participant, session) pairs that were ticked; what is no pair is left out."""
    pairs = set()
    for value in posted.getlist("present"):
        who, _dash, when = value.partition("-")
        if who.isascii() and who.isdigit() and when.isascii() and when.isdigit():
            pairs.add((int(who), int(when)))
    return pairs


def _sheet(activity, training, form):
    sessions = list(training.sessions.order_by("day", "starts_at", "pk"))
    people = training.participants.in_order().select_related("organisation")
    there = set(Attendance.objects.filter(session__training=training).values_list("participant", "session"))
    rows = [
        (person, [(session, (person.pk, session.pk) in there) for session in sessions]) for person in people
    ]
    return {"activity": activity, "training": training, "sessions": sessions, "rows": rows, "form": form}
