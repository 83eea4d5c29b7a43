"""Factories of long work and clocks."""

import factory
from django.utils import timezone

from coalition.jobs import models
from tests.factories.members import UserFactory


class JobFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Job

    kind = "counting"
    title = "Đếm đến ba"
    requested_by = factory.SubFactory(UserFactory)


class HeartbeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Heartbeat
        django_get_or_create = ("name",)

    name = "beat"
    at = factory.LazyFunction(timezone.now)
