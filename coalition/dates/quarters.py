"""The quarter of a year: the period of forms, plans and reports."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_CODE = re.compile(r"^(\d{4})-?Q([1-4])$", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter: `Quarter(2015, 1)` is January to March 2015. Quarters compare and sort by time."""

    year: int
    number: int

    def __post_init__(self):
        if self.number not in ROMAN or not 1 <= self.year <= 9999:
            raise ValueError(f"There is no quarter {self.number} of {self.year}.")

    @classmethod
    def of(cls, day):
        """Return the quarter that `day` lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def from_code(cls, code):
        """Read "2015Q1" (also "2015-Q1"); raise ValueError for anything else."""
        match = _CODE.match(str(code).strip())
        if not match:
            raise ValueError(f"{code!r} is not a quarter such as 2015Q1.")
        return cls(int(match[1]), int(match[2]))

    @property
    def code(self):
        """The form for addresses and file names: "2015Q1"."""
        return f"{self.year:04d}Q{self.number}"

    @property
    def starts_on(self):
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def ends_on(self):
        month = 3 * self.number
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def months(self):
        """The numbers of its three months."""
        return (3 * self.number - 2, 3 * self.number - 1, 3 * self.number)

    def label(self, language="vi"):
        """Return what people call it: "Quý I/2015", in English "Q1 2015"."""
        if str(language).startswith("vi"):
            return f"Quý {ROMAN[self.number]}/{self.year}"
        return f"Q{self.number} {self.year}"

    def next(self):
        return self.shifted(1)

    def previous(self):
        return self.shifted(-1)

    def shifted(self, quarters):
        """Return the quarter so many quarters later; earlier if negative."""
        year, number = divmod(4 * self.year + self.number - 1 + quarters, 4)
        return Quarter(year, number + 1)

    def __contains__(self, day):
        return self.starts_on <= day <= self.ends_on

    def __str__(self):
        return self.label()
