"""Loads the reference tables from `data/`: by natural key, in few statements, as often as one likes.

Facts that others publish are written over. Rows that the coalition itself looks after once they
are here (recommendations, the calendar, observances) are only added, never written over.
"""

import csv
from datetime import date
from pathlib import Path

from django.db import transaction

from coalition import text
from coalition.dates import working_days
from coalition.reference import models

DATA = Path(__file__).resolve().parent / "data"


@transaction.atomic
def load():
    """Bring every reference table up to date with the files; return {table: number of rows in its file}."""
    regions = _write_over(models.Region, _regions(), "code")
    provinces = _provinces(_keys(models.Region, "code"))
    clusters = _write_over(models.Cluster, _clusters(), "code")
    cluster_keys = _keys(models.Cluster, "code")
    sets = _write_over(models.IndicatorSet, _indicator_sets(), "code")
    return {
        "regions": regions,
        "provinces": provinces,
        "clusters": clusters,
        "articles": _write_over(models.Article, _articles(cluster_keys), "code"),
        "recommendations": _add(models.Recommendation, _recommendations(cluster_keys)),
        "indicator sets": sets,
        "indicators": _write_over(
            models.Indicator, _indicators(_keys(models.IndicatorSet, "code"), cluster_keys), "code"
        ),
        "pillars": _write_over(models.Pillar, _pillars(), "code"),
        "calendar days": _add(models.CalendarDay, _calendar_days()),
        "observances": _add(models.Observance, _observances()),
        "report template sections": _write_over(
            models.ReportTemplateSection, _template_sections(), "template_code", "order"
        ),
    }


def read(name):
    """Yield the rows of a data file as dicts of clean text."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {key: text.clean(value or "").strip() for key, value in row.items()}


def _write_over(model, rows, *key):
    rows = list(rows)
    columns = [
        field.name for field in model._meta.concrete_fields if not field.primary_key and field.name not in key
    ]
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=list(key), update_fields=columns)
    return len(rows)


def _add(model, rows):
    rows = list(rows)
    model.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _keys(model, column):
    return dict(model.objects.values_list(column, "pk"))


def _day(value):
    return date.fromisoformat(value) if value else None


def _regions():
    for row in read("regions.csv"):
        yield models.Region(
            code=row["region_code"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            broad_code=row["broad_code"],
            broad_vi=row["broad_vi"],
            broad_en=row["broad_en"],
            in_63=row["scheme_63"] == "yes",
            in_34=row["scheme_34"] == "yes",
        )


def _provinces(regions):
    """Write the 34 first: they are the successors of the 63."""
    rows = list(read("provinces.csv"))
    new = [_province(row, regions, {}) for row in rows if not row["successor_uid"]]
    written = _write_over(models.Province, new, "uid")
    successors = _keys(models.Province, "uid")
    old = [_province(row, regions, successors) for row in rows if row["successor_uid"]]
    return written + _write_over(models.Province, old, "uid")


def _province(row, regions, successors):
    province = models.Province(
        uid=row["uid"],
        generation=int(row["generation"]),
        gso_code=row["gso_code"],
        name_vi=row["name_vi"],
        name_en=row["name_en"],
        full_name_vi=row["full_name_vi"],
        full_name_en=row["full_name_en"],
        kind=row["type"],
        region_id=regions[row["region_code"]],
        iso_code=row["iso_3166_2"],
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        successor_id=successors[row["successor_uid"]] if row["successor_uid"] else None,
        alt_names=row["alt_names"],
    )
    province.fill_columns()
    return province


def _clusters():
    for row in read("crc_clusters.csv"):
        yield models.Cluster(
            number=int(row["number"]),
            code=row["code"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            articles_text=row["articles"],
        )


def _articles(clusters):
    for row in read("crc_articles.csv"):
        yield models.Article(
            code=row["code"],
            instrument=row["instrument"],
            part=row["part"],
            number=int(row["number"]) if row["number"] else None,
            name_vi=row["title_vi"],
            name_en=row["title_en"],
            cluster_id=clusters.get(row["cluster_code"]),
        )


def _recommendations(clusters):
    for row in read("crc_recommendations.csv"):
        seen, _space, how = row["verified"].partition(" ")
        yield models.Recommendation(
            code=row["code"],
            document=row["document"],
            adopted_on=_day(row["adopted_date"]),
            concern_paragraph=row["concern_para"],
            paragraph=row["recommendation_para"],
            cluster_id=clusters[row["cluster_code"]],
            name_vi=row["topic_vi"],
            name_en=row["topic_en"],
            is_verified=seen == "yes",
            note=" ".join(filter(None, [row["note"], how])),
        )


def _indicator_sets():
    for row in read("indicator_sets.csv"):
        yield models.IndicatorSet(
            code=row["code"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            owner=row["owner"],
            reference=row["legal_or_source_reference"],
            child_age=row["child_age"],
            frequency=row["frequency"],
            note=row["note"],
            verified=row["verified"],
        )


def _indicators(sets, clusters):
    for row in read("indicators.csv"):
        yield models.Indicator(
            code=row["code"],
            indicator_set_id=sets[row["set_code"]],
            official_code=row["official_code"],
            name_vi=row["label_vi"],
            name_en=row["label_en"],
            unit=row["unit"],
            disaggregation=row["disaggregation"],
            cluster_id=clusters.get(row["cluster_code"]),
            verified=row["verified"],
        )


def _pillars():
    for row in read("pillars.csv"):
        yield models.Pillar(
            code=row["code"], number=int(row["number"]), name_vi=row["name_vi"], name_en=row["name_en"]
        )


def _calendar_days():
    """Yield the days that the computed calendar has wrong: only these need a row."""
    for row in read("holidays_vn.csv"):
        day, is_working = _day(row["date"]), row["kind"] == "make_up_workday"
        if working_days.is_working_day(day) != is_working:
            yield models.CalendarDay(
                date=day,
                is_working=is_working,
                kind=row["kind"],
                name_vi=row["name_vi"],
                name_en=row["name_en"],
                source=row["verified"],
            )


def _observances():
    for row in read("observances_vn.csv"):
        yield models.Observance(date=_day(row["date"]), name_vi=row["name_vi"], name_en=row["name_en"])


def _template_sections():
    for row in read("report_templates.csv"):
        yield models.ReportTemplateSection(
            template_code=row["template_code"],
            order=int(row["order"]),
            template_vi=row["template_vi"],
            template_en=row["template_en"],
            number=row["section_no"],
            title_vi=row["section_vi"],
            title_en=row["section_en"],
            filled_from=row["fill_from_portal"],
            provenance=row["provenance"],
        )
