"""The large plausible database."""

import io

from django.core.management import call_command

from projects.models import Activity, Participation


def fill(number):
    call_command("scale_data", activities=number, organisations=5, seed=7, stdout=io.StringIO())


def test_it_adds_what_is_missing_and_the_same_seed_makes_the_same(reference):
    fill(30)
    first = list(Activity.objects.order_by("pk").values_list("title", "starts_on"))
    fill(30)
    assert list(Activity.objects.order_by("pk").values_list("title", "starts_on")) == first
    fill(50)
    assert Activity.objects.count() == 50
    assert Participation.objects.count() == 200
    assert Activity.objects.search("dot 50").count() == 1
