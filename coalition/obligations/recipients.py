"""Who answers for a duty today: the same people as the planner's statement tells, for pages and nudges."""

from collections import defaultdict

from coalition.members import roles
from coalition.members.models import Membership
from coalition.obligations.models import ReminderRule


def of_duties(duties, today, audience=ReminderRule.Audience.ROLE):
    """Return {duty's pk: [people]}: the named person, else the role, else the coordinators. One statement.

    For the audience "head": the heads of the organisation and the coordinators.
    """
    duties = list(duties)
    holders, belonging, coordinators = _held({duty.organisation_id for duty in duties}, today)
    told = {}
    for duty in duties:
        if audience == ReminderRule.Audience.HEAD:
            told[duty.pk] = holders.get((duty.organisation_id, "head"), []) + coordinators
        elif duty.person_id and (duty.organisation_id, duty.person_id) in belonging:
            told[duty.pk] = [belonging[duty.organisation_id, duty.person_id]]
        else:
            told[duty.pk] = holders.get((duty.organisation_id, duty.role)) or coordinators
    return told


def _held(organisations, today):
    found = Membership.objects.in_force(today).filter(user__is_active=True).select_related("user")
    found = found.filter(organisation__in=organisations) | found.filter(role=roles.COORDINATOR)
    holders, belonging, coordinators = defaultdict(list), {}, []
    for membership in found.order_by("user__sort_key", "pk"):
        person, organisation = membership.user, membership.organisation_id
        if organisation in organisations:
            belonging[organisation, person.pk] = person
            for role in (membership.role, "head") if membership.is_head else (membership.role,):
                if person not in holders[organisation, role]:
                    holders[organisation, role].append(person)
        if membership.role == roles.COORDINATOR and person not in coordinators:
            coordinators.append(person)
    return holders, belonging, coordinators
