"""Where activities took place: provinces as they were called on the day."""

import datetime as dt

from coalition.reference.models import Province


def day_of(typed, otherwise):
    """Return the day a form field holds as text, or `otherwise`."""
    try:
        return dt.date.fromisoformat(typed)
    except (TypeError, ValueError):
        return otherwise


def choices_on(day):
    """Return (uid, name) of the provinces that stood on `day`, in the order of the alphabet."""
    return [(province.uid, province.name) for province in Province.objects.valid_on(day).in_order()]


def units_on(province, day):
    """Return the unit or units that stood on `day` where `province` stood at another time.

    A unit of before July 2025 leads to its successor; one of after to those that went into it.
    """
    is_valid = (province.valid_from is None or province.valid_from <= day) and (
        province.valid_to is None or day <= province.valid_to
    )
    if is_valid:
        return [province]
    if province.successor_id and province.valid_to and day > province.valid_to:
        return [province.successor]
    before = list(province.predecessors.valid_on(day).in_order())
    return before or [province]
