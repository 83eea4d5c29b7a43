"""The letters that each step of a form sends to the other side, in the reader's language."""

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalition.members import roles
from coalition.members.models import User
from coalition.notifications.actions import queue_letter


def focal_points(form):
    """Return the people who answer for the form's organisation today."""
    return _in_role(roles.FOCAL, organisation=form.answering_id)


def coordinators():
    return _in_role(roles.COORDINATOR)


def _in_role(role, **which):
    from coalition.members.models import Membership

    held = Membership.objects.in_force(timezone.localdate()).filter(role=role, **which)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk")


def submitted(form):
    """Tell the coordinators that a form waits for them."""
    for person in coordinators():
        with translation.override(person.language):
            names = _names(form)
            _send(
                form,
                person,
                "submitted",
                _("%(organisation)s has submitted its form of %(quarter)s") % names,
                [_("The form waits for your review. Accept it, or return it with notes.")],
            )


def returned(form, due_on, words):
    """Tell the focal points what should change, cell by cell, and until when."""
    notes = list(form.notes.filter(revision=form.revision).select_related("question", "line__activity"))
    for person in focal_points(form):
        with translation.override(person.language):
            lines = (
                [
                    ngettext(
                        "The coordinator asks you to look at %(number)s cell again, by %(day)s.",
                        "The coordinator asks you to look at %(number)s cells again, by %(day)s.",
                        len(notes),
                    )
                    % {"number": len(notes), "day": _day(due_on)}
                ]
                if notes
                else [
                    _("The coordinator asks you to look at the form again, by %(day)s.")
                    % {"day": _day(due_on)}
                ]
            )
            lines += [words] if words else []
            _send(
                form,
                person,
                "returned",
                _("Please change your form of %(quarter)s") % _names(form),
                lines,
                items=[f"{note_label(note)}: {note.text}" for note in notes],
            )


def note_label(note):
    """Name the cell of a note in words: the question, or the activity and the column."""
    from campaigns import cells

    if note.question_id:
        return note.question.label
    return f"{note.line.activity.title} – {cells.BY_CODE[note.field].label}"


def accepted(form):
    for person in focal_points(form):
        with translation.override(person.language):
            _send(
                form,
                person,
                "accepted",
                _("Your form of %(quarter)s is accepted") % _names(form),
                [_("Thank you. The activities in it can now be read by all members.")],
            )


def reopened(form, due_on, reason):
    for person in focal_points(form):
        with translation.override(person.language):
            _send(
                form,
                person,
                "reopened",
                _("Your form of %(quarter)s is open again") % _names(form),
                [reason, _("Please submit it again by %(day)s.") % {"day": _day(due_on)}],
            )


def ask_to_confirm(form):
    """Send each focal point a link of its own, with which it confirms what was typed in for it."""
    from campaigns.actions import behalf

    for person in focal_points(form):
        with translation.override(person.language):
            path = reverse("campaigns:form_confirm", args=[behalf.sign(form, person)])
            _send(
                form,
                person,
                "confirm",
                _("Please confirm your form of %(quarter)s") % _names(form),
                [_("The secretariat typed in the form you sent on paper. Please read and confirm it.")],
                path=path,
            )


def _send(form, person, verb, subject, lines, *, items=(), path=""):
    queue_letter(
        kind="form",
        key=f"form-{verb}-{form.public_id}-{form.version}-{person.pk}",
        recipient=person,
        template="form",
        path=path or form.get_absolute_url(),
        context={"subject": subject, "lines": lines, "items": items, "form": form},
    )


def _names(form):
    language = translation.get_language()
    return {
        "organisation": form.organisation.short_name or form.organisation.name_in(language),
        "quarter": form.round.period.label(language),
    }


def _day(day):
    return f"{day.day:02}/{day.month:02}/{day.year}"
