"""What a deadline phrase was understood to mean."""

from dataclasses import dataclass
from datetime import date, time

from coalition.dates import rules


@dataclass(frozen=True)
class Deadline:
    """One date or stretch of days that a phrase names, and what it asks.

    relation: "by" (done no later than `due_on`), "on" one day, "in" a stretch of days, "after" (not
    before `not_before`), "every" (recurring; `due_on` only where the words name the day), "none".
    start and end are the first and last day the words name. `words` are the letters they stand at.
    `more` holds the other dates of the same phrase.
    """

    relation: str = "none"
    start: date | None = None
    end: date | None = None
    start_time: time | None = None
    end_time: time | None = None
    grain: str | None = None
    due_on: date | None = None
    not_before: date | None = None
    notes: tuple = ()
    words: str = ""
    at: int = 0  # where in the phrase
    more: tuple["Deadline", ...] = ()

    def __bool__(self):
        return self.relation != "none"

    def rule(self, language="vi"):
        """Say in words what was understood, and what was assumed."""
        return rules.say(self, language)

    def as_json(self, language="vi"):
        """Return what `manage.py parse_deadline --json` prints."""
        found = {
            "relation": self.relation,
            "start": self.start and self.start.isoformat(),
            "end": self.end and self.end.isoformat(),
            "start_time": self.start_time and self.start_time.strftime("%H:%M"),
            "end_time": self.end_time and self.end_time.strftime("%H:%M"),
            "grain": self.grain,
            "due_on": self.due_on and self.due_on.isoformat(),
            "not_before": self.not_before and self.not_before.isoformat(),
            "rule": self.rule(language),
        }
        if self.more:
            found["more"] = [deadline.as_json(language) for deadline in self.more]
        return found
