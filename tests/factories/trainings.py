"""Factories of courses, trainings and those who come."""

import datetime as dt

import factory

from projects.models import Activity
from tests.factories.projects import ActivityFactory
from trainings import models


class CourseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Course

    code = factory.Sequence(lambda n: f"KH{n}")
    name_vi = factory.Sequence(lambda n: f"Khóa học số {n}")
    name_en = factory.Sequence(lambda n: f"Course number {n}")


class TrainingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Training

    activity = factory.SubFactory(ActivityFactory, kind=Activity.Kind.TRAINING, state="held")
    course = factory.SubFactory(CourseFactory)


class SessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Session

    training = factory.SubFactory(TrainingFactory)
    day = dt.date(2020, 5, 4)
    subject = factory.Sequence(lambda n: f"Buổi {n}")


class ParticipantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Participant

    training = factory.SubFactory(TrainingFactory)
    full_name = factory.Sequence(lambda n: f"Học viên {n}")
    sex = "female"


class AttendanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Attendance

    session = factory.SubFactory(SessionFactory)
    participant = factory.SubFactory(ParticipantFactory, training=factory.SelfAttribute("..session.training"))


class TestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Test

    __test__ = False  # a factory, not a test case

    participant = factory.SubFactory(ParticipantFactory)
    before = 40
    after = 80


class CertificateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Certificate

    participant = factory.SubFactory(ParticipantFactory)
    number = factory.Sequence(lambda n: f"2020-TEST-{n:03d}")
    issued_on = dt.date(2020, 5, 5)
