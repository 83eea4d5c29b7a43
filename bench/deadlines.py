"""Deadline phrases per second, and how many are understood, beside PyPI `dateparser` in the same run."""

import time
import warnings
from datetime import datetime
from pathlib import Path

from coalition.dates import parse_deadline

TABLE = Path(__file__).resolve().parent.parent / "tests" / "dates" / "phrases.psv"
TODAY = datetime(2015, 2, 3)
PHRASES = 10_000
YARDSTICK_PHRASES = 500  # dateparser is slow; its rate is measured on fewer


def read():
    """Return (phrase, first day) of the test table; phrases without a day have None."""
    rows = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            phrase, _relation, start, *_rest = (cell.strip() for cell in line.split("|"))
            rows.append((phrase, start or None))
    return rows


def ours(phrase):
    return parse_deadline(phrase, TODAY.date()).start


def theirs(phrase):
    import dateparser

    found = dateparser.parse(
        phrase,
        languages=["vi", "en"],
        settings={
            "RELATIVE_BASE": TODAY,
            "PREFER_DATES_FROM": "future",
            "DATE_ORDER": "DMY",
            "PREFER_DAY_OF_MONTH": "first",
        },
    )
    return found and found.date()


def rate(read_phrase, phrases):
    """Return phrases per second."""
    begun = time.perf_counter()
    for phrase in phrases:
        read_phrase(phrase)
    return len(phrases) / (time.perf_counter() - begun)


def understood(read_phrase, rows):
    """Return how many phrases of the table give its first day; what names none must give none."""
    return sum(str(read_phrase(phrase) or "") == (start or "") for phrase, start in rows)


def run():
    """Return the figures as a dict: rates, shares understood, and the ratio of the rates."""
    rows = read()
    many = [phrase for phrase, _start in rows * (PHRASES // len(rows) + 1)][:PHRASES]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for read_phrase in (ours, theirs):
            rate(read_phrase, many[: len(rows)])  # both have their patterns compiled
        our_rate, their_rate = rate(ours, many), rate(theirs, many[:YARDSTICK_PHRASES])
        return {
            "phrases_in_table": len(rows),
            "phrases_per_second": round(our_rate),
            "phrases_per_second_dateparser": round(their_rate),
            "times_as_fast": round(our_rate / their_rate, 1),
            "understood": understood(ours, rows),
            "understood_dateparser": understood(theirs, rows),
        }


if __name__ == "__main__":
    for name, figure in run().items():
        print(f"{name:32} {figure}")
