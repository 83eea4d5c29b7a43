import json
from io import StringIO

import pytest
from django.core.management import call_command

from coalition.reference.models import CalendarDay

pytestmark = pytest.mark.django_db


def printed(*arguments):
    out = StringIO()
    call_command("parse_deadline", *arguments, stdout=out)
    return out.getvalue()


def test_it_prints_all_that_was_understood():
    found = json.loads(printed("trước Tết (10/2)", "--today", "2015-02-03", "--json"))

    assert (found["relation"], found["due_on"]) == ("by", "2015-02-10")


def test_without_json_it_says_it_in_words():
    assert printed("by 28 February", "--today", "2015-02-03", "--language", "en") == (
        "no later than 28/02/2015 (the next one from 03/02/2015)\n"
    )


def test_it_knows_the_days_that_staff_corrected():
    CalendarDay.objects.update_or_create(date="2015-03-06", defaults={"is_working": False, "name_vi": "Nghỉ"})

    found = json.loads(printed("trong vòng 2 ngày làm việc", "--today", "2015-03-05", "--json"))

    assert found["due_on"] == "2015-03-10"
