"""The demonstration's trainings, and what reports tell of them."""

import datetime as dt

import pytest

from coalition.members import demo as members_demo
from projects import demo as projects_demo
from projects.models import Activity, Participation
from projects.reports.registry import Scope, section
from tests.factories.members import OrganisationFactory
from tests.factories.projects import ParticipationFactory, ProjectFactory
from tests.factories.trainings import CertificateFactory, ParticipantFactory, TestFactory, TrainingFactory
from trainings import demo
from trainings.models import Attendance, Certificate, Course, Participant, Training
from trainings.models import Test as Scores

TODAY = dt.date(2026, 11, 22)
MODELS = (Activity, Attendance, Certificate, Course, Participant, Participation, Scores, Training)


def test_the_demonstration_tells_the_trainings_of_the_log_and_can_be_loaded_twice(reference):
    members_demo.load(TODAY)
    projects_demo.load(TODAY)
    demo.load(TODAY)
    counts = [model.objects.count() for model in MODELS]
    demo.load(TODAY + dt.timedelta(days=1))

    assert [model.objects.count() for model in MODELS] == counts
    assert _courses(2019, 2020, 2021) >= {"CRBP", "VDCS", "GAY-QUY", "MXH", "CRP", "DOI-TAC", "BAO-CHI"}
    assert _courses(2015) >= {"QTE", "THAM-GIA", "BVTE", "CHI-SO"}
    crbp = Training.objects.filter(course__code="CRBP")
    assert crbp.values("activity__province").distinct().count() == 2  # North and South
    training = Training.objects.get(activity__external_key="demo-training-with-list")
    came = training.participants.filter(attendance__isnull=False).distinct().count()
    assert training.activity.participation.filter(is_named=True).count() == came > 20
    assert Certificate.objects.filter(participant__training=training).count() > 10


def _courses(*years):
    found = Training.objects.filter(activity__starts_on__year__in=years)
    return set(found.values_list("course__code", flat=True))


def _scope(project=None, language="vi"):
    return Scope(
        project=project, starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 12, 31), language=language
    )


def test_a_report_tells_the_trainings_of_its_project_and_period(db):
    project = ProjectFactory()
    day = dt.date(2020, 5, 4)
    inside = TrainingFactory(
        activity__starts_on=day, activity__projects=[project], activity__title="Trong kỳ"
    )
    TrainingFactory(activity__starts_on=dt.date(2021, 1, 1), activity__projects=[project])
    TrainingFactory(activity__starts_on=day)
    TrainingFactory(activity__starts_on=day, activity__projects=[project], activity__state="planned")
    ParticipationFactory(activity=inside.activity, organisation=OrganisationFactory(), count=7, age="18+")
    TestFactory(participant=ParticipantFactory(training=inside), before=40, after=80)
    CertificateFactory(participant=ParticipantFactory(training=inside))

    figure, table, learned = section("trainings").blocks(_scope(project, "en"))

    assert figure["value"] == 1
    assert table["rows"] == [["2020-05-04", "Trong kỳ", inside.course.name_en, "online", 7, 1]]
    assert "40" in learned["items"][0]
    assert "80" in learned["items"][0]
    assert len(learned["items"]) == 2


def test_a_report_without_trainings_has_no_such_section(db):
    assert section("trainings").blocks(_scope()) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_section_takes_a_fixed_number_of_statements(db, number, django_assert_num_queries):
    for training in TrainingFactory.create_batch(number, activity__starts_on=dt.date(2020, 5, 4)):
        ParticipationFactory(activity=training.activity, organisation=OrganisationFactory(), count=7)

    with django_assert_num_queries(5):
        section("trainings").blocks(_scope())
