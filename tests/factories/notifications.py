"""Factories of the outbox."""

import factory

from coalition.notifications import models
from tests.factories.members import OrganisationFactory, UserFactory


class MessageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Message

    kind = "notice"
    dedupe_key = factory.Sequence(lambda n: f"notice:{n}")
    recipient = factory.SubFactory(UserFactory)
    to_address = factory.SelfAttribute("recipient.email")
    subject = factory.Sequence(lambda n: f"Thông báo số {n}")
    text_body = "Kính gửi anh/chị, đây là một thông báo.\n"


class PreferenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Preference
        django_get_or_create = ("user",)

    user = factory.SubFactory(UserFactory)


class WebhookFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Webhook

    organisation = factory.SubFactory(OrganisationFactory)
    address = "https://bridge.example.org/hook"
    secret = "bi-mat"


class WebhookCallFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.WebhookCall

    webhook = factory.SubFactory(WebhookFactory)
    dedupe_key = factory.Sequence(lambda n: f"call:{n}")
