"""What our organisation owes, who owes what, and the list that is handed over with a role."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalition.http import allow, page
from coalition.lists.pages import answer
from coalition.members.models import Organisation
from coalition.obligations import actions, overview
from coalition.obligations.models import Obligation
from coalition.obligations.pages import OUR_DUTIES, WHO_OWES_WHAT

TITLES = (
    ("overdue", _("Overdue")),
    ("week", _("Due within a week")),
    ("later", _("Due later")),
    ("waiting", _("Without a date, not yet due to begin, or waiting for a word")),
)


@allow("owed.see", methods=("GET",))
def owed_home(request):
    """Show what the person's organisations owe: overdue, this week, later, waiting."""
    today = timezone.localdate()
    found = overview.groups(request.user, today)
    return page(
        request,
        "obligations/owed_home.html",
        {
            "groups": [(name, title, found[name]) for name, title in TITLES if found[name]],
            "several": len({*request.user.organisation_ids}) > 1,
            "today": today,
        },
    )


@allow("owed.see", methods=("GET",))
def owed_all(request):
    """List all duties of the person's organisations, closed ones as well."""
    return answer(request, OUR_DUTIES)


@allow("owed.by", methods=("GET",))
def owed_by(request):
    """Show who owes what: organisations × kinds, then the rows."""
    columns, rows = [], []
    if not request.htmx and "format" not in request.GET:
        columns, rows = overview.matrix(request.user, timezone.localdate())
    return answer(
        request,
        WHO_OWES_WHAT,
        "obligations/owed_by.html",
        {
            "kinds": columns,
            "organisations": rows,
            "query": request.GET.urlencode(),
        },
    )


@allow("owed.see")
def hand_over(request, code):
    """Print what an organisation owes, for whoever takes over; give duties named to a leaver to the role."""
    if request.user.is_secretariat:
        organisations = Organisation.objects.visible_to(request.user)
    else:
        organisations = Organisation.objects.filter(pk__in=request.user.filing_organisation_ids)
    organisation = get_object_or_404(organisations, code=code)
    owed = Obligation.objects.visible_to(request.user).open().filter(organisation=organisation).for_list()
    if request.method == "POST":
        leaver = get_object_or_404(organisation.people.distinct(), public_id=request.POST.get("leaver", ""))
        owed = actions.hand_over(organisation=organisation, leaver=leaver, by=request.user)
    duties = list(owed)
    return page(
        request,
        "obligations/hand_over.html",
        {
            "of": organisation,
            "duties": duties,
            "today": timezone.localdate(),
            "named": sorted(
                {duty.person for duty in duties if duty.person}, key=lambda person: person.sort_key
            ),
        },
    )
