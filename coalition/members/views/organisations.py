"""The coalition's address book: organisations under all their names, their people and periods."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition import history
from coalition.http import allow, page
from coalition.lists.pages import Choices, Column, Flag, ListPage, answer
from coalition.members import actions
from coalition.members.forms import CoalitionPeriodFormSet, MergeForm, OrganisationForm
from coalition.members.models import CoalitionPeriod, Membership, Organisation


def member_since(organisations):
    """Return {id: first day of the period in force today} for those who are members now."""
    today = timezone.localdate()
    periods = CoalitionPeriod.objects.in_force(today).filter(organisation__in=organisations)
    return dict(periods.order_by("-starts_on").values_list("organisation", "starts_on"))


def focal_points(organisations):
    """Return {id: names of the focal points of today}."""
    found = {}
    held = Membership.objects.in_force(timezone.localdate()).filter(
        organisation__in=organisations, role="focal"
    )
    for membership in held.select_related("user").order_by("user__sort_key", "pk"):
        found.setdefault(membership.organisation_id, []).append(str(membership.user))
    return found


def only_members(organisations, values):
    members = Organisation.objects.members_on(timezone.localdate()).values("pk")
    if set(values) == {True}:
        return organisations.filter(pk__in=members)
    return organisations if len(set(values)) == 2 else organisations.exclude(pk__in=members)


ORGANISATIONS = ListPage(
    name="organisations",
    title=gettext_lazy("Organisations"),
    lead=gettext_lazy("Everybody the coalition works with, under all their names."),
    rows=Organisation.objects.visible_to,
    columns=[
        Column("name", gettext_lazy("Name"), "name", sort="sort_key", is_main=True),
        Column("short", gettext_lazy("Short name"), "short_name"),
        Column("kind", gettext_lazy("Kind"), "get_kind_display", sort="kind"),
        Column("since", gettext_lazy("Member since"), load=member_since),
        Column("focal", gettext_lazy("Focal point"), load=focal_points),
        Column("code", gettext_lazy("Code"), "code", sort="code", is_shown=False),
        Column("website", gettext_lazy("Website"), "website", is_shown=False),
    ],
    filters=[
        Choices("kind", gettext_lazy("Kind"), choices=Organisation.Kind.choices),
        Flag("member", gettext_lazy("Member of the coalition"), narrow=only_members),
    ],
    default_sort="name",
    search_hint=gettext_lazy("Name, short name or another name"),
    empty_title=gettext_lazy("No organisation yet"),
    empty_text=gettext_lazy("Write down the first one: activities, duties and people belong to one."),
    empty_action=(gettext_lazy("Add an organisation"), "members:organisation_new", "organisation.edit_all"),
)


@allow("organisation.see", methods=("GET",))
def organisation_list(request):
    """Show the organisations, to be searched by any of their names."""
    return answer(request, ORGANISATIONS, template="members/organisation_list.html")


@allow("organisation.see", methods=("GET",))
def organisation_page(request, public_id):
    """Show one organisation; one that was merged leads to the one that stayed."""
    everything = Organisation.everything.visible_to(request.user).select_related("merged_into")
    organisation = get_object_or_404(everything, public_id=public_id)
    if organisation.merged_into:
        return redirect(organisation.merged_into)
    today = timezone.localdate()
    shows_people = bool(request.user.organisation_ids)
    people = Membership.objects.none()
    if shows_people:
        people = organisation.memberships.in_force(today).filter(user__is_active=True).select_related("user")
    return page(
        request,
        "members/organisation_page.html",
        {
            "organisation": organisation,
            "aliases": organisation.aliases.order_by("pk"),
            "periods": organisation.coalition_periods.order_by("starts_on", "pk"),
            "people": people.order_by("user__sort_key", "pk"),
            "shows_people": shows_people,
            "shows_addresses": request.user.is_secretariat
            or organisation.pk in request.user.organisation_ids,
            "is_editable": _is_editable(request.user, organisation),
            "today": today,
            "history": history.rows(organisation, request.user) if shows_people else [],
        },
    )


@allow("organisation.edit_all")
def organisation_new(request):
    """Add an organisation to the address book."""
    form = OrganisationForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        organisation = _save(form, None, request.user)
        messages.success(
            request, _("%(organisation)s is in the address book.") % {"organisation": organisation}
        )
        return redirect(organisation)
    return page(request, "members/organisation_edit.html", {"form": form})


@allow("organisation.edit")
def organisation_edit(request, public_id):
    """Change what is known of an organisation, and its other names."""
    organisation = get_object_or_404(Organisation.objects.editable_by(request.user), public_id=public_id)
    form = OrganisationForm(request.POST or None, instance=organisation, by=request.user)
    periods = None
    if request.user.has_right("organisation.edit_all"):
        periods = CoalitionPeriodFormSet(request.POST or None, instance=organisation, prefix="periods")
    if request.method == "POST" and form.is_valid() and (periods is None or periods.is_valid()):
        _save(form, periods, request.user)
        messages.success(request, _("Saved."))
        return redirect(organisation)
    return page(
        request,
        "members/organisation_edit.html",
        {
            "form": form,
            "periods": periods,
            "organisation": organisation,
        },
    )


@allow("organisation.edit_all")
def organisation_merge(request, public_id):
    """Say that two entries are one organisation."""
    organisation = get_object_or_404(Organisation.objects.editable_by(request.user), public_id=public_id)
    form = MergeForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        actions.merge(organisation=organisation, into=into, by=request.user)
        messages.success(
            request, _("%(one)s is now part of %(other)s.") % {"one": organisation, "other": into}
        )
        return redirect(into)
    return page(request, "members/organisation_merge.html", {"form": form, "organisation": organisation})


@allow("organisation.edit_all", methods=("POST",))
def organisation_archive(request, public_id):
    """Take an organisation out of the lists, or bring it back."""
    everything = Organisation.everything.editable_by(request.user).filter(merged_into=None)
    organisation = get_object_or_404(everything, public_id=public_id)
    if organisation.archived_at:
        organisation.restore()
        messages.success(
            request, _("%(organisation)s is back in the lists.") % {"organisation": organisation}
        )
    else:
        organisation.archive()
        messages.success(request, _("%(organisation)s is in the archive.") % {"organisation": organisation})
    return redirect(organisation)


@transaction.atomic
def _save(form, periods, user):
    names = form.cleaned_data["aliases"]
    form.instance.other_names = "; ".join(names)
    organisation = form.save(by=user)
    actions.set_aliases(organisation=organisation, names=names)
    if periods is not None:
        periods.save()
    return organisation


def _is_editable(user, organisation):
    if organisation.archived_at or not user.has_right("organisation.edit"):
        return False
    return user.has_right("organisation.edit_all") or organisation.pk in user.filing_organisation_ids
