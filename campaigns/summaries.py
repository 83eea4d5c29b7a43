"""What members reported in a quarter, summed up: figures, charts, counted questions, words. Made to be printed."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, F, Sum, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns import cells, photos
from campaigns.models import Answer, FormLine, QuarterlyForm, Question
from coalition import charts
from projects.models import Activity, Participation

MOST_ACTIVITIES, MOST_ANSWERS, MOST_NAMES = 100, 20, 40  # on the page; the lists have all of them


@dataclass
class Tally:
    """The answers to one counted question: how many organisations answered, and what they add up to."""

    question: Question
    answered: int = 0
    total: int = 0  # of a number
    yes: int = 0
    no: int = 0

    def add(self, text, number):
        """Add an answer that so many organisations gave; what does not fit the question counts for nothing."""
        if self.question.kind == Question.Kind.NUMBER:
            given = self.question.number_in(text)
            self.answered += number if given is not None else 0
            self.total += number * (given or 0)
        elif text in ("yes", "no"):
            self.answered += number
            self.yes += number if text == "yes" else 0
            self.no += number if text == "no" else 0

    @property
    def value(self):
        """The figure that quarters are compared by: the sum, or how many said yes; None where nobody answered."""
        if not self.answered:
            return None
        return self.total if self.question.kind == Question.Kind.NUMBER else self.yes

    @property
    def url(self):
        return answers_url(self.question)

    @property
    def yes_url(self):
        return answers_url(self.question, said="yes")

    @property
    def no_url(self):
        return answers_url(self.question, said="no")


def answers_url(question, **more):
    """Return the address of the list of what the handed-in forms answer to this question of its round."""
    return _list_url("answer_list", question.round, code=question.code, **more)


def forms_url(opened, **more):
    """Return the address of the list of the forms of a round that were handed in."""
    return _list_url("form_list", opened, **more)


def _list_url(name, opened, **more):
    query = {"round": opened.public_id, "state": list(QuarterlyForm.IN_HAND), **more}
    return f"{reverse(f'campaigns:{name}')}?{urlencode(query, doseq=True)}"


def activities_url(opened):
    """Return the address of the list of the activities in the handed-in forms of a round."""
    return f"{reverse('projects:activity_list')}?{urlencode({'forms': opened.public_id})}"


def figures(opened, user):
    """Return the figures of a round (`with_counts`) by name; what nobody counted is None. Two statements."""
    forms = opened.forms.in_hand(user)
    activities = activities_of(forms)
    counted = activities.order_by().values_list("kind", "starts_on__month").annotate(Count("pk"))
    kinds, months = Counter(), Counter()
    for kind, month, number in counted:
        kinds[kind] += number
        months[month] += number
    people = people_of(activities)
    return {
        "asked": opened.asked,
        "received": opened.received,
        "organisations": opened.organisations,
        "activities": kinds.total(),
        "kinds": kinds,
        "months": [(month, months[month]) for month in opened.period.months],
        "people": people,
        "children": cells.side_sum(people, "children"),
        "adults": cells.side_sum(people, "adults"),
    }


def activities_of(forms):
    """Return the activities of the quarter that these forms list, each once."""
    lines = FormLine.objects.filter(form__in=forms.order_by().values("pk"), part=FormLine.Part.DONE)
    return Activity.objects.filter(pk__in=lines.values("activity"))


def tallies(rounds, user):
    """Return a Tally for each question of these rounds that asks for a number, or for yes or no. Two statements."""
    by_key = {opened.pk: opened for opened in rounds}
    questions = Question.objects.filter(round__in=rounds, kind__in=Question.COUNTED)
    found = {question.pk: Tally(question) for question in questions.order_by("order", "pk")}
    forms = QuarterlyForm.objects.filter(round__in=rounds).in_hand(user)
    answers = Answer.objects.given().filter(form__in=forms.values("pk"), question__in=found)
    for question, text, number in answers.order_by().values_list("question", "text").annotate(Count("pk")):
        found[question].add(text, number)
    for tally in found.values():
        tally.question.round = by_key[tally.question.round_id]
    return list(found.values())


def summary(opened, user):
    """Return what the members reported in a round (`with_counts`); a fixed number of statements.

    What organisations answered is between them and the secretariat.
    """
    forms = opened.forms.in_hand(user)
    found = figures(opened, user)
    counted = tallies([opened], user)
    names = list(forms.select_related("organisation").order_by("organisation__sort_key", "pk")[:MOST_NAMES])
    logo = next((tally for tally in counted if tally.question.code == "common_logo"), None)
    shown = activities_of(forms).select_related("lead", "province").order_by("starts_on", "pk")
    return {
        **found,
        "forms": names,
        "more_forms": found["received"] - len(names),
        "activities_url": activities_url(opened),
        "activities": list(shown[:MOST_ACTIVITIES]),
        "number_of_activities": found["activities"],
        "tallies": counted if user.is_secretariat else [],
        "answers": _answers(forms) if user.is_secretariat else [],
        "logo": logo.yes if logo else None,
        "photos": photos.usable_of(forms) if user.is_secretariat else [],
        "charts": _charts(found),
    }


def _answers(forms):
    """Return [(question, first answers, number of the others, address of all)] of questions that ask for words."""
    order = ("form__has_nothing", "form__organisation__sort_key", "pk")  # who did something comes first
    answers = (
        Answer.objects.given()
        .filter(form__in=forms.order_by().values("pk"), question__kind=Question.Kind.TEXT)
        .annotate(
            place=Window(RowNumber(), partition_by=F("question"), order_by=order),
            number=Window(Count("pk"), partition_by=F("question")),
        )
        .filter(place__lte=MOST_ANSWERS)
    )
    found = defaultdict(list)
    for answer in answers.select_related("question__round", "form__organisation").order_by(
        "question__order", "question", *order
    ):
        found[answer.question].append(answer)
    return [
        (question, given, given[0].number - len(given), answers_url(question))
        for question, given in found.items()
    ]


def people_of(activities):
    """Sum the participation by side and sex; None where nobody said."""
    sums = dict.fromkeys(cells.COUNTS)
    rows = (
        Participation.objects.filter(activity__in=activities.order_by().values("pk"))
        .values_list("group", "age", "sex")
        .annotate(total=Sum("count"))
        .order_by()
    )
    for group, age, sex, total in rows:
        side = "children" if cells.is_child(Participation(group=group, age=age)) else "adults"
        code = f"{side}_{sex}"
        sums[code] = (sums[code] or 0) + total
    return sums


def _charts(figures):
    names, people = dict(Activity.Kind.choices), figures["people"]
    ordered = sorted(figures["kinds"].items(), key=lambda pair: (-pair[1], str(names[pair[0]])))
    sides = [(_("Children"), "children"), (_("Adults"), "adults")]
    sexes = [(_("Female"), "female"), (_("Male"), "male"), (_("Sex not known"), "unknown")]
    found = []
    if ordered:
        found.append(
            charts.bars(_("Activities by kind"), [(str(names[kind]), number) for kind, number in ordered])
        )
        by_month = [
            (_("Month %(number)s") % {"number": month}, number) for month, number in figures["months"]
        ]
        found.append(charts.bars(_("Activities by month"), by_month))
    if any(number is not None for number in people.values()):
        found.append(
            charts.stacked(
                _("Who took part"),
                [label for label, _side in sides],
                [(label, [people[f"{side}_{sex}"] for _label, side in sides]) for label, sex in sexes],
            )
        )
    return found
