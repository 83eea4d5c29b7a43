"""What projects and the activity log contribute to reports."""

from django.utils.translation import gettext_lazy

from projects.report_sections import figures, log, people, project
from projects.reports.registry import register

SECTIONS = [
    ("facts", gettext_lazy("Facts"), project.facts),
    ("funding", gettext_lazy("Funding"), project.funding),
    ("budget", gettext_lazy("Budget and spending"), project.budget),
    ("partners", gettext_lazy("Partners"), project.partners),
    ("objective", gettext_lazy("Objective"), project.objective),
    ("figures", gettext_lazy("In numbers"), figures.figures),
    ("activity_chart", gettext_lazy("Activities by month"), log.activity_chart),
    ("activities", gettext_lazy("Activities held"), log.activities),
    ("variance", gettext_lazy("Changes to the plan"), log.variance),
    ("participants", gettext_lazy("Participants"), people.participants),
    ("child_participation", gettext_lazy("Activities with children"), log.child_participation),
    ("organisations", gettext_lazy("Organisations supported"), people.organisations),
    ("provinces", gettext_lazy("Provinces"), people.provinces),
    ("results", gettext_lazy("Results"), project.results),
    ("indicators", gettext_lazy("Indicators"), project.indicators),
    ("publications", gettext_lazy("Publications"), project.publications),
    ("policy", gettext_lazy("Contributions to law and policy"), project.policy),
    ("safeguarding", gettext_lazy("Child safeguarding"), log.safeguarding),
    ("difficulties", gettext_lazy("Difficulties"), log.difficulties),
    ("photos", gettext_lazy("Photos"), log.photos),
    ("plan_next", gettext_lazy("Plan for the next period"), log.plan_next),
]


def register_all():
    """Register the sections of projects and the log; called from ProjectsConfig.ready()."""
    for code, title, function in SECTIONS:
        register(code, title, function)
