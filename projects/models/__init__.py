"""Projects and the activity log: what was done, by whom, for whom, and what came of it."""

from projects.models.activity import Activity, Evidence
from projects.models.participation import CountsVersion, Participation
from projects.models.project import BudgetLine, FundingLine, Project, ProjectPartner
from projects.models.publication import DownloadCount, PolicyInput, Publication
from projects.models.report import DonorReport, ReportLetter, ReportSection
from projects.models.result import IndicatorValue, LinesVersion, ProjectIndicator, Result

__all__ = [
    "Activity",
    "BudgetLine",
    "CountsVersion",
    "DonorReport",
    "DownloadCount",
    "Evidence",
    "FundingLine",
    "IndicatorValue",
    "LinesVersion",
    "Participation",
    "PolicyInput",
    "Project",
    "ProjectIndicator",
    "ProjectPartner",
    "Publication",
    "ReportLetter",
    "ReportSection",
    "Result",
]
