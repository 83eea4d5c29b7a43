"""Who may do what. One line a right; a manager can read it, and nothing else decides it.

What of the data a person sees under a right is in each model's `visible_to` and `editable_by`.
"""

from django.utils.translation import gettext_lazy as _

COORDINATOR = "coordinator"  # secretariat: sees who owes what, accepts forms, sends reports
STAFF = "staff"  # secretariat: logs activities, takes minutes, runs trainings and campaigns
FOCAL = "focal"  # a member's focal point: answers for what the organisation owes, submits forms
CONTRIBUTOR = "contributor"  # a member's colleague: logs activities, prepares forms
VIEWER = "viewer"  # a member's reader
DONOR = "donor"  # reads the projects it funds and their finished reports

ORDER = [COORDINATOR, STAFF, FOCAL, CONTRIBUTOR, VIEWER, DONOR]
CHOICES = [
    (COORDINATOR, _("Coordinator")),
    (STAFF, _("Secretariat staff")),
    (FOCAL, _("Focal point")),
    (CONTRIBUTOR, _("Contributor")),
    (VIEWER, _("Viewer")),
    (DONOR, _("Donor")),
]

EVERYONE = {*ORDER}
SECRETARIAT = {COORDINATOR, STAFF}
FILERS = {COORDINATOR, STAFF, FOCAL}
WRITERS = {COORDINATOR, STAFF, FOCAL, CONTRIBUTOR}
MEMBERS = {COORDINATOR, STAFF, FOCAL, CONTRIBUTOR, VIEWER}

RIGHTS = {
    # Everyone who is logged in
    "home": EVERYONE,
    "self.edit": EVERYONE,  # own name, language, notifications
    "search": EVERYONE,
    "organisation.see": EVERYONE,
    "project.see": EVERYONE,
    "activity.see": EVERYONE,
    "report.see": {COORDINATOR, STAFF, DONOR},
    "file.see": EVERYONE,
    "job.see": EVERYONE,
    # Members of the coalition
    "training.see": MEMBERS,
    "campaign.see": MEMBERS,
    "meeting.see": MEMBERS,
    "form.see": MEMBERS,
    "owed.see": MEMBERS,
    "view.save": EVERYONE,
    # Those who write for an organisation
    "activity.log": WRITERS,
    "training.edit": WRITERS,  # those their organisation leads; the secretariat all
    "file.add": WRITERS,
    "form.prepare": WRITERS,
    "owed.close": WRITERS,
    "meeting.comment": WRITERS,
    "call.answer": WRITERS,
    # Those who answer for an organisation
    "form.submit": FILERS,
    "call.submit": FILERS,
    "organisation.edit": FILERS,
    # The secretariat
    "organisation.edit_all": SECRETARIAT,
    "project.edit": SECRETARIAT,
    "activity.import": SECRETARIAT,
    "activity.edit_all": SECRETARIAT,
    "course.edit": SECRETARIAT,
    "campaign.edit": SECRETARIAT,
    "meeting.edit": SECRETARIAT,
    "owed.open": SECRETARIAT,
    "report.draft": SECRETARIAT,
    # Coordinators
    "member.invite": {COORDINATOR},
    "member.edit": {COORDINATOR},
    "owed.by": {COORDINATOR, STAFF},
    "owed.nudge": {COORDINATOR},
    "owed.rules": {COORDINATOR},
    "form.review": {COORDINATOR},
    "round.open": {COORDINATOR},
    "report.finish": {COORDINATOR},
    "outbox.see": {COORDINATOR},
    "reference.edit": {COORDINATOR},
}
