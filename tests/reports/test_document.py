"""What a report says, against sums that SQL makes by itself."""

import datetime as dt

import pytest
from django.db import connection

from coalition.records import Conflict
from projects.reports import actions, comparing, registry
from projects.reports import document as documents
from tests.factories.projects import ProjectIndicatorFactory, ResultFactory
from tests.factories.reports import ReportFactory

YEAR = (dt.date(2020, 1, 1), dt.date(2020, 12, 31))
MADE_ON = dt.date(2021, 1, 15)


def build(project, language="vi", template="PROJECT", period=YEAR, generation=34):
    scope = registry.Scope(project, *period, language, generation)
    return documents.build(scope, template, title="Báo cáo 2020", made_on=MADE_ON)


def figures(document):
    return {
        b["words"]: b["value"] for s in document["sections"] for b in s["blocks"] if b["type"] == "figure"
    }


def one(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def test_the_figures_are_those_that_sql_counts(logged):
    found = figures(build(logged, "en"))

    in_2020 = "a.state = 'held' AND a.starts_on BETWEEN '2020-01-01' AND '2020-12-31'"
    assert found["activities held"] == one(f"SELECT count(*) FROM projects_activity a WHERE {in_2020}") == 2
    assert (
        found["participations"]
        == one(
            f"SELECT sum(p.count) FROM projects_participation p JOIN projects_activity a ON a.id = p.activity_id WHERE {in_2020}"
        )
        == 58
    )
    assert found["of them children under 18 (Convention)"] == 30
    assert found["of them children under 16 (Vietnamese law)"] == 20


def test_an_organisation_counts_once_under_all_its_names_and_the_organiser_not_at_all(logged):
    assert figures(build(logged, "en"))["organisations supported"] == 2


def test_the_period_ends_with_its_last_day(logged):
    short = build(logged, "en", period=(dt.date(2020, 1, 1), dt.date(2020, 12, 30)))

    assert figures(short)["activity held"] == 1


def test_provinces_are_folded_into_those_of_the_report(logged):
    def places(generation):
        sections = build(logged, generation=generation)["sections"]
        return next(b["values"] for s in sections for b in s["blocks"] if b["type"] == "map")

    assert places(34) == {"VN34-01": 1, "VN34-82": 1}
    assert places(63) == {"VN63-01": 1, "VN63-82": 1}


def test_every_figure_has_its_rule_and_the_address_of_its_rows(logged):
    blocks = [b for s in build(logged)["sections"] for b in s["blocks"] if b["type"] == "figure"]

    assert blocks
    assert all(b["rule"] and b["path"].startswith("/activities/") and b["records"] for b in blocks)


@pytest.mark.parametrize("language", ["vi", documents.BOTH])
@pytest.mark.parametrize("template", ["PROJECT", "CHILD-INGO"])
def test_a_build_asks_no_more_than_25_questions_whatever_the_rows_and_languages(
    logged, django_assert_max_num_queries, language, template
):
    with django_assert_max_num_queries(25):
        documents.build_in(
            language,
            lambda spoken: registry.Scope(logged, *YEAR, spoken),
            template,
            title="x",
            made_on=MADE_ON,
        )


def test_every_template_can_be_built_in_both_languages(logged):
    from projects.reports import outlines

    for code, _name in outlines.choices():
        for language in ("vi", "en"):
            assert build(logged, language, template=code)["sections"]


def test_what_nobody_filled_is_named_as_a_gap(logged):
    document = build(logged, "en", template="EU")

    assert any(title.startswith("2.1.") for _code, title in documents.gaps(document))


def test_finishing_twice_keeps_the_first_snapshot(logged, coordinator):
    report = ReportFactory(project=logged)
    first = actions.finish(report, by=coordinator)
    logged.activities.update(state="cancelled")

    again = actions.finish(report, by=coordinator)

    assert again.sha256 == first.sha256 == documents.fingerprint(again.snapshot)
    assert next(iter(figures(again.snapshot).values())) == 2


def test_two_people_writing_one_section_are_told(logged, coordinator, staff):
    report = ReportFactory(project=logged)
    actions.write_section(report, code="s1", written="Bản thứ nhất", version=0, by=coordinator)

    with pytest.raises(Conflict) as caught:
        actions.write_section(report, code="s1", written="Bản thứ hai", version=0, by=staff)

    assert caught.value.typed == [("s1", "Bản thứ nhất", "Bản thứ hai")]


def test_writing_the_same_text_twice_changes_nothing(logged, coordinator):
    report = ReportFactory(project=logged)
    for _time in range(2):
        section = actions.write_section(report, code="s1", written="Một câu.", version=0, by=coordinator)

    assert section.version == 1


def test_what_has_changed_since_the_report_was_finished_is_named(logged, coordinator):
    report = actions.finish(ReportFactory(project=logged, language="en"), by=coordinator)
    logged.activities.filter(title__startswith="Hội thảo chia sẻ").update(state="cancelled")

    changes = {(each.section, each.what): each for each in comparing.since(report)}
    held = changes["The project in numbers", "activities held"]
    assert (held.then, held.now) == ("2", "1")
    people = changes["The project in numbers", "participations"]
    assert (people.then, people.now) == ("58", "23")
    assert changes["Main activities", "Activities held"].gone == [
        "31/12/2020 · Hội thảo chia sẻ báo cáo · Workshop · Tien Giang · 35"
    ]


def test_a_new_version_takes_over_the_texts_and_is_made_once(logged, coordinator):
    report = ReportFactory(project=logged)
    actions.write_section(report, code="s13", written="Dịch bệnh.", version=0, by=coordinator)
    report = actions.finish(report, by=coordinator)

    draft = actions.new_version(report, by=coordinator)
    again = actions.new_version(report, by=coordinator)

    assert again == draft
    assert [section.text for section in draft.sections.all()] == ["Dịch bệnh."]


def test_the_duty_to_the_donor_is_opened_once_and_met_by_finishing(logged, coordinator):
    report = ReportFactory(project=logged)
    for _time in range(2):
        report = actions.promise(report, due_on=dt.date(2021, 3, 31), by=coordinator)

    actions.finish(report, by=coordinator)

    report.obligation.refresh_from_db()
    assert report.obligation.state == "done"
    assert report.obligation.organisation == logged.lead


def test_a_report_on_the_whole_coalition_counts_all_activities(logged, member):
    from projects.models import Activity

    Activity.objects.create(title="Ngoài dự án", starts_on=dt.date(2020, 5, 5), lead=member, state="held")
    scope = registry.Scope(None, *YEAR, "en")

    document = documents.build(scope, "ANNUAL", title="2020", made_on=MADE_ON)

    assert figures(document)["activities held"] == 3


def test_the_first_sentence_is_suggested_from_the_figures(logged):
    assert documents.opening(build(logged, "en")) == (
        "From 01/01/2020 to 31/12/2020: 2 activities held, 2 organisations supported, 58 participations."
    )


def test_a_report_in_both_languages_has_each_section_twice_with_its_own_text(logged, coordinator):
    report = ReportFactory(project=logged, language="both")
    actions.write_section(report, code="s13", written="Dịch bệnh.", version=0, by=coordinator)
    actions.write_section(report, code="s13-en", written="The epidemic.", version=0, by=coordinator)

    document = actions.refresh(report)

    texts = {section["code"]: (section["language"], section["written"]) for section in document["sections"]}
    assert texts["s13"] == ("vi", "<p>Dịch bệnh.</p>")
    assert texts["s13-en"] == ("en", "<p>The epidemic.</p>")
    assert len(document["sections"]) == 2 * len({code.removesuffix("-en") for code in texts})


def test_a_report_on_a_campaign_counts_what_belongs_to_it(logged):
    from projects.models import Activity
    from tests.factories.campaigns import CampaignFactory, EditionFactory

    campaign = CampaignFactory()
    EditionFactory(campaign=campaign).activities.add(
        Activity.objects.get(title__startswith="Hội thảo chia sẻ")
    )
    scope = registry.Scope(None, *YEAR, "en", topic=f"campaign:{campaign.public_id}")

    assert figures(documents.build(scope, "ANNUAL", title="x", made_on=MADE_ON))["activity held"] == 1


def test_the_budget_says_what_is_left_and_no_sum_of_what_is_not_known(logged):
    from projects.models import BudgetLine

    funding = logged.funding.get()
    BudgetLine.objects.create(
        funding=funding, order=1, name_vi="Tập huấn", name_en="Trainings", planned=600, spent=450
    )
    BudgetLine.objects.create(funding=funding, order=2, name_vi="In ấn", planned=400)

    tables = [block for section in build(logged, "en")["sections"] for block in section["blocks"]]
    budget = next(block for block in tables if block.get("title", "").startswith("Budget and spending"))

    assert [[str(cell) for cell in row] for row in budget["rows"]] == [
        ["Trainings", "600.00", "450.00", "150.00", "75"],
        ["In ấn", "400.00", "None", "None", "None"],
        ["Together", "1000.00", "None", "None", "None"],
    ]


@pytest.mark.parametrize(
    ("language", "said"), [("vi", ["Số tổ chức", "tổ chức"]), ("en", ["Organisations", "each"])]
)
def test_an_indicator_has_its_name_and_unit_in_the_language_of_the_report(logged, language, said):
    result = ResultFactory(project=logged)
    words = {"name_vi": "Số tổ chức", "name_en": "Organisations", "unit_vi": "tổ chức", "unit_en": "each"}
    ProjectIndicatorFactory(result=result, **words)

    document = build(logged, language)

    tables = [b for s in document["sections"] for b in s["blocks"] if b["type"] == "table"]
    assert [row[:2] for b in tables for row in b["rows"] if row[0] == said[0]] == [said]
