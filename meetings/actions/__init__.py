"""The verbs of meetings: plan, take minutes, put actions on the ledger, circulate, approve, import."""

from meetings.actions.agenda import pillars_of, put_back, schedule_session, take_up
from meetings.actions.calls import begin_vote, end_call, note_seen, open_call, submit_answer, vote
from meetings.actions.importing import import_minutes
from meetings.actions.meetings import attend, hold, pass_chair, plan, plan_next
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
    "note_seen",
    "open_call",
    "pass_chair",
    "pillars_of",
    "plan",
    "plan_next",
    "put_back",
    "remove_point",
    "reopen_minutes",
    "schedule_session",
    "submit_answer",
    "take_up",
    "vote",
]
