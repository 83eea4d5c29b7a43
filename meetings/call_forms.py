"""What people type into calls: what is asked for, and an answer with just the fields the call wants."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.files import actions as files
from coalition.forms import RecordForm
from coalition.members.models import Organisation
from meetings.models import Answer, Call, WorkingGroup


class MonthField(forms.CharField):
    """A month, from the device's own picker (2015-05) or typed (05/2015); gives its first day."""

    widget = forms.TextInput(attrs={"type": "month", "placeholder": "05/2026"})

    def to_python(self, value):
        value = (super().to_python(value) or "").strip()
        if not value:
            return None
        left, _sign, right = value.replace("/", "-").partition("-")
        year, month = (left, right[:2]) if len(left) == 4 else (right, left)
        try:
            return date(int(year), int(month), 1)
        except ValueError as error:
            raise forms.ValidationError(_("Write the month as 05/2026.")) from error

    def prepare_value(self, value):
        return f"{value:%Y-%m}" if isinstance(value, date) else value


class CallForm(RecordForm):
    class Meta:
        model = Call
        fields = [
            "title", "words", "group", "purpose", "items_wanted", "closes_on", "asks_month", "asks_file", "options",
            "asked",
        ]  # fmt: skip
        widgets = {"asked": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = WorkingGroup.objects.in_order()
        self.fields["group"].empty_label = gettext_lazy("the whole coalition")
        self.fields["asked"].queryset = Organisation.objects.members_on(timezone.localdate()).in_order()
        if self.instance.pk and self.instance.state != Call.State.DRAFT:
            del self.fields["asked"]  # those asked owe it; more are asked from the ledger
        self.fields["words"].widget.attrs["rows"] = 4
        self.fields["options"].widget.attrs["rows"] = 3

    def clean_closes_on(self):
        day = self.cleaned_data["closes_on"]
        if day < timezone.localdate() and day != self.instance.closes_on:
            raise forms.ValidationError(_("The day for answers lies in the past."))
        return day


class AnswerForm(RecordForm):
    """An answer; fields that the call does not ask for are not there."""

    month = MonthField(label=gettext_lazy("In which month"), required=False)
    upload = forms.FileField(label=gettext_lazy("File"), required=False)

    class Meta:
        model = Answer
        fields = ["organisation", "text", "month", "choice", "late_reason"]

    def __init__(self, *args, call, user, today, **kwargs):
        self.call, self.user = call, user
        super().__init__(*args, **kwargs)
        mine = Organisation.objects.filter(pk__in=user.writing_organisation_ids)
        asked = Organisation.objects.filter(obligations__call_duty__call=call)
        self.fields["organisation"].queryset = (asked if user.is_secretariat else mine).distinct().in_order()
        if not user.is_secretariat and len(user.writing_organisation_ids) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].initial = user.writing_organisation_ids[0]
        for name, is_asked in (
            ("month", call.asks_month),
            ("upload", call.asks_file),
            ("choice", bool(call.choices)),
        ):
            if not is_asked:
                del self.fields[name]
        if call.choices:
            options = [("", _("choose")), *((line, line) for line in call.choices)]
            self.fields["choice"] = forms.ChoiceField(label=_("Choice"), choices=options, required=False)
        if today <= call.closes_on:
            del self.fields["late_reason"]

    def clean_upload(self):
        """Check the file by its content; it is kept when the answer is."""
        upload = self.cleaned_data.get("upload")
        if upload and self.cleaned_data.get("organisation"):
            return files.store(upload, organisation=self.cleaned_data["organisation"], by=self.user)
        return None

    def save(self, *, by):
        self.instance.call = self.call
        if self.cleaned_data.get("upload"):
            self.instance.file = self.cleaned_data["upload"]
        return super().save(by=by)
