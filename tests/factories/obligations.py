"""Factories of duties, their ladder and reminders."""

import datetime as dt

import factory

from coalition.obligations import models
from tests.factories.members import OrganisationFactory, UserFactory


class ObligationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Obligation

    kind = "other"
    organisation = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence(lambda n: f"Gửi ý tưởng logo số {n}")
    due_on = dt.date(2025, 3, 14)


class DueChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.DueChange

    obligation = factory.SubFactory(ObligationFactory)
    old_due_on = dt.date(2025, 3, 14)
    new_due_on = dt.date(2025, 3, 21)
    reason = "Cán bộ đi công tác"


class ReminderRuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ReminderRule
        django_get_or_create = ("kind", "offset", "audience")

    kind = ""
    offset = -7
    audience = "role"


class ReminderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Reminder

    obligation = factory.SubFactory(ObligationFactory)
    recipient = factory.SubFactory(UserFactory)
    rule = factory.SubFactory(ReminderRuleFactory)
    due_version = 1
    planned_for = dt.date(2025, 3, 7)


class CalendarFeedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.CalendarFeed

    user = factory.SubFactory(UserFactory)
    token_hash = factory.Sequence(lambda n: f"{n:064x}")
