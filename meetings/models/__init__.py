"""Working groups, their meetings and minutes, and the follow-up actions that minutes put on the ledger."""

from meetings.models.action import ActionPoint, FollowUpAction
from meetings.models.call import Answer, Call, CallDuty, Vote
from meetings.models.group import GroupFeed, WorkingGroup
from meetings.models.meeting import Attendance, Meeting
from meetings.models.minutes import AgendaItem, Comment, MinutesVersion, NoteDraft, WaitingMatter
from meetings.models.plan import PlanItem

__all__ = [
    "ActionPoint",
    "AgendaItem",
    "Answer",
    "Attendance",
    "Call",
    "CallDuty",
    "Comment",
    "FollowUpAction",
    "GroupFeed",
    "Meeting",
    "MinutesVersion",
    "NoteDraft",
    "PlanItem",
    "Vote",
    "WaitingMatter",
    "WorkingGroup",
]
