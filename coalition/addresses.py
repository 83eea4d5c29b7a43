"""The addresses of records: one pattern for all rows of a kind, looked up once."""

from functools import cache

from django.urls import get_urlconf, reverse

ANY = "any-public-id"


def address_of(name, public_id):
    """Return the address of the page `name` of the record with this public id.

    A list of rows asks for it once a row; looking it up each time would cost more than writing the row.
    """
    return _pattern(name, get_urlconf()).replace(ANY, public_id)


@cache
def _pattern(name, urlconf):
    return reverse(name, urlconf, args=[ANY])
