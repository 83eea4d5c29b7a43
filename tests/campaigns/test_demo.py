import datetime as dt
from collections import Counter

from django.utils.module_loading import import_string

from campaigns.models import Campaign, QuarterlyForm, ReportingRound
from coalition.obligations.models import Obligation

TODAY = dt.date(2026, 11, 22)
STORY = [
    "coalition.reference.demo.load",
    "coalition.members.demo.load",
    "projects.demo.load",
    "campaigns.demo.load",
]


def test_the_demonstration_tells_the_same_story_when_loaded_twice(db):
    for name in STORY:
        import_string(name)(TODAY)
    before = (Campaign.objects.count(), QuarterlyForm.objects.count(), Obligation.objects.count())
    for name in STORY:
        import_string(name)(TODAY)

    assert (Campaign.objects.count(), QuarterlyForm.objects.count(), Obligation.objects.count()) == before
    assert [
        (opened.year, opened.quarter) for opened in ReportingRound.objects.order_by("year", "quarter")
    ] == [
        (2015, 1),
        (2015, 2),
        (2015, 3),
        (2015, 4),
        (2026, 3),
        (2026, 4),
        (2027, 1),
    ]
    assert not QuarterlyForm.objects.filter(round__year=2027).exists()
    due_soon = QuarterlyForm.objects.get(organisation__code="VACR", round__year=2026, round__quarter=4)
    assert due_soon.state == "draft"
    assert due_soon.lines.count() >= 2
    assert TODAY < due_soon.obligation.due_on <= TODAY + dt.timedelta(days=14)
    mixed = Counter(QuarterlyForm.objects.filter(round__year=2026).values_list("state", flat=True))
    assert set(mixed) == {"not_started", "draft", "submitted", "returned", "accepted"}
    challenge = Campaign.objects.get(code="lan-toa-yeu-thuong").editions.get(starts_on__year=2019)
    assert challenge.components.get(kind="challenge").challenge.tasks.count() == 21
