"""The report of the real project, as the demonstration holds it: its numbers against SQL of their own."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection

from projects.models import Project
from projects.reports import document as documents
from projects.reports import registry
from tests.reports.test_document import figures

TODAY = dt.date(2026, 11, 22)
HELD_2020 = """
    FROM projects_activity a
    JOIN projects_activity_projects link ON link.activity_id = a.id
    JOIN projects_project p ON p.id = link.project_id AND p.code = 'QTE-GD2'
    {join}
    WHERE a.state = 'held' AND a.archived_at IS NULL AND a.starts_on >= '2020-01-01' AND a.starts_on < '2021-01-01' {more}
"""
PEOPLE = "JOIN projects_participation n ON n.activity_id = a.id"


@pytest.fixture
def demonstration(reference):
    from coalition.members import demo as people
    from projects import demo

    people.load(TODAY)
    demo.load(TODAY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # or the planner takes the tables for empty, as they were
    return Project.objects.get(code="QTE-GD2")


def asked(what, join="", more=""):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {what} {HELD_2020.format(join=join, more=more)}")
        return cursor.fetchone()[0]


def counted(table, day):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {table} t JOIN projects_project p ON p.id = t.project_id AND p.code = 'QTE-GD2' "
            f"WHERE t.archived_at IS NULL AND t.{day} BETWEEN '2020-01-01' AND '2020-12-31'"
        )
        return cursor.fetchone()[0]


def test_the_figures_of_2020_are_those_of_the_database(demonstration):
    scope = registry.Scope(demonstration, dt.date(2020, 1, 1), dt.date(2020, 12, 31), "en")

    found = figures(documents.build(scope, "PROJECT", title="2020", made_on=TODAY))

    assert found == {
        "activities held": asked("count(DISTINCT a.id)"),
        "trainings held": asked("count(DISTINCT a.id)", more="AND a.kind = 'training'"),
        "organisations supported": asked(
            "count(DISTINCT n.organisation_id)", PEOPLE, "AND n.organisation_id <> a.lead_id"
        ),
        "participations": asked("sum(n.count)", PEOPLE),
        "of them children under 18 (Convention)": asked(
            "sum(n.count)", PEOPLE, "AND n.age IN ('0-5', '6-10', '11-15', '16-17')"
        ),
        "of them children under 16 (Vietnamese law)": asked(
            "sum(n.count)", PEOPLE, "AND n.age IN ('0-5', '6-10', '11-15')"
        ),
        "provinces and cities": asked("count(DISTINCT a.province_id)"),
        "publications": counted("projects_publication", "published_on"),
        "contributions to law and policy": counted("projects_policyinput", "submitted_on"),
    }


def test_over_all_its_years_the_project_supported_187_organisations(demonstration):
    scope = registry.Scope(demonstration, dt.date(2019, 5, 1), dt.date(2021, 12, 31), "en")

    assert (
        figures(documents.build(scope, "PROJECT", title="all", made_on=TODAY))["organisations supported"]
        == 187
    )


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx"])
def test_the_command_makes_the_report_of_2020_in_every_form(demonstration, tmp_path, language, ending):
    made = tmp_path / f"report.{ending}"

    call_command("donor_report", "QTE-GD2", "--from", "2020-01-01", "--to", "2020-12-31", "--language", language,
                 "--output", str(made), verbosity=0)  # fmt: skip

    assert made.read_bytes()[:4] == (b"%PDF" if ending == "pdf" else b"PK\x03\x04")
