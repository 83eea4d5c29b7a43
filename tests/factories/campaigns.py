"""Factories of campaigns, rounds and forms."""

import datetime as dt

import factory

from campaigns import models
from coalition.obligations.models import Obligation
from projects.models import Activity
from tests.factories.files import StoredFileFactory
from tests.factories.members import OrganisationFactory


class CampaignFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Campaign
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"chien-dich-{n}")
    title_vi = factory.Sequence(lambda n: f"Chiến dịch {n}")
    title_en = factory.Sequence(lambda n: f"Campaign {n}")
    lead = factory.SubFactory(OrganisationFactory)
    starts_on = dt.date(2015, 1, 1)


class EditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Edition

    campaign = factory.SubFactory(CampaignFactory)
    title_vi = factory.Sequence(lambda n: f"Đợt {n}")
    starts_on = dt.date(2015, 1, 1)
    ends_on = dt.date(2015, 12, 31)


class ComponentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Component

    edition = factory.SubFactory(EditionFactory)
    kind = "festival"
    title_vi = factory.Sequence(lambda n: f"Ngày hội {n}")


class ChallengeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Challenge

    component = factory.SubFactory(ComponentFactory, kind="challenge")
    starts_on = dt.date(2015, 6, 1)


class ChallengeDayFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ChallengeDay

    challenge = factory.SubFactory(ChallengeFactory)
    number = factory.Sequence(lambda n: n + 1)
    title_vi = "Nói một lời yêu thương"


class ContestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Contest

    component = factory.SubFactory(ComponentFactory, kind="contest")
    opens_on = dt.date(2015, 6, 1)
    closes_on = dt.date(2015, 6, 30)


class RoundFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ReportingRound

    campaign = factory.SubFactory(CampaignFactory, asks_for_forms=True)
    edition = factory.SubFactory(EditionFactory, campaign=factory.SelfAttribute("..campaign"))
    year = 2015
    quarter = 1
    opens_on = dt.date(2015, 3, 20)
    due_on = dt.date(2015, 4, 15)


class QuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Question

    round = factory.SubFactory(RoundFactory)
    code = factory.Sequence(lambda n: f"cau-{n}")
    label_vi = factory.Sequence(lambda n: f"Câu hỏi {n}")


class FormDutyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Obligation

    kind = "form"
    organisation = factory.SubFactory(OrganisationFactory)
    title = "Phiếu hoạt động"
    due_on = dt.date(2015, 4, 15)


class FormFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.QuarterlyForm

    round = factory.SubFactory(RoundFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    obligation = factory.SubFactory(FormDutyFactory, organisation=factory.SelfAttribute("..organisation"))


class FormActivityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Activity

    title = factory.Sequence(lambda n: f"Hoạt động trong phiếu {n}")
    kind = "workshop"
    starts_on = dt.date(2015, 2, 12)
    place = "Nhà văn hoá phường"
    lead = factory.SubFactory(OrganisationFactory)


class FormLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.FormLine

    form = factory.SubFactory(FormFactory)
    activity = factory.SubFactory(FormActivityFactory, lead=factory.SelfAttribute("..form.organisation"))


class FormPhotoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.FormPhoto

    form = factory.SubFactory(FormFactory)
    file = factory.SubFactory(StoredFileFactory, organisation=factory.SelfAttribute("..form.organisation"))


class AnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Answer

    form = factory.SubFactory(FormFactory)
    question = factory.SubFactory(QuestionFactory, round=factory.SelfAttribute("..form.round"))
    text = "Câu trả lời"


class FormStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.FormStep

    form = factory.SubFactory(FormFactory)
    verb = "issued"


class FormSnapshotFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.FormSnapshot

    form = factory.SubFactory(FormFactory)
    revision = 1
    data = factory.LazyFunction(dict)
    sha256 = "0" * 64


class CellNoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.CellNote

    form = factory.SubFactory(FormFactory)
    revision = 1
    question = factory.SubFactory(QuestionFactory, round=factory.SelfAttribute("..form.round"))
    text = "Anh/chị viết rõ hơn giúp."
    by = factory.SubFactory("tests.factories.members.UserFactory")


class CorrectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Correction

    form = factory.SubFactory(FormFactory)
    activity = factory.SubFactory(FormActivityFactory)
    field = "children_female"
    reason = "Đếm lại"
    by = factory.SubFactory("tests.factories.members.UserFactory")


class FormImportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.FormImport

    form = factory.SubFactory(FormFactory)
    state = "ready"
    original_name = "phieu.xlsx"
    sha256 = factory.Sequence(lambda n: f"{n:064d}")
    form_version = 1
    by = factory.SubFactory("tests.factories.members.UserFactory")
