"""What the tests of duties share: the general ladder, and a day-by-day clock."""

import pytest

from coalition.obligations import ladder
from coalition.obligations.models import ReminderRule


@pytest.fixture
def rules(db):
    """The general ladder, by days after the due date."""
    ReminderRule.objects.all().delete()
    ladder.load()
    return {rule.offset: rule for rule in ReminderRule.objects.all()}
