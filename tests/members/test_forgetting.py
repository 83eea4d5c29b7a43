"""The portal forgets people when it promised to, and only then."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.utils import timezone

from coalition.members import actions, forgetting
from coalition.members.models import Invitation, Membership
from coalition.members.tasks import forget
from tests.factories.members import InvitationFactory, MembershipFactory, UserFactory
from tests.factories.trainings import ParticipantFactory, TrainingFactory
from trainings.tasks import forget_participants

TODAY = timezone.localdate()
LONG_AGO = timezone.now() - dt.timedelta(days=900)


def _left(days):
    user = actions.open_account(
        email=f"roi{days}@example.org", full_name="Nguyễn Văn Rời", date_joined=LONG_AGO
    )
    MembershipFactory(user=user, ends_on=TODAY - dt.timedelta(days=days))
    return user


def test_whoever_left_six_months_ago_is_forgotten_once(db):
    long, recently = _left(200), _left(100)

    assert forgetting.forget_leavers(TODAY) == 1
    assert forgetting.forget_leavers(TODAY) == 0

    long.refresh_from_db()
    recently.refresh_from_db()
    assert (long.full_name, long.is_active, long.has_usable_password()) == ("", False, False)
    assert "roi200" not in f"{long.email} {long.search}"
    assert not EmailAddress.objects.filter(user=long).exists()
    assert Membership.objects.filter(user=long).exists()  # who held which role stays, without the name
    assert recently.full_name == "Nguyễn Văn Rời"


def test_whoever_holds_a_role_or_has_just_come_is_not(focal):
    new = UserFactory()

    assert not forgetting.leavers(TODAY).filter(pk__in=[focal.pk, new.pk]).exists()


def test_old_invitations_go_and_open_ones_stay(db):
    InvitationFactory(accepted_at=LONG_AGO)
    InvitationFactory(expires_at=LONG_AGO)
    still = InvitationFactory()

    for _time in range(2):
        forget()

    assert list(Invitation.objects.all()) == [still]


def test_names_on_lists_go_after_five_years_and_the_people_still_count(db):
    old = TrainingFactory(activity__starts_on=TODAY - dt.timedelta(days=2000))
    ParticipantFactory.create_batch(2, training=old)
    fresh = ParticipantFactory(training=TrainingFactory(activity__starts_on=TODAY))

    assert (forget_participants(), forget_participants()) == (2, 0)

    assert old.participants.filter(full_name__startswith="№").count() == 2
    fresh.refresh_from_db()
    assert fresh.full_name.startswith("Học viên")


def test_the_clock_knows_these_tasks(settings):
    tasks = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert {"coalition.members.tasks.forget", "trainings.tasks.forget_participants"} <= tasks
