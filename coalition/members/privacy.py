"""Every field about a person: why it is kept and for how long. A test fails on a model without a rule here.

The law is Law 91/2025/QH15 on the protection of personal data and Decree 356/2025/NĐ-CP. No model
holds an identifiable child: children are counts. No access log is kept; the web server's own log
should be set to a short time (docs/operations.md). "While it serves" ends when the record's purpose ends.
"""

from dataclasses import dataclass

ACCOUNT = "While the account is open; name and address are replaced six months after the last role ended."
RECORD = "As long as the record: the coalition must be able to say who wrote what."
OUTBOX = "A year after it was sent, as proof that a reminder was given."


@dataclass(frozen=True)
class Rule:
    """Why the personal `fields` of a model are kept, and how long."""

    fields: tuple[str, ...]
    purpose: str
    kept: str


def _written_by(*fields):
    return Rule(fields, "Who wrote, changed or decided this; shown in its history.", RECORD)


RULES = {
    # People and organisations
    "members.User": Rule(
        ("email", "full_name", "form_of_address", "language", "last_login", "sort_key", "search"),
        "Logging in, addressing a person politely in letters, showing who holds which role.",
        ACCOUNT,
    ),
    "members.Membership": Rule(
        ("user", "role", "starts_on", "ends_on"),
        "Which role a person holds in which organisation: rights and duties follow from it.",
        RECORD,
    ),
    "members.Invitation": Rule(
        ("email", "full_name", "invited_by"),
        "Letting one invited person in, once.",
        "A year after it was accepted, withdrawn or ran out.",
    ),
    "members.Organisation": Rule(
        ("email", "created_by"), "Writing to an organisation; who entered it.", RECORD
    ),
    # Files
    "files.StoredFile": Rule(
        ("created_by", "original_name", "caption"),
        "Who handed the file in, and what it shows; metadata of photos are removed when they arrive.",
        "As long as the record it belongs to; photos without consent never leave the coalition.",
    ),
    "files.Consent": Rule(
        ("paper_kept_by",),
        "Who holds the signed paper; the portal itself holds no name of a child or parent.",
        "As long as the file, and five years as proof after withdrawal.",
    ),
    # Lists, jobs, messages
    "lists.SavedView": Rule(("owner",), "Whose saved view of a list it is.", ACCOUNT),
    "jobs.Job": Rule(("requested_by",), "Whom to tell when long work is done.", "30 days."),
    "notifications.Message": Rule(
        ("recipient", "to_address", "subject", "text_body", "html_body"), "What was told to whom, and when.", OUTBOX
    ),
    "notifications.Preference": Rule(("user",), "How often a person wants to be reminded.", ACCOUNT),
    # Duties
    "obligations.Obligation": Rule(
        ("created_by", "person", "closed_by", "confirmed_by"),
        "Who took a duty on by name, and who closed it.",
        RECORD,
    ),
    "obligations.DueChange": _written_by("by"),
    "obligations.Reminder": Rule(("recipient", "nudged_by"), "Who was reminded of what, once.", OUTBOX),
    "obligations.CalendarFeed": Rule(("user",), "Whose calendar feed it is; it can be reset.", ACCOUNT),
    # Projects and the log
    "projects.Project": _written_by("created_by"),
    "projects.Activity": _written_by("created_by"),
    "projects.Publication": _written_by("created_by"),
    "projects.PolicyInput": _written_by("created_by"),
    "projects.DonorReport": _written_by("created_by", "finished_by"),
    "projects.ReportLetter": Rule(
        ("created_by", "signer_name"), "Who signs the letter to a donor, and who wrote it.", RECORD
    ),
    # Trainings
    "trainings.Course": _written_by("created_by"),
    "trainings.Training": Rule(
        ("trainers",), "Who taught: organisations, or adults who agreed to be named.", RECORD
    ),
    "trainings.Participant": Rule(
        ("full_name", "organisation", "sex", "group", "sort_key"),
        "Attendance of adults, for certificates and for counting each person once.",
        "Five years after the training, as donors ask; the counts stay.",
    ),
    "trainings.Attendance": Rule(("participant",), "Who came to which session.", "As the participant."),
    "trainings.Test": Rule(
        ("participant", "before", "after"), "What a training changed; shown as averages.", "As the participant."
    ),
    "trainings.Certificate": Rule(
        ("participant", "number", "issued_by"), "Proof of attendance on request.", "As the participant."
    ),
    # Campaigns and forms
    "campaigns.Campaign": _written_by("created_by"),
    "campaigns.Edition": _written_by("created_by"),
    "campaigns.ReportingRound": _written_by("created_by"),
    "campaigns.QuarterlyForm": _written_by("created_by", "submitted_by", "on_behalf_by", "confirmed_by"),
    "campaigns.FormStep": _written_by("by"),
    "campaigns.FormSnapshot": _written_by("taken_by"),
    "campaigns.CellNote": _written_by("by"),
    "campaigns.Correction": _written_by("by"),
    "campaigns.FormImport": _written_by("by"),
    # Meetings
    "meetings.WorkingGroup": _written_by("created_by"),
    "meetings.Meeting": _written_by("approved_by"),
    "meetings.Attendance": Rule(
        ("represented_by",), "Who spoke for an organisation in a meeting.", "As long as the minutes."
    ),
    "meetings.AgendaItem": _written_by("created_by"),
    "meetings.NoteDraft": Rule(("user",), "Notes of a person that are not saved yet.", "Until they are saved."),
    "meetings.Comment": _written_by("author"),
    "meetings.MinutesVersion": _written_by("approved_by"),
    "meetings.ActionPoint": Rule(
        ("created_by", "person_words"), "Who was asked to do something, as the minutes say it.", RECORD
    ),
    "meetings.FollowUpAction": Rule(
        ("person_words",), "Who was asked to do something, as the minutes say it.", "As long as the minutes."
    ),
    "meetings.Call": _written_by("created_by"),
    "meetings.Answer": _written_by("created_by"),
    "meetings.Vote": _written_by("by"),
    "meetings.WaitingMatter": _written_by("created_by"),
    "meetings.GroupFeed": Rule(("user",), "Whose calendar feed of a group it is; it can be reset.", ACCOUNT),
    "meetings.PlanItem": _written_by("created_by"),
}  # fmt: skip

NOTHING_PERSONAL = {
    "meetings.CallDuty",
    "reference.Region", "reference.Province", "reference.Cluster", "reference.Article",
    "reference.Recommendation", "reference.IndicatorSet", "reference.Indicator", "reference.Pillar",
    "reference.CalendarDay", "reference.Observance", "reference.ReportTemplateSection",
    "members.OrganisationAlias", "members.CoalitionPeriod",
    "jobs.Heartbeat", "notifications.Webhook", "notifications.WebhookCall", "obligations.ReminderRule",
    "projects.FundingLine", "projects.BudgetLine", "projects.ProjectPartner", "projects.Evidence",
    "projects.Participation", "projects.CountsVersion", "projects.LinesVersion", "projects.DownloadCount",
    "projects.ReportSection", "projects.Result", "projects.ProjectIndicator", "projects.IndicatorValue",
    "trainings.Session",
    "campaigns.Component", "campaigns.Challenge", "campaigns.ChallengeDay", "campaigns.Contest",
    "campaigns.Question", "campaigns.FormLine", "campaigns.FormPhoto", "campaigns.Answer",
}  # fmt: skip
