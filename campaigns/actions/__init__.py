"""The verbs of campaigns: each is one transaction, knows who acts, and may be called twice."""

from campaigns.actions.behalf import confirm, take_over
from campaigns.actions.corrections import correct, record_changes
from campaigns.actions.filing import NotReady, accept, accept_many, reopen, return_form, submit
from campaigns.actions.imports import apply_import, marked, take_in, write_plan
from campaigns.actions.lines import add_line, add_lines, offer, remove_line, save_line, tag, untag
from campaigns.actions.photos import add_photo, remove_photo
from campaigns.actions.rounds import issue, move_due, nudge, open_prepared, open_round, suggest_dates
from campaigns.actions.writing import FieldConflict, save_answers, text_as_of

__all__ = [
    "FieldConflict",
    "NotReady",
    "accept",
    "accept_many",
    "add_line",
    "add_lines",
    "add_photo",
    "apply_import",
    "confirm",
    "correct",
    "issue",
    "marked",
    "move_due",
    "nudge",
    "offer",
    "open_prepared",
    "open_round",
    "record_changes",
    "remove_line",
    "remove_photo",
    "reopen",
    "return_form",
    "save_answers",
    "save_line",
    "submit",
    "suggest_dates",
    "tag",
    "take_in",
    "take_over",
    "text_as_of",
    "untag",
    "write_plan",
]
