"""The verbs of meetings: plan, take minutes, put actions on the ledger, circulate, approve, import."""

from meetings.actions.calls import begin_vote, end_call, open_call, submit_answer, vote
from meetings.actions.importing import import_minutes
from meetings.actions.meetings import attend, hold, plan, plan_next
from meetings.actions.outputs import approve, circulate, comment, reopen_minutes
from meetings.actions.points import add_point, assign, change_point, remove_point

__all__ = [
    "add_point",
    "approve",
    "assign",
    "attend",
    "begin_vote",
    "change_point",
    "circulate",
    "comment",
    "end_call",
    "hold",
    "import_minutes",
    "open_call",
    "plan",
    "plan_next",
    "remove_point",
    "reopen_minutes",
    "submit_answer",
    "vote",
]
