"""Campaigns, their editions and what these are made of; the page that everybody may read."""

from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from campaigns import actions, public_figures
from campaigns.forms import CampaignForm, ComponentForm, EditionForm
from campaigns.lists import CAMPAIGNS
from campaigns.models import Campaign, Edition, QuarterlyForm
from coalition import history
from coalition.http import allow, page, public
from coalition.lists.pages import answer
from projects.models import Activity


@allow("campaign.see", methods=("GET",))
def campaign_list(request):
    """List the coalition's campaigns."""
    return answer(request, CAMPAIGNS, template="campaigns/campaign_list.html")


@allow("campaign.see", methods=("GET",))
def campaign_page(request, public_id):
    """Show a campaign: message, runs, rounds."""
    campaign = get_object_or_404(
        Campaign.objects.visible_to(request.user).select_related("lead"), public_id=public_id
    )
    context = {
        "campaign": campaign,
        "editions": campaign.editions.annotate(number=Count("activities")).order_by("-starts_on", "pk"),
        "rounds": campaign.rounds.annotate(number=Count("forms")).order_by("-year", "-quarter"),
        "my_forms": _my_forms(campaign, request.user),
        "projects": campaign.projects.visible_to(request.user).order_by("-starts_on", "pk"),
        "history": history.rows(campaign, request.user),
        "today": timezone.localdate(),
    }
    return page(request, "campaigns/campaign_page.html", context)


def _my_forms(campaign, user):
    """Return the forms of this person's own organisations, one a round."""
    return list(QuarterlyForm.objects.of(user.organisation_ids).filter(round__campaign=campaign))


@allow("campaign.edit")
def campaign_new(request):
    """Add a campaign."""
    return _edit(request, CampaignForm(request.POST or None))


@allow("campaign.edit")
def campaign_edit(request, public_id):
    """Change a campaign."""
    campaign = get_object_or_404(Campaign.objects.editable_by(request.user), public_id=public_id)
    return _edit(request, CampaignForm(request.POST or None, instance=campaign))


@allow("campaign.edit")
def edition_new(request, public_id):
    """Add a run to a campaign."""
    campaign = get_object_or_404(Campaign.objects.editable_by(request.user), public_id=public_id)
    return _edit(request, EditionForm(request.POST or None, campaign=campaign), campaign)


@allow("campaign.edit")
def edition_edit(request, public_id):
    """Change a run of a campaign."""
    edition = get_object_or_404(Edition.objects.editable_by(request.user), public_id=public_id)
    return _edit(request, EditionForm(request.POST or None, instance=edition), edition.campaign)


def _edit(request, typed, campaign=None):
    if request.method == "POST" and typed.is_valid():
        return redirect(typed.save(by=request.user))
    context = {"typed": typed, "campaign": campaign, "record": typed.instance}
    return page(request, "campaigns/record_edit.html", context, status=422 if typed.is_bound else None)


@allow("campaign.see", methods=("GET",))
def edition_page(request, public_id):
    """Show a run: its story, challenge, festival days, and its activities in the log."""
    edition = get_object_or_404(
        Edition.objects.visible_to(request.user).select_related("campaign"), public_id=public_id
    )
    activities = edition.activities.visible_to(request.user).filter(archived_at=None)
    context = {
        "edition": edition,
        "components": _components(edition),
        "activities": activities.select_related("lead", "province").order_by("-starts_on", "pk")[:200],
        "candidates": _candidates(edition, request.user),
        "today": timezone.localdate(),
    }
    return page(request, "campaigns/edition_page.html", context)


def _components(edition):
    return (
        edition.components.select_related("challenge", "contest", "activity")
        .prefetch_related("challenge__tasks")
        .order_by("order", "pk")
    )


def _candidates(edition, user):
    """Return activities of the run's time that this person may tag and that are not tagged yet."""
    found = Activity.objects.editable_by(user).filter(starts_on__gte=edition.starts_on)
    if edition.ends_on:
        found = found.filter(starts_on__lte=edition.ends_on)
    return found.exclude(editions=edition).select_related("lead").order_by("-starts_on", "pk")[:30]


@allow("activity.log", methods=("POST",))
def edition_tag(request, public_id):
    """Say that an activity belongs to this run, or (with `remove`) that it does not."""
    edition = get_object_or_404(Edition.objects.visible_to(request.user), public_id=public_id)
    activity = get_object_or_404(
        Activity.objects.editable_by(request.user), public_id=request.POST.get("activity", "")
    )
    change = actions.untag if request.POST.get("remove") else actions.tag
    change(edition, activity, by=request.user)
    return redirect(edition)


@allow("campaign.edit")
def component_new(request, public_id):
    """Add a challenge, festival day, training, dialogue, contest or media work to a run."""
    edition = get_object_or_404(Edition.objects.editable_by(request.user), public_id=public_id)
    typed = ComponentForm(request.POST or None)
    if request.method == "POST" and typed.is_valid():
        typed.save(edition)
        return redirect(edition)
    context = {"typed": typed, "edition": edition}
    return page(request, "campaigns/component_edit.html", context, status=422 if typed.is_bound else None)


@public()
def campaign_public(request, code):
    """Show a campaign to everybody: message, challenge, and figures in which no small group shows."""
    campaign = get_object_or_404(Campaign.objects.open_to_the_public().select_related("lead"), code=code)
    editions = list(
        campaign.editions.order_by("-starts_on", "pk").prefetch_related(
            "components__challenge__tasks", "components__contest"
        )
    )
    context = {"campaign": campaign, "editions": editions, "figures": public_figures.of(campaign)}
    return page(request, "campaigns/campaign_public.html", context)
