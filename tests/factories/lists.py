"""Factories of saved views."""

import factory

from coalition.lists import models
from tests.factories.members import UserFactory


class SavedViewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.SavedView

    owner = factory.SubFactory(UserFactory)
    list_name = "activities"
    name = factory.Sequence(lambda n: f"Chế độ xem {n}")
