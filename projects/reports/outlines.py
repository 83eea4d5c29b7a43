"""The outlines of reports: our own, and the donors' templates from the reference table.

A donor's section is (template, number) in the reference data; here stands which registered sections
fill it. A section that nothing fills is a gap the coordinator writes into.
"""

from dataclasses import dataclass

from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from coalition.reference.models import ReportTemplateSection

OWN = {
    "PROJECT": (
        _("Project report"),
        [
            ("1", _("About the project"), ["facts", "funding", "budget", "partners"]),
            ("2", _("Objective"), ["objective"]),
            ("3", _("The project in numbers"), ["figures"]),
            ("4", _("Main activities"), ["activity_chart", "activities"]),
            ("5", _("Trainings"), ["trainings"]),
            ("6", _("Campaigns"), ["campaigns"]),
            ("7", _("People who took part"), ["participants"]),
            ("8", _("Organisations supported"), ["organisations"]),
            ("9", _("Where the work took place"), ["provinces"]),
            ("10", _("Results so far"), ["results", "indicators"]),
            ("11", _("Publications"), ["publications"]),
            ("12", _("Contributions to law and policy"), ["policy"]),
            ("13", _("Difficulties and lessons"), ["difficulties"]),
            ("14", _("Plan for the next period"), ["plan_next"]),
            ("15", _("Photos"), ["photos"]),
        ],
    ),
    "ANNUAL": (
        _("Annual review of the coalition"),
        [
            ("1", _("The year in numbers"), ["figures"]),
            ("2", _("Main activities"), ["activity_chart", "activities"]),
            ("3", _("Trainings"), ["trainings"]),
            ("4", _("Campaigns"), ["campaigns"]),
            ("5", _("Quarterly forms received"), ["quarter_forms"]),
            ("6", _("People who took part"), ["participants"]),
            ("7", _("Organisations supported"), ["organisations"]),
            ("8", _("Where the work took place"), ["provinces"]),
            ("9", _("Publications"), ["publications"]),
            ("10", _("Contributions to law and policy"), ["policy"]),
            ("11", _("The annual plan and what became of it"), ["annual_plan"]),
            ("12", _("Follow-up actions"), ["follow_ups"]),
            ("13", _("Difficulties and lessons"), ["difficulties"]),
            ("14", _("Plan for the next period"), ["plan_next"]),
        ],
    ),
    "CRC25-QUARTER": (
        _("CRC-25 quarter"),
        [
            ("1", _("The quarter in numbers"), ["figures"]),
            ("2", _("Quarterly forms received"), ["quarter_forms"]),
            ("3", _("Main activities"), ["activity_chart", "activities"]),
            ("4", _("People who took part"), ["participants"]),
            ("5", _("Where the work took place"), ["provinces"]),
            ("6", _("Contributions to law and policy"), ["policy"]),
            ("7", _("Difficulties and lessons"), ["difficulties"]),
            ("8", _("Follow-up actions"), ["follow_ups"]),
            ("9", _("Plan for the next period"), ["plan_next"]),
        ],
    ),
}

FILLED_BY = {
    ("EU", "1"): ["facts", "funding", "figures"],
    ("EU", "2.2A"): ["results", "indicators"],
    ("EU", "2.2B"): ["activity_chart", "activities", "variance"],
    ("EU", "2.3"): ["indicators"],
    ("EU", "2.5"): ["plan_next"],
    ("EU", "3"): ["partners", "organisations"],
    ("EU", "4"): ["campaigns", "publications", "photos"],
    ("EU", "A"): ["funding", "budget"],
    ("UNICEF", "1"): ["facts"],
    ("UNICEF", "2"): ["funding", "budget"],
    ("UNICEF", "3"): ["results", "activity_chart", "activities"],
    ("UNICEF", "4"): ["indicators", "participants", "provinces"],
    ("UNICEF", "5"): ["difficulties"],
    ("UNICEF", "6"): ["follow_ups"],
    ("UNICEF", "8"): ["photos"],
    ("UNICEF", "F"): ["funding", "budget"],
    ("SIDA-CSO", "0"): ["facts"],
    ("SIDA-CSO", "1.1"): ["activity_chart", "activities", "variance"],
    ("SIDA-CSO", "1.2"): ["results", "indicators"],
    ("SIDA-CSO", "1.3"): ["funding", "budget"],
    ("SIDA-CSO", "2.1"): ["figures", "results"],
    ("SIDA-CSO", "2.2"): ["participants"],
    ("SIDA-CSO", "2.4"): ["partners", "organisations"],
    ("CHILD-INGO", "1"): ["facts", "provinces"],
    ("CHILD-INGO", "3"): ["activity_chart", "activities", "variance"],
    ("CHILD-INGO", "4"): ["figures", "participants"],
    ("CHILD-INGO", "5"): ["indicators"],
    ("CHILD-INGO", "6"): ["policy"],
    ("CHILD-INGO", "7"): ["child_participation"],
    ("CHILD-INGO", "8"): ["safeguarding", "trainings"],
    ("CHILD-INGO", "9"): ["partners"],
    ("CHILD-INGO", "10"): ["difficulties"],
    ("CHILD-INGO", "11"): ["plan_next"],
    ("CHILD-INGO", "12"): ["funding", "budget"],
    ("CHILD-INGO", "13"): ["photos"],
}


@dataclass(frozen=True)
class OutlineSection:
    """A numbered heading of a report and the registered sections that fill it."""

    number: str
    title_vi: str
    title_en: str
    fillers: tuple[str, ...]

    @property
    def code(self):
        return f"s{self.number.replace('.', '-')}".lower()

    def title_in(self, language):
        return self.title_en if language == "en" else self.title_vi


def outline(template_code):
    """Return the sections of a template in its order; KeyError for a template nobody knows."""
    if template_code in OWN:
        sections = []
        for number, title, fillers in OWN[template_code][1]:
            with override("vi"):
                title_vi = str(title)
            with override("en"):
                title_en = str(title)
            sections.append(OutlineSection(number, title_vi, title_en, tuple(fillers)))
        return sections
    rows = ReportTemplateSection.objects.filter(template_code=template_code).order_by("order")
    found = [
        OutlineSection(
            row.number, row.title_vi, row.title_en, tuple(FILLED_BY.get((template_code, row.number), ()))
        )
        for row in rows
    ]
    if not found:
        raise KeyError(template_code)
    return found


def choices():
    """Return (code, name) of every template: our own first, then the donors'."""
    field = "template_en" if get_language() == "en" else "template_vi"
    donors = (
        ReportTemplateSection.objects.order_by("template_code").values_list("template_code", field).distinct()
    )
    return [(code, title) for code, (title, _sections) in OWN.items()] + list(donors)


def name(template_code, language):
    """Return the name of a template in a language."""
    with override(language):
        if template_code in OWN:
            return str(OWN[template_code][0])
        return dict(choices()).get(template_code, template_code)
