"""Factories of people and organisations."""

import datetime as dt

import factory

from coalition.members import models


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Organisation
        django_get_or_create = ("code",)
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"ORG{n}")
    name_vi = factory.Sequence(lambda n: f"Tổ chức số {n}")
    kind = "VNGO"

    @factory.post_generation
    def coalition_since(organisation, create, day, **kwargs):
        if create and day:
            models.CoalitionPeriod.objects.get_or_create(
                organisation=organisation, starts_on=dt.date.fromisoformat(str(day))
            )


class OrganisationAliasFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.OrganisationAlias

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Tên khác {n}")


class CoalitionPeriodFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.CoalitionPeriod

    organisation = factory.SubFactory(OrganisationFactory)
    starts_on = dt.date(2010, 1, 1)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.User
        django_get_or_create = ("email",)

    email = factory.Sequence(lambda n: f"nguoi{n}@example.org")
    full_name = factory.Sequence(lambda n: f"Nguyễn Thị Lan {n}")


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = "focal"
    starts_on = dt.date(2010, 1, 1)


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Invitation

    email = factory.Sequence(lambda n: f"moi{n}@example.org")
    organisation = factory.SubFactory(OrganisationFactory)
    role = "focal"
    token_hash = factory.Sequence(lambda n: f"{n:064d}")
    invited_by = factory.SubFactory(UserFactory)
    expires_at = dt.datetime(2050, 1, 1, tzinfo=dt.UTC)
