"""Factories of projects, activities and what hangs on them."""

import datetime as dt

import factory

from projects import models
from tests.factories.files import StoredFileFactory
from tests.factories.members import OrganisationFactory


class ProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Project

    code = factory.Sequence(lambda n: f"DA-{n}")
    title_vi = factory.Sequence(lambda n: f"Dự án số {n}")
    title_en = factory.Sequence(lambda n: f"Project number {n}")
    lead = factory.SubFactory(OrganisationFactory)
    state = "open"
    starts_on = dt.date(2019, 5, 1)
    ends_on = dt.date(2030, 12, 31)


class FundingLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.FundingLine

    project = factory.SubFactory(ProjectFactory)
    giver = factory.SubFactory(OrganisationFactory, kind="DONOR")
    receiver = factory.SubFactory(OrganisationFactory)


class BudgetLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.BudgetLine

    funding = factory.SubFactory(FundingLineFactory)
    name_vi = factory.Sequence(lambda n: f"Khoản chi {n}")


class ProjectPartnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ProjectPartner

    project = factory.SubFactory(ProjectFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = "cso"


class ActivityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Activity
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Hoạt động số {n}")
    kind = "workshop"
    state = "held"
    starts_on = dt.date(2026, 3, 5)
    lead = factory.SubFactory(OrganisationFactory)

    @factory.post_generation
    def projects(activity, create, projects, **kwargs):
        if create and projects:
            activity.projects.set(projects)


class ParticipationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Participation

    activity = factory.SubFactory(ActivityFactory)
    group = "cso"
    sex = "female"
    age = "18+"
    count = 1


class LinesVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.LinesVersion

    project = factory.SubFactory(ProjectFactory)
    version = 1


class CountsVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.CountsVersion

    activity = factory.SubFactory(ActivityFactory)
    version = 1
    rows = [["cso", "female", "18+", None, 1, None]]


class EvidenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Evidence

    activity = factory.SubFactory(ActivityFactory)
    file = factory.SubFactory(StoredFileFactory)


class ResultFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Result

    project = factory.SubFactory(ProjectFactory)
    order = factory.Sequence(lambda n: n)
    statement_vi = "Tổ chức xã hội mạnh hơn"


class ProjectIndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ProjectIndicator

    result = factory.SubFactory(ResultFactory)
    name_vi = "Số tổ chức được hỗ trợ"


class IndicatorValueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.IndicatorValue

    indicator = factory.SubFactory(ProjectIndicatorFactory)
    starts_on = dt.date(2019, 1, 1)
    ends_on = dt.date(2019, 12, 31)
    value = 40


class PublicationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Publication

    title_vi = factory.Sequence(lambda n: f"Ấn phẩm số {n}")


class PolicyInputFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PolicyInput

    title = factory.Sequence(lambda n: f"Góp ý số {n}")


class DownloadCountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.DownloadCount

    publication = factory.SubFactory(PublicationFactory)
    day = dt.date(2026, 2, 1)
    number = 1
