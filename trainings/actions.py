"""Verbs of trainings: open one, keep its list, take attendance, give certificates.

Who came is written through into the activity log: one named row for each adult, so that forms, maps
and reports count trainings like everything else.
"""

import re
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from coalition import history, text
from coalition.members import names
from projects import locks
from projects.models import Activity, Participation
from trainings.models import Attendance, Certificate, Participant, Test, Training

KEPT_FOR = timedelta(days=5 * 365)
FORGOTTEN = "№ "  # stands where a name stood
SEXES = {
    "nu": "female", "f": "female", "female": "female", "woman": "female", "chi": "female", "ba": "female",
    "nam": "male", "m": "male", "male": "male", "man": "male", "anh": "male", "ong": "male",
}  # fmt: skip


@transaction.atomic
def detail(*, activity):
    """Return the training that `activity` is, made if there is none yet."""
    training, _is_new = Training.objects.get_or_create(activity=activity)
    return training


@transaction.atomic
def add_participants(*, training, people, by):
    """Put adults on the list: (name, organisation id or None, group, sex) each. Return how many were new.

    Somebody who is on it already (same name, same organisation) is not added again.
    """
    known = set(training.participants.values_list("full_name", "organisation"))
    new = []
    for full_name, organisation, group, sex in people:
        participant = Participant(
            training=training, full_name=full_name, organisation_id=organisation, group=group, sex=sex
        )
        participant.fill_columns()
        if participant.full_name and (participant.full_name, organisation) not in known:
            known.add((participant.full_name, organisation))
            new.append(participant)
    Participant.objects.bulk_create(new)
    write_through(training=training, by=by)
    return len(new)


@transaction.atomic
def remove_participant(*, participant, by):
    """Take somebody off the list, unless they hold a certificate. Return whether they are off it."""
    if Certificate.objects.filter(participant=participant).exists():
        return False
    training = participant.training
    participant.delete()
    write_through(training=training, by=by)
    return True


@transaction.atomic
def take_attendance(*, training, present, by):
    """Write who was there: `present` holds (participant id, session id) pairs; the rest were not."""
    participants = set(training.participants.values_list("pk", flat=True))
    sessions = set(training.sessions.values_list("pk", flat=True))
    wanted = {(who, when) for who, when in present if who in participants and when in sessions}
    rows = Attendance.objects.filter(session__training=training)
    known = {(who, when): pk for pk, who, when in rows.values_list("pk", "participant", "session")}
    rows.filter(pk__in=[pk for pair, pk in known.items() if pair not in wanted]).delete()
    Attendance.objects.bulk_create(
        [Attendance(participant_id=who, session_id=when) for who, when in sorted(wanted - set(known))],
        ignore_conflicts=True,
    )
    write_through(training=training, by=by)


@transaction.atomic
def write_through(*, training, by):
    """Make the activity's named rows those who came: to any session, or everybody where none is written down.

    Before the training is held nobody has come, so nothing is counted.
    """
    activity = training.activity
    came = training.participants.all()
    if training.sessions.exists():
        came = came.filter(attendance__isnull=False).distinct()
    if activity.state != Activity.State.HELD:
        came = came.none()
    rows = list(came.order_by("pk").values_list("organisation", "group", "sex"))
    named = activity.participation.filter(is_named=True)
    if sorted(named.values_list("organisation", "group", "sex"), key=str) == sorted(rows, key=str):
        return
    locks.refuse(activity, by=by)
    before = named.count()
    named.delete()
    Participation.objects.bulk_create([
        Participation(
            activity=activity, organisation_id=organisation, group=group, sex=sex,
            age=Participation.Age.ADULT, count=1, is_named=True,
        )
        for organisation, group, sex in rows
    ])  # fmt: skip
    words = gettext_noop("people by name: from %(old)s to %(new)s")
    activity._change_reason = history.reason(words, old=before, new=len(rows))
    activity._history_user = by
    activity.save()


@transaction.atomic
def write_scores(*, training, scores):
    """Write tests: {participant id: (before, after)}; two empty scores take the test away."""
    for participant in training.participants.filter(pk__in=scores):
        before, after = scores[participant.pk]
        if before is None and after is None:
            Test.objects.filter(participant=participant).delete()
        else:
            Test.objects.update_or_create(
                participant=participant, defaults={"before": before, "after": after}
            )


@transaction.atomic
def issue_certificates(*, training, by, today):
    """Give a certificate to everybody who came to all sessions and has none yet; return the new."""
    Training.objects.select_for_update().get(pk=training.pk)
    sessions = training.sessions.count()
    waiting = training.participants.filter(certificate=None).in_order().prefetch_related("attendance")
    entitled = [person for person in waiting if sessions and len(person.attendance.all()) == sessions]
    given = Certificate.objects.filter(participant__training=training).count()
    code = training.activity.public_id.upper()
    return Certificate.objects.bulk_create([
        Certificate(
            participant=person,
            number=f"{today.year}-{code}-{given + index:03d}",
            issued_on=today,
            issued_by=by,
        )
        for index, person in enumerate(entitled, start=1)
    ])  # fmt: skip


@transaction.atomic
def forget_participants(*, today):
    """Replace names by numbers five years after a training; the counts and averages stay. Return how many."""
    old = Participant.objects.filter(training__activity__starts_on__lt=today - KEPT_FOR).exclude(
        full_name__startswith=FORGOTTEN
    )
    found = list(old)
    for person in found:
        person.full_name = f"{FORGOTTEN}{person.pk}"
        person.fill_columns()
    Participant.objects.bulk_update(found, ["full_name", "sort_key"], batch_size=500)
    return len(found)


def read_lines(lines):
    """Read a pasted list of participants, a line each: name, organisation, sex (comma, semicolon or tab).

    Returns (people for `add_participants`, [(line number, line, what is wrong)]).
    """
    known = names.index()
    people, wrong = [], []
    for number, line in enumerate(text.clean(lines).splitlines(), start=1):
        parts = _parts(line)
        if not parts:
            continue
        name, organisation, sex = [*parts, "", ""][:3]
        found = known.get(text.fold(organisation)) if organisation else None
        if organisation and found is None:
            wrong.append((number, line.strip(), _("No organisation of this name is known.")))
        elif sex and text.fold(sex) not in SEXES:
            wrong.append((number, line.strip(), _("Write “nữ” or “nam”, or nothing.")))
        elif len(name) > 150:
            wrong.append((number, line.strip()[:60], _("The name is too long.")))
        else:
            people.append((name, found, "cso" if found else "other", SEXES.get(text.fold(sex), "unknown")))
    return people, wrong


NUMBERED = re.compile(r"^\s*\d{1,3}[.)]\s*")


def _parts(line):
    line = NUMBERED.sub("", line)
    for separator in ("\t", ";", ","):
        if separator in line:
            parts = [part.strip() for part in line.split(separator)]
            return parts if parts[0] else []
    return [line.strip()] if line.strip() else []
