"""What campaigns contribute to the rooms below: kinds of duties and messages, home parts, report sections."""

from django.utils.translation import gettext_lazy as _

from campaigns import home_parts, open_pages, photos, report_sections
from coalition import home
from coalition.files import access
from coalition.lists import search
from coalition.members import roles
from coalition.notifications import kinds as messages
from coalition.obligations import kinds as duties


def register():
    duties.register(
        "form",
        _("Quarterly form"),
        role=roles.FOCAL,
        by_hand=False,
        met_by=_("Submit the form; the duty closes by itself."),
    )
    duties.register(
        "form_returned",
        _("Returned form"),
        role=roles.FOCAL,
        by_hand=False,
        met_by=_("Change what the notes ask for and submit the form again; the duty closes by itself."),
    )
    duties.register(
        "form_review",
        _("Review of a form"),
        role=roles.COORDINATOR,
        by_hand=False,
        met_by=_("Accept the form or return it; the duty closes by itself."),
    )
    messages.register("form", _("Quarterly forms"))
    home.register(30, "doing", home_parts.forms_received, "campaigns/home_forms.html")
    search.register(40, "campaigns", _("Campaigns"), home_parts.find_campaigns, "/campaigns/")
    report_sections.register_all()
    access.register_uses(photos.forms_with)
    home.register_public(10, open_pages.campaigns, "public/campaigns.html")
