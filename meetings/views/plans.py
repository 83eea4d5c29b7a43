"""The annual plan: the year on one page, and the form of one item."""

from django import forms
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalition.forms import RecordForm
from coalition.http import allow, page
from coalition.members.models import Organisation
from meetings.models import ActionPoint, Call, PlanItem
from projects.models import Activity

YEARS = range(2000, 2101)


class PlanItemForm(RecordForm):
    """An item of the plan; what may carry it out is of its year."""

    class Meta:
        model = PlanItem
        fields = [
            "pillar", "title", "lead", "partners", "quarter", "month", "state", "note", "activities", "points", "calls",
        ]  # fmt: skip
        widgets = dict.fromkeys(("partners", "activities", "points", "calls"), forms.CheckboxSelectMultiple)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        year = self.instance.year
        organisations = Organisation.objects.members_on(timezone.localdate()).in_order()
        self.fields["lead"].queryset = self.fields["partners"].queryset = organisations
        together = [(organisation.pk, str(organisation)) for organisation in organisations]
        self.fields["partners"].choices = together
        self.fields["lead"].choices = [("", "---------"), *together]
        self.fields["activities"].queryset = (
            Activity.objects.visible_to(user).filter(starts_on__year=year).order_by("-starts_on", "-pk")[:60]
        )
        if self.is_bound:
            self.fields["activities"].queryset = Activity.objects.visible_to(user).filter(
                starts_on__year=year
            )
        self.fields["points"].queryset = ActionPoint.objects.visible_to(user).filter(
            meeting__activity__starts_on__year=year
        )
        self.fields["calls"].queryset = Call.objects.visible_to(user).filter(closes_on__year=year)
        self.fields["month"].help_text = _("Empty: some time in the quarter.")


@allow("meeting.see", methods=("GET",))
def plan_now(request):
    """Lead to this year's plan."""
    return redirect("meetings:plan_page", timezone.localdate().year)


@allow("meeting.see", methods=("GET",))
def plan_page(request, year):
    """Show the year on one page: pillars, quarters, states, and what carries each item out."""
    if year not in YEARS:
        raise Http404
    items = PlanItem.objects.visible_to(request.user).of_year(year)
    items = list(items.prefetch_related("partners", *_carrying_out(request.user)))
    pillars = {}
    for item in items:
        pillars.setdefault(item.pillar, []).append(item)
    counts = [(label, sum(item.state == state for item in items)) for state, label in PlanItem.State.choices]
    return page(request, "meetings/plan_page.html", {
        "year": year, "before": year - 1, "after": year + 1, "pillars": list(pillars.items()), "counts": counts,
    })  # fmt: skip


def _carrying_out(user):
    """Return what carries items out, as far as this person may see it."""
    points = ActionPoint.objects.visible_to(user).select_related("meeting__activity")
    return (
        Prefetch("activities", Activity.objects.visible_to(user)),
        Prefetch("points", points),
        Prefetch("calls", Call.objects.visible_to(user)),
    )


@allow("meeting.see", methods=("GET",))
def plan_board(request, year):
    """Show the year as a board: what is planned, under way, done, moved."""
    if year not in YEARS:
        raise Http404
    items = list(PlanItem.objects.visible_to(request.user).of_year(year).prefetch_related("partners"))
    columns = [
        (state, label, [item for item in items if item.state == state])
        for state, label in PlanItem.State.choices
    ]
    return page(
        request,
        "meetings/plan_board.html",
        {"year": year, "before": year - 1, "after": year + 1, "columns": columns, "has_items": bool(items)},
    )


@allow("meeting.edit", methods=("POST",))
def plan_item_state(request, public_id):
    """Move an item to another column of the board."""
    item = get_object_or_404(PlanItem.objects.editable_by(request.user), public_id=public_id)
    state = request.POST.get("state")
    if state in PlanItem.State.values and state != item.state:
        item.state = state
        item.save()
    return redirect(f"{reverse('meetings:plan_board', args=[item.year])}#plan-{item.public_id}")


@allow("meeting.edit")
def plan_item_new(request, year):
    """Add an item to the plan of a year."""
    if year not in YEARS:
        raise Http404
    return _form(request, PlanItem(year=year))


@allow("meeting.edit")
def plan_item_edit(request, public_id):
    """Change an item of the plan, or say how far it is."""
    return _form(request, get_object_or_404(PlanItem.objects.editable_by(request.user), public_id=public_id))


def _form(request, item):
    form = PlanItemForm(request.POST or None, instance=item, user=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect(form.save(by=request.user))
    return page(request, "meetings/plan_item_form.html", {"form": form, "item": item, "year": item.year})
