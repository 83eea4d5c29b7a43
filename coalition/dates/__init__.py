"""Days as the coalition counts them: quarters, working days, Tết and phrases of deadlines. No Django, no models.

What depends on the clock or on a table is passed in: `today`, and `overrides`, a mapping day → is it worked?
"""

from coalition.dates.deadlines import Deadline
from coalition.dates.phrases import parse_deadline
from coalition.dates.quarters import Quarter
from coalition.dates.working_days import (
    add_working_days,
    is_working_day,
    next_working_day,
    previous_working_day,
    tet,
    tet_day,
)

__all__ = [
    "Deadline",
    "Quarter",
    "add_working_days",
    "is_working_day",
    "next_working_day",
    "parse_deadline",
    "previous_working_day",
    "tet",
    "tet_day",
]
