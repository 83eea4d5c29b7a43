"""What meetings contribute to reports: follow-up actions and how far they are, and the annual plan."""

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import FollowUpAction, PlanItem
from projects.reports import blocks as b
from projects.reports.registry import register


def follow_ups(scope):
    """What meetings of the period asked for: of the scope's activities, or put on the organisation's ledger."""
    found = FollowUpAction.objects.filter(obligation__archived_at=None).exclude(obligation__state="cancelled")
    if scope.organisation:
        found = found.filter(
            obligation__organisation=scope.organisation,
            point__meeting__activity__starts_on__range=(scope.starts_on, scope.ends_on),
        )
    else:
        found = found.filter(point__meeting__in=scope.activities().held().values("pk"))
    in_order = found.for_list().order_by("point__meeting__activity__starts_on", "obligation__due_on", "pk")
    found = scope.read("follow_ups", in_order)
    if not found:
        return []
    done = [each for each in found if each.obligation.state == "done"]
    rows = [
        [
            each.point.text,
            each.obligation.organisation.name_in(scope.language),
            each.obligation.due_on,
            _state(each.obligation, scope.made_on),
        ]
        for each in found
    ]
    columns = [
        (_("Follow-up action"), "text", 45),
        (_("Organisation"), "text", 25),
        (_("Due"), "date", 12),
        (_("State"), "text", 18),
    ]
    return [
        b.figure(
            len(done),
            _("follow-up actions done, of %(all)s that meetings of the period asked for")
            % {"all": len(found)},
            path=reverse("meetings:action_list"),
            rule=_(
                "Actions in the minutes, once for each organisation that owes them; cancelled ones left out."
            ),
            records=[(each.point.text, each.get_absolute_url()) for each in done],
        ),
        b.table(_("Follow-up actions"), columns, rows),
    ]


def _state(duty, today):
    """Say how far a duty was on the day the report is made."""
    if duty.state == "done" and duty.closed_at:
        return _("done on %(day)s") % {
            "day": formats.date_format(timezone.localtime(duty.closed_at), "SHORT_DATE_FORMAT")
        }
    if duty.state == "open" and duty.due_on and duty.due_on < today:
        return _("overdue")
    return duty.get_state_display()


def annual_plan(scope):
    """What the coalition, or the organisation, had planned for the years of the period, and what became of it."""
    if scope.project or scope.topic:
        return []
    found = PlanItem.objects.filter(year__range=(scope.starts_on.year, scope.ends_on.year))
    if scope.organisation:
        found = found.filter(lead=scope.organisation)
    in_order = found.select_related("pillar", "lead").order_by("year", "pillar__number", "quarter", "pk")
    found = scope.read("annual_plan", in_order)
    if not found:
        return []
    done = [item for item in found if item.state == "done"]
    rows = [
        [
            f"{_quarter(item)}/{item.year}",
            item.title,
            item.lead.name_in(scope.language) if item.lead else None,
            item.get_state_display(),
            item.note or None,
        ]
        for item in found
    ]
    columns = [
        (_("Quarter"), "text", 10),
        (_("What was planned"), "text", 40),
        (_("Lead"), "text", 20),
        (_("State"), "text", 12),
        (_("Note"), "text", 18),
    ]
    path = reverse("meetings:plan_page", args=[scope.ends_on.year])
    return [
        b.figure(
            len(done),
            _("items of the annual plan carried out, of %(all)s") % {"all": len(found)},
            path=path,
            rule=_("Items of the plans of the years that the period touches."),
            records=[(item.title, item.get_absolute_url()) for item in done],
        ),
        b.table(_("Annual plan"), columns, rows, path=path),
    ]


def _quarter(item):
    return dict(PlanItem._meta.get_field("quarter").choices)[item.quarter]


def register_all():
    register("follow_ups", gettext_lazy("Follow-up actions"), follow_ups)
    register("annual_plan", gettext_lazy("Annual plan"), annual_plan)
