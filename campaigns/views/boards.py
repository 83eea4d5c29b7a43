"""The coordinator's boards: who has filed, with one button to nudge and one to accept."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import ngettext

from campaigns import actions, boards
from campaigns.models import Campaign
from campaigns.views.loading import round_for, whole_number
from coalition.http import allow, page
from coalition.members.models import Organisation
from coalition.records import new_client_uuid


@allow("owed.by", methods=("GET",))
def campaign_board(request, public_id):
    """Show members × quarters of one year of a campaign as a heat map of words."""
    campaign = get_object_or_404(Campaign.objects.visible_to(request.user), public_id=public_id)
    today = timezone.localdate()
    years, newest = boards.years_of(campaign, today)
    wanted = {str(known): known for known in years}.get(request.GET.get("year", ""))
    year = wanted or newest or next(iter(years), None)
    context = {
        "campaign": campaign,
        "years": years,
        "year": year,
        "today": today,
        "q": request.GET.get("q", ""),
    }
    if year:
        context |= boards.board(campaign, year, today, request.GET)
    return page(request, "campaigns/campaign_board.html", context)


@allow("owed.by", methods=("GET",))
def round_page(request, public_id):
    """Show who has filed and who has not; of a round to come, when it opens."""
    opened = round_for(request.user, public_id)
    today = timezone.localdate()
    context = {
        "round": opened,
        "today": today,
        "q": request.GET.get("q", ""),
        "client_uuid": new_client_uuid(),
        **boards.round_board(opened, today, request.GET),
    }
    if opened.opens_on > today:
        context["members"] = Organisation.objects.members_on(opened.opens_on).count()
    return page(request, "campaigns/round_page.html", context)


@allow("owed.nudge", methods=("POST",))
def round_nudge(request, public_id):
    """Remind the ticked organisations, or all that still owe, of their form."""
    opened = round_for(request.user, public_id)
    ticked = request.POST.getlist("organisation")
    owing = boards.still_owing(opened, ticked or None)
    now = timezone.now()
    told = actions.nudge(
        owing,
        by=request.user,
        note=request.POST.get("note", "")[:300],
        now=now,
        today=timezone.localdate(),
        key=request.POST.get("client_uuid", "")[:40] or f"{opened.public_id}-{now:%Y%m%d%H%M}",
    )
    messages.info(
        request,
        ngettext("%(number)s person is reminded.", "%(number)s people are reminded.", told)
        % {"number": told},
    )
    return redirect(opened)


@allow("form.review", methods=("POST",))
def round_accept(request, public_id):
    """Accept the ticked forms that wait for it, each if it is still the submission that was shown."""
    opened = round_for(request.user, public_id)
    ticked = {}
    for value in request.POST.getlist("form"):
        form_id, _dot, revision = value.partition(".")
        ticked[form_id] = whole_number(revision)
    forms = opened.forms.filter(public_id__in=ticked)
    accepted = actions.accept_many(
        [form for form in forms if form.revision == ticked[form.public_id]], by=request.user
    )
    messages.info(
        request,
        ngettext("%(number)s form accepted.", "%(number)s forms accepted.", accepted) % {"number": accepted},
    )
    return redirect(opened)
