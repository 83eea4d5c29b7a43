"""What a room above wants known whenever somebody asks for a page, read along with that person's roles.

    asking.along("clock_at", Subquery(Heartbeat.objects.order_by("at").values("at")[:1]))

The roles are read once a request; what is asked along is an attribute of each of them and costs no statement.
"""

_expressions: dict = {}


def along(name, expression):
    """Read `expression` under `name` with the roles of whoever asks."""
    _expressions[name] = expression


def expressions():
    """Return what is asked along, as keyword arguments of `annotate`."""
    return dict(_expressions)
