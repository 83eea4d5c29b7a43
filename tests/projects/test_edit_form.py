"""The long form of an activity shows what is known, keeps it, and costs few statements."""

import pytest

from coalition.reference.models import Article, Province
from projects.forms.activity import ActivityForm
from projects.models import Activity
from tests.factories.members import OrganisationFactory
from tests.factories.projects import ActivityFactory, ProjectFactory

pytestmark = pytest.mark.usefixtures("reference")


@pytest.fixture
def activity(member):
    found = ActivityFactory(
        lead=member, province=Province.objects.get(uid="VN34-15"), projects=[ProjectFactory()]
    )
    found.co_organisers.set([OrganisationFactory(), OrganisationFactory()])
    found.other_provinces.set(Province.objects.filter(uid__in=["VN34-01", "VN34-79"]))
    found.articles.set(Article.objects.all()[:2])
    return found


def _typed_back(form):
    """Return what a browser would send if nothing were changed."""
    typed = {}
    for field in form:
        value = field.value()
        if value in (None, "", False):
            continue
        if isinstance(value, list):
            value = [field.field.prepare_value(each) for each in value]
        typed[field.html_name] = "on" if value is True else value
    return typed


def test_saving_without_a_change_changes_nothing(staff, activity):
    before = _facts(activity)
    shown = ActivityForm(instance=Activity.objects.get(pk=activity.pk), user=staff)

    form = ActivityForm(_typed_back(shown), instance=Activity.objects.get(pk=activity.pk), user=staff)
    assert form.is_valid(), form.errors
    form.save(by=staff)

    assert _facts(Activity.objects.get(pk=activity.pk)) == before


def test_links_that_are_taken_off_are_gone(staff, activity):
    shown = ActivityForm(instance=Activity.objects.get(pk=activity.pk), user=staff)
    typed = _typed_back(shown)
    typed["co_organisers"] = typed["co_organisers"][:1]
    typed.pop("articles")

    form = ActivityForm(typed, instance=Activity.objects.get(pk=activity.pk), user=staff)
    assert form.is_valid(), form.errors
    form.save(by=staff)

    assert (activity.co_organisers.count(), activity.articles.count()) == (1, 0)


def test_the_form_costs_few_statements(client, staff, activity, django_assert_max_num_queries):
    client.force_login(staff)

    with django_assert_max_num_queries(12):
        answer = client.get(f"/activities/{activity.public_id}/edit/")

    assert '<option value="VN34-15" selected>' in answer.text


def _facts(activity):
    links = ("co_organisers", "other_provinces", "projects", "articles", "recommendations")
    return (
        activity.title, activity.province, activity.lead, activity.starts_on,
        *(set(getattr(activity, name).values_list("pk", flat=True)) for name in links),
    )  # fmt: skip
