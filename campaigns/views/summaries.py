"""What a quarter came to: its summary, beside an earlier quarter, and as a workbook."""

from django.http import Http404
from django.utils import timezone

from campaigns import comparisons, exports, summaries
from campaigns.models import ReportingRound
from campaigns.views.loading import round_for
from coalition.http import allow, download, page
from coalition.text import slug

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allow("form.see", methods=("GET",))
def round_summary(request, public_id):
    """Sum up what members reported in a quarter; made to be printed."""
    opened = round_for(request.user, public_id)
    mine = None if request.user.is_secretariat else opened.forms.visible_to(request.user).first()
    context = {"round": opened, "mine": mine, **summaries.summary(opened, request.user)}
    return page(request, "campaigns/round_summary.html", context)


@allow("owed.by", methods=("GET",))
def round_compare(request, public_id):
    """Show a quarter beside an earlier one of the same campaign: the one before, or the one chosen."""
    opened = round_for(request.user, public_id)
    earlier = list(ReportingRound.objects.before(opened).order_by("-year", "-quarter"))
    wanted = request.GET.get("with")
    chosen = next((each for each in earlier if wanted in (None, "", each.public_id)), None)
    if wanted and chosen is None:
        raise Http404
    context = {
        "round": opened,
        "earlier": earlier,
        "chosen": chosen,
        "rows": comparisons.compare(chosen, opened, request.user) if chosen else [],
    }
    return page(request, "campaigns/round_compare.html", context)


@allow("owed.by", methods=("GET",))
def round_export(request, public_id):
    """Give the quarter as a workbook: one sheet a row an activity, one a row an organisation."""
    opened = round_for(request.user, public_id)
    name = f"{slug(opened.campaign.code)}-{opened.period.code}.xlsx"
    return download(exports.workbook(opened, timezone.localdate()), name, XLSX)
