"""The reference tables come from the files, as often as one likes."""

import datetime as dt

import pytest

from coalition.reference import loader, models

pytestmark = pytest.mark.usefixtures("reference")


def test_a_second_load_adds_nothing():
    before = {model: model.objects.count() for model in _models()}

    loader.load()

    assert {model: model.objects.count() for model in _models()} == before


def test_the_number_of_statements_does_not_depend_on_the_rows(django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        loader.load()


def test_there_were_63_provinces_and_there_are_34():
    old = models.Province.objects.valid_on(dt.date(2025, 6, 30))
    new = models.Province.objects.valid_on(dt.date(2025, 7, 1))

    assert (old.count(), new.count()) == (63, 34)
    assert old.filter(successor=None).count() == 0
    assert set(new.values_list("generation", flat=True)) == {34}


def test_a_reused_code_names_two_provinces():
    yen_bai, lao_cai = models.Province.objects.filter(gso_code="15").order_by("generation").reverse()

    assert (yen_bai.name_vi, lao_cai.name_vi) == ("Yên Bái", "Lào Cai")
    assert yen_bai.successor == lao_cai


def test_a_province_is_found_without_its_accents():
    found = models.Province.objects.filter(search__contains="dak lak").values_list("uid", flat=True)

    assert sorted(found) == ["VN34-66", "VN63-66"]


def test_what_the_coalition_corrected_is_not_written_over():
    row = models.Recommendation.objects.filter(is_verified=False).first()
    models.Recommendation.objects.filter(pk=row.pk).update(paragraph="23", is_verified=True)

    loader.load()

    row.refresh_from_db()
    assert (row.paragraph, row.is_verified) == ("23", True)


def test_unverified_recommendations_say_so():
    assert not models.Recommendation.objects.filter(paragraph="", is_verified=True).exists()
    assert models.Recommendation.objects.filter(is_verified=False).exists()


def test_only_days_that_the_computed_calendar_has_wrong_are_kept():
    overrides = models.CalendarDay.objects.overrides()

    assert overrides == {dt.date(2026, 1, 2): False, dt.date(2026, 1, 10): True}


def _models():
    return [
        models.Region,
        models.Province,
        models.Cluster,
        models.Article,
        models.Recommendation,
        models.IndicatorSet,
        models.Indicator,
        models.Pillar,
        models.CalendarDay,
        models.Observance,
        models.ReportTemplateSection,
    ]
