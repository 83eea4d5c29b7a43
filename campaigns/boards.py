"""The coordinator's boards: members × quarters of a year, and the forms of one quarter, page by page."""

from collections import Counter, defaultdict

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from campaigns.models import QuarterlyForm
from coalition.lists.pages import Page
from coalition.members.models import Organisation
from coalition.obligations.models import Obligation

Standing = QuarterlyForm.Standing
IN_HAND = (Standing.ACCEPTED, Standing.SUBMITTED, Standing.LATE)
PER_PAGE = 50


class BoardPage(Page):
    """One numbered page of a board's rows, as `components/pages.html` shows it."""

    def __init__(self, rows, params):
        self.params = params
        self.count = rows.order_by().count()
        self.pages = max(1, -(-self.count // PER_PAGE))
        wanted = params.get("page", "")
        is_number = wanted.isascii() and wanted.isdigit() and len(wanted) < 9
        self.number = min(max(int(wanted), 1), self.pages) if is_number else 1
        self.object_list = list(rows[(self.number - 1) * PER_PAGE : self.number * PER_PAGE])

    def url(self, number):
        params = self.params.copy()
        params["page"] = number
        return f"?{params.urlencode()}"


def words_of(form):
    """Return where a form stands in words; what is overdue says how far it has come."""
    if form.standing == Standing.OVERDUE:
        return _("%(state)s, overdue") % {"state": form.get_state_display()}
    return Standing(form.standing).label


def board(campaign, year, today, params):
    """Return a page of a campaign's year, one row a member, one column a round, and the totals of all members.

    A fixed number of statements. `params` are those of the address: `q` looks for names, `page` turns pages.
    """
    rounds = list(campaign.rounds.filter(year=year).order_by("quarter"))
    forms = QuarterlyForm.objects.filter(round__in=rounds).with_standing(today)
    members = Organisation.everything.filter(pk__in=forms.values("organisation"))
    if params.get("q"):
        members = members.search(params["q"])
    leaf = BoardPage(members.order_by("sort_key", "pk"), params)
    cells = defaultdict(dict)
    shown = forms.filter(organisation__in=leaf.object_list).select_related("round", "organisation")
    for form in shown:
        form.words = words_of(form)
        cells[form.organisation_id][form.round_id] = form
    return {
        "rounds": rounds,
        "rows": [
            (member, [cells[member.pk].get(opened.pk) for opened in rounds]) for member in leaf.object_list
        ],
        "page": leaf,
        **_totals(forms, rounds),
    }


def _totals(forms, rounds):
    """Return how many forms of each round stand where: [(key, words, numbers)], and (received, asked) a round."""
    counted = forms.order_by().values_list("round", "standing").annotate(Count("pk"))
    numbers = {(opened, standing): number for opened, standing, number in counted}
    totals = [
        (standing.value, standing.label, [numbers.get((opened.pk, standing), 0) for opened in rounds])
        for standing in Standing
        if any(key == standing for _opened, key in numbers)
    ]
    asked, received = Counter(), Counter()
    for (opened, standing), number in numbers.items():
        asked[opened] += number
        received[opened] += number if standing in IN_HAND else 0
    return {
        "totals": totals,
        "received": [(opened, received[opened.pk], asked[opened.pk]) for opened in rounds],
    }


def round_board(opened, today, params):
    """Return a page of a round's forms in the order of names, and how many of all stand where.

    A fixed number of statements. `params`: `standing` narrows, `q` looks for names, `page` turns pages.
    """
    forms = opened.forms.with_standing(today)
    owing = Count("pk", filter=Q(obligation__state=Obligation.State.OPEN))
    counted = forms.order_by().values_list("standing").annotate(number=Count("pk"), owed=owing)
    numbers = {standing: (number, owed) for standing, number, owed in counted}
    wanted = params.get("standing")
    found = forms.filter(standing=wanted) if wanted in numbers else forms
    if params.get("q"):
        found = found.filter(organisation__in=Organisation.everything.search(params["q"]).values("pk"))
    found = found.select_related("organisation", "obligation", "round").with_line_count()
    leaf = BoardPage(found.order_by("organisation__sort_key", "pk"), params)
    for form in leaf.object_list:
        form.words = words_of(form)
    return {
        "page": leaf,
        "forms": leaf.object_list,
        "standings": [(each.value, each.label, numbers[each][0]) for each in Standing if each in numbers],
        "standing": wanted if wanted in numbers else "",
        "asked": sum(number for number, _owed in numbers.values()),
        "received": sum(numbers[each][0] for each in IN_HAND if each in numbers),
        "owing": sum(owed for _number, owed in numbers.values()),
        "waiting": any(form.state == QuarterlyForm.State.SUBMITTED for form in leaf.object_list),
    }


def rows_of_round(opened, today):
    """Return all forms of a round in the order of names, each with where it stands in words."""
    forms = list(
        opened.forms.with_standing(today)
        .select_related("organisation", "round")
        .with_line_count()
        .order_by("organisation__sort_key", "pk")
    )
    for form in forms:
        form.words = words_of(form)
    return forms


def years_of(campaign, today):
    """Return the years of the campaign's rounds, the newest first, and the newest in which one has opened."""
    years = list(campaign.rounds.values_list("year").annotate(Min("opens_on")).order_by("-year"))
    begun = [year for year, opens_on in years if opens_on <= today]
    return [year for year, _opens_on in years], next(iter(begun), None)


def still_owing(opened, organisations=None):
    """Return the open forms of a round, of the chosen organisations or of all."""
    forms = opened.forms.open().select_related("obligation", "organisation")
    if organisations is not None:
        forms = forms.filter(organisation__in=Organisation.objects.filter(public_id__in=organisations))
    return forms
