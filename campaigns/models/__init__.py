"""Campaigns and what members report about them: editions, rounds, quarterly forms."""

from campaigns.models.campaign import Campaign, Challenge, ChallengeDay, Component, Contest, Edition
from campaigns.models.filing import CellNote, Correction, FormImport, FormSnapshot, FormStep
from campaigns.models.form import Answer, FormLine, FormPhoto, QuarterlyForm
from campaigns.models.round import Question, ReportingRound

__all__ = [
    "Answer",
    "Campaign",
    "CellNote",
    "Challenge",
    "ChallengeDay",
    "Component",
    "Contest",
    "Correction",
    "Edition",
    "FormImport",
    "FormLine",
    "FormPhoto",
    "FormSnapshot",
    "FormStep",
    "QuarterlyForm",
    "Question",
    "ReportingRound",
]
