"""What every template knows of the person who is asking."""

from coalition.members import roles


class Can:
    """Answers `{% if can.activity_log %}`: whether the person has the right "activity.log"."""

    def __init__(self, user):
        self._user = user

    def __getattr__(self, name):
        right = name.replace("_", ".", 1)
        if right not in roles.RIGHTS:
            raise AttributeError(name)
        return self._user.has_right(right)


class Nobody:
    """The rights of somebody who has not logged in: none."""

    def has_right(self, right):  # noqa: ARG002
        return False


def person(request):
    """Return `can` and `organisation`; both empty before log-in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"can": Can(Nobody()), "organisation": None}
    return {"can": Can(user), "organisation": user.organisation}
