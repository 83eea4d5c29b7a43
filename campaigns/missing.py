"""What a form still lacks before it can be submitted, cell by cell; nothing of it blocks a draft."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from campaigns import cells
from campaigns.forms import check_links


@dataclass(frozen=True)
class Missing:
    """One thing that is missing or does not fit; `cell`: "answer-CODE", "line-ID-FIELD" or "lines"."""

    cell: str
    words: str

    @property
    def line_id(self):
        """The line it is about, or an empty text."""
        kind, _dash, rest = self.cell.partition("-")
        return rest.partition("-")[0] if kind == "line" else ""


def find(form, lines, questions, answers, photos=()):
    """Return what is missing. `answers` maps question codes to texts; all rows are already loaded."""
    found = []
    done = [line for line in lines if line.part == "done"]
    if not done and not form.has_nothing:
        found.append(Missing("lines", _("Add the activities of this quarter, or say that there were none.")))
    if done and form.has_nothing:
        found.append(Missing("lines", _("The form says there were no activities, and lists some.")))
    for line in lines:
        found.extend(_of_line(form, line))
    for question in questions:
        words = _of_answer(question, answers.get(question.code, "").strip())
        if words:
            found.append(Missing(f"answer-{question.code}", words))
    without = [photo for photo in photos if photo.is_on_form and photo.shows_people and not photo.has_consent]
    for photo in without:
        words = _("The photo “%(name)s” shows people and has no signed consent.")
        found.append(Missing("photos", words % {"name": photo.caption or photo.original_name}))
    return found


def _of_answer(question, text):
    """Return what is wrong with an answer, or nothing."""
    if not text:
        return (
            _("“%(question)s” has no answer.") % {"question": question.label} if question.is_required else ""
        )
    return misfit(question, text)


def misfit(question, text):
    """Return why a text is no answer to a question of its kind, or nothing."""
    if question.kind == "number" and question.number_in(text) is None:
        return _("“%(question)s” asks for a whole number.") % {"question": question.label}
    if question.kind == "links":
        try:
            check_links(text)
        except ValidationError as wrong:
            return " ".join(wrong.messages)
    return ""


def _of_line(form, line):
    activity, period = line.activity, form.round.period
    words = {"title": activity.title}
    wanted = period if line.part == "done" else period.next()
    if line.part == "done" and activity.starts_on not in wanted:
        yield Missing(
            f"line-{line.public_id}-starts_on", _("“%(title)s” did not begin in this quarter.") % words
        )
    if line.part == "plan" and activity.starts_on <= period.ends_on:
        yield Missing(
            f"line-{line.public_id}-starts_on", _("“%(title)s” is planned for a day gone by.") % words
        )
    if not (activity.province_id or activity.is_online or activity.place):
        yield Missing(f"line-{line.public_id}-province", _("“%(title)s” does not say where.") % words)
    if line.part == "done" and all(number is None for number in cells.counts_of(activity).values()):
        yield Missing(
            f"line-{line.public_id}-children_female",
            _("“%(title)s” does not say how many took part.") % words,
        )
