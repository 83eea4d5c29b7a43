"""What a person says about how they want to be reminded."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coalition.forms import CleanForm
from coalition.notifications.models import Preference


class PreferenceForm(CleanForm, forms.ModelForm):
    class Meta:
        model = Preference
        fields = ["reminders", "attach_calendar"]
        widgets = {"reminders": forms.RadioSelect}
        help_texts = {
            "reminders": _(
                "Mails that somebody is waiting for (a returned form, an invitation) come at once, always."
            ),
            "attach_calendar": _("Puts the due dates into the calendar of your phone or computer."),
        }
