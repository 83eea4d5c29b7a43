"""What a person says about how they want to be reminded."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from coalition.forms import CleanForm, PlainForm
from coalition.members.models import Organisation
from coalition.notifications import outward
from coalition.notifications.models import Preference


class WebhookForm(PlainForm):
    """The address outside that an organisation wants told."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), to_field_name="code"
    )
    address = forms.URLField(
        label=_("Web address"),
        help_text=_(
            "Of the program that carries messages into your chat group (Zalo, Telegram, Slack); https."
        ),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        own = Organisation.objects.filter(pk__in=user.filing_organisation_ids).in_order()
        self.fields["organisation"].queryset = own
        self.fields["organisation"].initial = own.first()

    def clean_address(self):
        address = self.cleaned_data["address"]
        try:
            outward.checked(address)
        except outward.Refused as refused:
            raise ValidationError(translate(str(refused))) from refused
        return address


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
