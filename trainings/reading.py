"""What the pages of trainings show, read in few statements."""

from decimal import Decimal

from django.db.models import Count, Q

from projects import pages
from projects.models import Activity
from trainings.models import Participant, Test, Training


def trainings(user):
    """Return the activities this person may see that are trainings, also those logged in a hurry."""
    if not user.has_right("training.see"):
        return Activity.objects.none()
    return only_trainings(Activity.objects.visible_to(user))


def editable(user):
    return only_trainings(Activity.objects.editable_by(user))


def of(activity):
    """Return the training that an activity is; an unsaved one where nothing more is known yet."""
    return getattr(activity, "training", None) or Training(activity=activity)


def only_trainings(activities):
    """Limit activities to trainings, with what lists show of them."""
    return activities.filter(Q(kind=Activity.Kind.TRAINING) | Q(training__isnull=False)).select_related(
        "lead", "province", "training", "training__course"
    )


def training_context(activity, user):
    """Return what the page of one training shows to `user`; names only those it may see."""
    training = of(activity)
    counts = list(activity.participation.select_related("organisation").order_by("pk"))
    participants = Participant.objects.filter(training=training).visible_to(user).in_order()
    return {
        "activity": activity,
        "training": training,
        "sessions": training.sessions.annotate(present=Count("attendance")).order_by(
            "day", "starts_at", "pk"
        ),
        "participants": participants.select_related("organisation", "certificate", "test"),
        "organisations": pages.sent_by(counts),
        "people": pages.people(counts),
        "projects": activity.projects.visible_to(user),
        "learned": learned(training),
        "can_edit": pages.may_edit(activity, user),
    }


def learned(training):
    """Return the average before and after of those who took both tests, or None."""
    scores = list(
        Test.objects.filter(participant__training=training, before__isnull=False, after__isnull=False)
        .values_list("before", "after")
    )  # fmt: skip
    if not scores:
        return None
    before, after = (sum(column) / len(scores) for column in zip(*scores, strict=True))
    tenth = Decimal("0.1")
    return {"before": before.quantize(tenth), "after": after.quantize(tenth), "number": len(scores)}
