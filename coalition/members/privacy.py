"""What each record holds about people, what for, and for how long: the privacy rules as one table.

Every model stands either in RULES or in NOTHING_PERSONAL: a test fails on one that stands in neither, and
on a field about a person that its rule does not name. Children are counts and never appear here. The
periods follow the Law on Personal Data Protection (91/2025/QH15) and Decree 356/2025.
"""

from dataclasses import dataclass

ACCOUNT = "as long as the account; 6 months after leaving it is made nameless"
RECORD = "as long as the record: who wrote it is part of the coalition's history"
DUTY = "5 years after it is met: proof towards donors"
SHORT = "12 months"


@dataclass(frozen=True)
class Rule:
    """What of a model is about a person, what it is for, and how long it is kept."""

    fields: tuple[str, ...]
    purpose: str
    kept: str


RULES = {
    # People themselves
    "members.User": Rule(
        ("email", "full_name", "form_of_address"), "log in, be written to and addressed", ACCOUNT
    ),
    "members.Membership": Rule(("user",), "who may do what for which organisation", ACCOUNT),
    "members.Invitation": Rule(
        ("email", "full_name", "invited_by"), "let a colleague in", "30 days after it ends"
    ),
    "members.Organisation": Rule(("email", "created_by"), "the organisation's public contact", RECORD),
    "lists.SavedView": Rule(("owner",), "one's own way of looking at a list", ACCOUNT),
    "jobs.Job": Rule(("requested_by",), "tell who waits that it is ready", "30 days"),
    # Messages
    "notifications.Message": Rule(
        ("recipient", "to_address", "text_body", "html_body"), "remind and inform", SHORT
    ),
    "notifications.Preference": Rule(("user",), "how one wants to be reminded", ACCOUNT),
    "obligations.CalendarFeed": Rule(("user",), "duties in one's own calendar", "until it is reset"),
    "obligations.Reminder": Rule(("recipient", "nudged_by"), "nobody is reminded twice", SHORT),
    # Who answered for what
    "obligations.Obligation": Rule(
        ("person", "created_by", "closed_by", "confirmed_by"), "who owes what", DUTY
    ),
    "obligations.DueChange": Rule(("by",), "why a date moved", DUTY),
    "campaigns.QuarterlyForm": Rule(
        ("created_by", "submitted_by", "on_behalf_by", "confirmed_by"), "who answers for the form", DUTY
    ),
    "campaigns.FormStep": Rule(("by",), "the history of a form", DUTY),
    "campaigns.FormSnapshot": Rule(("taken_by",), "what was submitted", DUTY),
    "campaigns.CellNote": Rule(("by",), "what to correct in a returned form", DUTY),
    "campaigns.Correction": Rule(("by",), "who corrected an accepted number", DUTY),
    "campaigns.FormImport": Rule(
        ("by",), "who uploaded a workbook", "30 days after it is taken in or dropped"
    ),
    "campaigns.Campaign": Rule(("created_by",), "who wrote it", RECORD),
    "campaigns.Edition": Rule(("created_by",), "who wrote it", RECORD),
    "campaigns.ReportingRound": Rule(("created_by",), "who opened it", RECORD),
    "projects.Project": Rule(("created_by",), "who wrote it", RECORD),
    "projects.Activity": Rule(("created_by",), "who logged it", RECORD),
    "projects.Publication": Rule(("created_by",), "who wrote it", RECORD),
    "projects.PolicyInput": Rule(("created_by",), "who wrote it", RECORD),
    "projects.DonorReport": Rule(("created_by", "finished_by"), "who answers for the report", DUTY),
    # Adults who took part, and who said what in meetings
    "trainings.Course": Rule(("created_by",), "who wrote it", RECORD),
    "trainings.Participant": Rule(("full_name",), "attendance and certificates of adults", DUTY),
    "trainings.Certificate": Rule(("issued_by",), "who answers for a certificate", DUTY),
    "meetings.WorkingGroup": Rule(("created_by",), "who wrote it", RECORD),
    "meetings.Meeting": Rule(("approved_by",), "who approved the minutes", RECORD),
    "meetings.MinutesVersion": Rule(("approved_by",), "who approved the minutes", RECORD),
    "meetings.Attendance": Rule(("represented_by",), "who spoke for an organisation", RECORD),
    "meetings.AgendaItem": Rule(("created_by", "content"), "what was said and by whom", RECORD),
    "meetings.ActionPoint": Rule(("created_by", "person_words"), "who takes an action on", DUTY),
    "meetings.FollowUpAction": Rule(("person_words",), "the person as the minutes name them", DUTY),
    "meetings.NoteDraft": Rule(("user", "content"), "notes that are not lost", "until they are saved, at most 30 days"),
    "meetings.Comment": Rule(("author", "text"), "corrections to minutes", RECORD),
    # Pictures and stories: the dearest of all
    "files.StoredFile": Rule(
        ("created_by",), "evidence of activities", "as its consent says; without one, 30 days"
    ),
    "files.Consent": Rule(
        ("paper_kept_by",), "who keeps the signed paper, at which organisation", "as long as the file"
    ),
}

# Models in which nothing is about a person.
NOTHING_PERSONAL = {
    "campaigns.Answer",
    "campaigns.Challenge",
    "campaigns.ChallengeDay",
    "campaigns.Component",
    "campaigns.Contest",
    "campaigns.FormLine",
    "campaigns.Question",
    "jobs.Heartbeat",
    "members.CoalitionPeriod",
    "members.OrganisationAlias",
    "notifications.Webhook",
    "notifications.WebhookCall",
    "obligations.ReminderRule",
    "projects.Evidence",
    "projects.FundingLine",
    "projects.IndicatorValue",
    "projects.Participation",
    "projects.ProjectIndicator",
    "projects.ProjectPartner",
    "projects.ReportSection",
    "projects.Result",
    "reference.Article",
    "reference.CalendarDay",
    "reference.Cluster",
    "reference.Indicator",
    "reference.IndicatorSet",
    "reference.Observance",
    "reference.Pillar",
    "reference.Province",
    "reference.Recommendation",
    "reference.Region",
    "reference.ReportTemplateSection",
    "trainings.Attendance",
    "trainings.Session",
    "trainings.Test",
    "trainings.Training",
}
