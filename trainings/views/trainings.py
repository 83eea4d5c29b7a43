"""Trainings: the list, the page, planning and changing."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.http import allow, page
from coalition.lists.pages import answer
from coalition.records import written_once
from projects import actions as log
from projects.models import Activity
from trainings import actions, reading
from trainings.forms import SessionFormSet, TrainingForm
from trainings.lists import TRAININGS


@allow("training.see", methods=("GET",))
def training_list(request):
    """List what was taught and what is planned."""
    return answer(request, TRAININGS, template="trainings/training_list.html")


@allow("training.see", methods=("GET",))
def training_page(request, public_id):
    """Show a training: its sessions, who came, what was learned."""
    activity = get_object_or_404(reading.trainings(request.user), public_id=public_id)
    return page(request, "trainings/training_page.html", reading.training_context(activity, request.user))


@allow("training.edit")
def training_new(request):
    """Plan a training, or write down one that was held."""
    today = timezone.localdate()
    initial = None if request.method == "POST" else log.defaults_for(request.user, today)
    form = TrainingForm(request.POST or None, initial=initial, user=request.user, today=today)
    if request.method == "POST" and form.is_valid():
        activity = _open(form, request.user, today)
        messages.success(request, _("Saved: %(title)s") % {"title": activity.title})
        return redirect("trainings:training_page", activity.public_id)
    return page(request, "trainings/training_edit.html", {"form": form}, status=422 if form.errors else None)


@allow("training.edit")
def training_edit(request, public_id):
    """Change a training and its sessions."""
    activity = get_object_or_404(reading.editable(request.user), public_id=public_id)
    training = reading.of(activity)
    form = TrainingForm(request.POST or None, instance=activity, training=training, user=request.user)
    sessions = None
    if not training._state.adding:
        sessions = SessionFormSet(request.POST or None, instance=training, prefix="sessions")
    if request.method == "POST" and form.is_valid() and (sessions is None or sessions.is_valid()):
        _change(form, sessions, request.user)
        messages.success(request, _("Saved."))
        return redirect("trainings:training_page", activity.public_id)
    context = {"form": form, "sessions": sessions, "activity": activity}
    return page(request, "trainings/training_edit.html", context, status=422 if form.errors else None)


def _open(form, user, today):
    """Write the activity and its training; sent twice, they are written once."""
    try:
        with transaction.atomic():
            activity = form.save(commit=False, by=user)
            if activity.pk is None:
                is_past = activity.starts_on <= today
                activity.state = Activity.State.HELD if is_past else Activity.State.PLANNED
                activity.planned_on = None if is_past else activity.starts_on
                activity.save()
                form.save_m2m()
                form.write_training(activity)
            return activity
    except IntegrityError:  # a second tap that overtook the first
        earlier = written_once(Activity, user, form.cleaned_data.get("client_uuid"))
        if earlier is None:
            raise
        return earlier


@transaction.atomic
def _change(form, sessions, user):
    activity = form.save(by=user)
    training = form.write_training(activity)
    if sessions is not None:
        sessions.save()
    actions.write_through(training=training, by=user)


def editable_training(user, public_id):
    """Return the training this person may change, with its row made if it had none; else 404."""
    activity = reading.editable(user).filter(public_id=public_id).first()
    if activity is None:
        raise Http404
    return actions.detail(activity=activity)
