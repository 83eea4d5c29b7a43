"""Who is in the coalition: people, organisations, and the roles that tie them together."""

from coalition.members.models.organisation import CoalitionPeriod, Organisation, OrganisationAlias
from coalition.members.models.user import Invitation, Membership, User

__all__ = ["CoalitionPeriod", "Invitation", "Membership", "Organisation", "OrganisationAlias", "User"]
