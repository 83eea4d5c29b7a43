"""A campaign with one round open: the forms of the focal point's and the stranger's organisations."""

import datetime as dt

import pytest

from campaigns import actions
from campaigns.models import FormLine, QuarterlyForm
from projects.models import Participation
from tests.factories.campaigns import CampaignFactory, EditionFactory, FormActivityFactory, FormFactory
from tests.factories.members import OrganisationFactory, UserFactory

TODAY = dt.date(2015, 3, 25)


@pytest.fixture
def today():
    return TODAY


@pytest.fixture
def campaign(secretariat):
    campaign = CampaignFactory(
        code="crc-25",
        title_vi="Hướng tới 25 năm CRC",
        title_en="Towards 25 years of the CRC",
        lead=secretariat,
        asks_for_forms=True,
        is_public=True,
    )
    EditionFactory(campaign=campaign, title_vi="Năm 2015")
    return campaign


@pytest.fixture
def opened(campaign, member, other_member, coordinator):
    opened, _issued = actions.open_round(campaign=campaign, year=2015, quarter=1, by=coordinator, today=TODAY)
    return opened


@pytest.fixture
def form(opened, member):
    return opened.forms.get(organisation=member)


@pytest.fixture
def strangers_form(opened, other_member):
    return opened.forms.get(organisation=other_member)


def fill(form, by, title="Hội thảo về quyền tham gia", children=12):
    """Give the form one complete line and its required answer; return the line."""
    activity = FormActivityFactory(lead=form.organisation, title=title)
    Participation.objects.create(activity=activity, group="children", sex="female", count=children)
    actions.add_line(form, activity, by=by)
    form.refresh_from_db()
    actions.save_answers(form, typed={"highlights": "Trẻ em tự điều hành."}, base_version=form.version, by=by)
    form.refresh_from_db()
    return FormLine.objects.get(form=form, activity=activity)


@pytest.fixture
def submitted(form, focal):
    fill(form, focal)
    return actions.submit(form, by=focal)


@pytest.fixture
def round_with_every_state(opened, member):
    """The round, with a form of another organisation in each state, and one typed in on behalf."""
    for state in QuarterlyForm.State.values:
        FormFactory(round=opened, organisation=OrganisationFactory(), state=state)
    FormFactory(round=opened, organisation=OrganisationFactory(), state="draft", on_behalf_by=UserFactory())
    return opened
