"""The sections that rooms contribute to reports; an upper room registers its own from `AppConfig.ready()`.

    register("trainings", _("Trainings"), trainings_section)

A section function takes a `Scope` and returns a list of blocks (projects/reports/blocks.py). It runs
in the report's language and issues a constant number of statements.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import override

from coalition.members.models import Organisation
from projects.counting import rows_path
from projects.models import Activity, Project


@dataclass(frozen=True)
class Scope:
    """What a report is about: a project, an organisation or (both None) the whole coalition; a period; a
    language; provinces of 34 or 63."""

    project: Project | None
    starts_on: dt.date
    ends_on: dt.date
    language: str
    generation: int = 34
    organisation: Organisation | None = None
    topic: str = ""
    _known: dict = field(default_factory=dict, compare=False, repr=False)

    def once(self, name, count):
        """Return `count()`, worked out once for all sections of this report."""
        if name not in self._known:
            self._known[name] = count()
        return self._known[name]

    def activities(self):
        """Activities of the scope that begin within the period, whatever their state."""
        return self.limit(Activity.objects.in_period(self.starts_on, self.ends_on))

    def limit(self, activities):
        """Limit a queryset of activities to the project, or to what the organisation led."""
        if self.project:
            return activities.filter(projects=self.project)
        if self.topic:
            kind, _colon, public_id = self.topic.partition(":")
            return _topics[kind].limit(activities, public_id) if kind in _topics else activities.none()
        return activities.filter(lead=self.organisation) if self.organisation else activities

    def rows(self, **more):
        """Return the address of the list of activities behind a figure of this report."""
        about = {
            "project": self.project.public_id if self.project else None,
            "org": self.organisation.public_id if self.organisation else None,
        }
        return rows_path(
            **about, **{"from": self.starts_on.isoformat(), "to": self.ends_on.isoformat()}, **more
        )


@dataclass(frozen=True)
class Section:
    """A piece of a report that one room fills."""

    code: str
    title: Any
    function: Callable[[Scope], list[dict]]

    def blocks(self, scope):
        with override(scope.language):
            return self.function(scope)


@dataclass(frozen=True)
class Topic:
    """A kind of thing of an upper room that a report can be about, such as a campaign.

    choices(user) returns (public id, title) pairs; limit(activities, public_id) the activities that belong to one.
    """

    choices: Callable
    limit: Callable


_sections: dict[str, Section] = {}
_topics: dict[str, Topic] = {}


def register_topic(kind, *, choices, limit):
    """Let reports be about things of an upper room; see `Topic`."""
    _topics[kind] = Topic(choices, limit)


def topic_choices(user):
    """Return ("kind:public id", title) pairs for the form of a report."""
    return [
        (f"{kind}:{public_id}", title)
        for kind, topic in _topics.items()
        for public_id, title in topic.choices(user)
    ]


def register(code, title, function):
    """Let reports ask for section `code`; a second registration of the same code replaces the first."""
    _sections[code] = Section(code, title, function)


def section(code):
    """Return the section, or None where no room has registered it."""
    return _sections.get(code)


def codes():
    return sorted(_sections)
