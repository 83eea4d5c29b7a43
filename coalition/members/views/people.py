"""Who holds which role, since when, and who takes over: pages for coordinators."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from coalition.http import allow, page
from coalition.lists.pages import Choices, Column, Flag, ListPage, Related, answer
from coalition.members import actions, roles
from coalition.members.confirming import confirmed
from coalition.members.forms import HandOverForm, RoleForm
from coalition.members.models import Membership, Organisation, User


def roles_today(people):
    """Return {id: ["Focal point, Plan", …]} for the roles held today."""
    found = {}
    held = Membership.objects.in_force(timezone.localdate()).filter(user__in=people)
    for membership in held.select_related("organisation").order_by("pk"):
        words = f"{membership.get_role_display()}, {membership.organisation}"
        found.setdefault(membership.user_id, []).append(words)
    return found


def second_factors(people):
    """Return {id: True} for people who use a second step at log-in."""
    return dict.fromkeys(
        User.objects.filter(pk__in=people, authenticator__isnull=False).values_list("pk", flat=True), True
    )


def people_with_role(people, values):
    held = Membership.objects.in_force(timezone.localdate()).filter(role__in=values)
    return people.filter(pk__in=held.values("user"))


def people_of(people, values):
    held = Membership.objects.in_force(timezone.localdate())
    chosen = [value for value in values if not isinstance(value, str)]
    return people.filter(pk__in=held.filter(organisation__in=chosen).values("user"))


PEOPLE = ListPage(
    name="people",
    title=pgettext_lazy("accounts", "People"),
    lead=gettext_lazy("Everybody who can log in, and the roles they hold."),
    rows=lambda user: User.objects.all() if user.has_right("member.edit") else User.objects.none(),
    columns=[
        Column("name", gettext_lazy("Name"), str, sort="sort_key", is_main=True),
        Column("email", gettext_lazy("E-mail"), "email", sort="email"),
        Column("roles", gettext_lazy("Roles"), load=roles_today),
        Column("login", gettext_lazy("Last log-in"), "last_login", sort="last_login"),
        Column("second", gettext_lazy("Second step"), load=second_factors, is_shown=False),
        Column("active", gettext_lazy("May log in"), "is_active", is_shown=False),
    ],
    filters=[
        Choices("role", gettext_lazy("Role"), choices=roles.CHOICES, narrow=people_with_role),
        Related(
            "org",
            gettext_lazy("Organisation"),
            narrow=people_of,
            rows=lambda user: (
                Organisation.objects.visible_to(user).filter(memberships__isnull=False).distinct().in_order()
            ),
        ),
        Flag("active", gettext_lazy("May log in"), "is_active"),
    ],
    default_sort="name",
    search=lambda people, query: people.search(query),
    empty_title=gettext_lazy("Nobody yet"),
)


@allow("member.edit", methods=("GET",))
def person_list(request):
    """Show everybody who can log in."""
    return answer(request, PEOPLE, template="members/person_list.html")


@allow("member.edit", methods=("GET",))
def person_page(request, public_id):
    """Show one person's roles, now and before."""
    person = get_object_or_404(User, public_id=public_id)
    return page(
        request,
        "members/person_page.html",
        {
            "person": person,
            "memberships": person.memberships.select_related("organisation").order_by("-starts_on", "-pk"),
            "has_second_factor": person.authenticator_set.exists(),
            "today": timezone.localdate(),
        },
    )


@allow("member.edit")
@confirmed
def role_give(request, public_id):
    """Give a person a role in an organisation."""
    person = get_object_or_404(User, public_id=public_id)
    form = RoleForm(request.POST or None, instance=Membership(user=person))
    if request.method == "POST" and form.is_valid():
        membership = form.save()
        messages.success(request, _("%(role)s: saved.") % {"role": membership})
        return redirect(person)
    return page(request, "members/role_give.html", {"form": form, "person": person})


@allow("member.edit")
@confirmed
def role_end(request, public_id, role):
    """End a role; the person keeps the account."""
    membership = _membership(public_id, role)
    if request.method == "POST":
        actions.end_role(membership=membership, today=timezone.localdate())
        messages.success(request, _("%(role)s: ended.") % {"role": membership})
        return redirect(membership.user)
    return page(
        request,
        "confirm.html",
        {
            "question": _("End this role: %(role)s?") % {"role": membership},
            "consequences": _(
                "The person keeps the account, but no longer sees or does anything in this role."
            ),
            "yes": _("End the role"),
            "back": membership.user.get_absolute_url(),
        },
    )


@allow("member.edit")
@confirmed
def role_hand_over(request, public_id, role):
    """Let somebody else of the organisation take a role over; its duties follow."""
    membership = _membership(public_id, role)
    form = HandOverForm(request.POST or None, membership=membership)
    if request.method == "POST" and form.is_valid():
        actions.hand_over(membership=membership, by=request.user, **form.cleaned_data)
        messages.success(
            request,
            _("%(person)s takes over on %(day)s; the duties follow the role.")
            % {
                "person": form.cleaned_data["successor"],
                "day": f"{form.cleaned_data['starts_on']:%d/%m/%Y}",
            },
        )
        return redirect(membership.user)
    return page(request, "members/role_hand_over.html", {"form": form, "membership": membership})


@allow("member.edit", methods=("POST",))
@confirmed
def person_suspend(request, public_id):
    """Close an account, or open it again. Sessions end at once."""
    person = get_object_or_404(User, public_id=public_id)
    if person == request.user:
        messages.error(request, _("You cannot close your own account."))
        return redirect(person)
    person.is_active = not person.is_active
    person.save(update_fields=["is_active"])
    words = _("%(person)s can log in again.") if person.is_active else _("%(person)s can no longer log in.")
    messages.success(request, words % {"person": person})
    return redirect(person)


def _membership(public_id, role):
    today = timezone.localdate()
    found = Membership.objects.select_related("user", "organisation").filter(
        pk=role, user__public_id=public_id
    )
    membership = found.first()
    if membership is None or (membership.ends_on and membership.ends_on < today):
        raise Http404
    return membership
