"""What the coordinator says about a form: why it goes back, a number put right."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns import cells
from coalition.forms import PlainForm, TextField, WholeNumberField


class ReturnForm(PlainForm):
    """Why a form goes back, and until when the member has time."""

    words = TextField(
        label=_("A sentence to the organisation"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = forms.DateField(label=_("Until when"), required=True)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day < self.today:
            raise ValidationError(_("This day is gone by; the organisation needs time to change the form."))
        return day


class ReasonForm(PlainForm):
    """Why something is done that the other side should understand."""

    reason = TextField(label=_("Reason"), max_length=300)


class CorrectionForm(PlainForm):
    """One number of an accepted form, put right."""

    field = forms.ChoiceField(
        label=_("Number"), choices=[(code, cells.BY_CODE[code].label) for code in cells.COUNTS]
    )
    value = WholeNumberField(label=_("Right number"), help_text=_("Blank means: not known."), required=False)
    reason = TextField(label=_("Reason"), max_length=300)
