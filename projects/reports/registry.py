"""The sections that rooms contribute to reports; an upper room registers its own from `AppConfig.ready()`.

    register("trainings", _("Trainings"), trainings_section)

A section function takes a `Scope` and returns a list of blocks (projects/reports/blocks.py). It runs
in the report's language and issues a constant number of statements.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import override

from coalition.members.models import Organisation
from projects import lists
from projects.counting import rows_path, supported_path
from projects.models import Activity, Project


@dataclass(frozen=True)
class Scope:
    """What a report is about: a project, an organisation, a topic of an upper room or (none of them) the
    whole coalition; a period; a language; provinces of 34 or 63; the day it is made on."""

    project: Project | None
    starts_on: dt.date
    ends_on: dt.date
    language: str
    generation: int = 34
    organisation: Organisation | None = None
    topic: str = ""
    made_on: dt.date = dt.date.max
    _known: dict = field(default_factory=dict, compare=False, repr=False)

    def once(self, name, count):
        """Return `count()`, worked out once for all sections of this report."""
        if name not in self._known:
            self._known[name] = count()
        return self._known[name]

    def read(self, name, rows):
        """Return the queryset `rows` as a list, read once for all sections and for both languages of this report."""
        return self.once(name, lambda: list(rows))

    def activities(self):
        """Activities of the scope that begin within the period, whatever their state."""
        return self.limit(Activity.objects.in_period(self.starts_on, self.ends_on))

    def logged(self):
        """The activities of `activities()` as a list in order of time, with `people`: read once for all sections."""
        found = self.activities().select_related("province").defer("search", "summary", "outcome")
        counted = found.annotate(people=Sum("participation__count"))
        return self.read("logged", counted.order_by("starts_on", "pk"))

    def held(self):
        """Those of them that were held."""
        return self.once("held", lambda: [each for each in self.logged() if each.state == "held"])

    def funding(self):
        """The hand-overs of money of the project with their budget lines, read once."""
        if not self.project:
            return []
        lines = self.project.funding.select_related("giver", "receiver").prefetch_related("budget")
        return self.read("funding", lines.order_by("order", "pk"))

    def limit(self, activities):
        """Limit a queryset of activities to the project, or to what the organisation organised."""
        if self.project:
            return activities.filter(projects=self.project)
        if self.topic:
            kind, _colon, public_id = self.topic.partition(":")
            return _topics[kind].limit(activities, public_id) if kind in _topics else activities.none()
        return lists.organised_by(activities, [self.organisation]) if self.organisation else activities

    @property
    def about(self):
        """The filters of the list of activities that stand for the scope, without its period."""
        kind, _colon, public_id = self.topic.partition(":")
        return {
            "project": self.project.public_id if self.project else None,
            "org": self.organisation.public_id if self.organisation else None,
            **({kind: public_id} if self.topic else {}),
        }

    def rows(self, **more):
        """Return the address of the list of activities behind a figure of this report."""
        return rows_path(**self.about, **self._period(), **more)

    def supported_rows(self):
        """Return the address of the list of organisations that were supported."""
        return supported_path(**self.about, **self._period(), state="held")

    def _period(self):
        return {"from": self.starts_on.isoformat(), "to": self.ends_on.isoformat()}


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

    choices(user) returns (public id, title) pairs; limit(activities, public_id) the activities that belong to
    one; title(public_id, language) its name. The list of activities has a filter named like the kind, so that
    figures can link to their rows.
    """

    choices: Callable
    limit: Callable
    title: Callable


_sections: dict[str, Section] = {}
_topics: dict[str, Topic] = {}


def register_topic(kind, *, choices, limit, title):
    """Let reports be about things of an upper room; see `Topic`."""
    _topics[kind] = Topic(choices, limit, title)


def topic_title(topic, language):
    """Return the name of what "kind:public id" stands for; "" where nothing does."""
    kind, _colon, public_id = topic.partition(":")
    return _topics[kind].title(public_id, language) if kind in _topics else ""


def title_of(scope):
    """Return what the scope is about, in words and in its language."""
    if scope.project:
        return scope.project.title_in(scope.language)
    if scope.organisation:
        return scope.organisation.name_in(scope.language)
    with override(scope.language):
        return topic_title(scope.topic, scope.language) or str(_("The whole coalition"))


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
