"""What meetings contribute to the rooms below: kinds of duties and messages, home parts, dots, search."""

from django.utils.translation import gettext_lazy as _

from coalition import home
from coalition.lists import search
from coalition.members import roles
from coalition.notifications import kinds as messages
from coalition.obligations import feeds
from coalition.obligations import kinds as duties
from meetings import report_sections, showing


def register():
    duties.register(
        "follow_up",
        _("Follow-up action"),
        role=roles.FOCAL,
        met_by=_("Say what was done."),
        asks_what_was_done=True,
        high_needs_evidence=True,
        self_set_needs_confirmation=True,
    )
    duties.register(
        "call",
        _("Call to members"),
        role=roles.FOCAL,
        by_hand=False,
        met_by=_("Send in the answers; the duty closes by itself."),
    )
    messages.register("minutes", _("Minutes of meetings"))
    home.register(30, "next", showing.coming_meetings, "meetings/home_meetings.html")
    home.register_dots(showing.dots)
    feeds.register(showing.calendar_entries)
    search.register(50, "meetings", _("Meetings"), showing.find_meetings, "/meetings/")
    report_sections.register_all()
