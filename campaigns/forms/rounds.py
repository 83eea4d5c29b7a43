"""What the coordinator asks: the dates and questions of a round."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, Question, ReportingRound
from coalition.forms import CleanForm, RecordForm, TextField


class RoundForm(CleanForm, forms.ModelForm):
    """A quarter that members are asked about, today or on a day to come."""

    class Meta:
        model = ReportingRound
        fields = [
            "campaign",
            "year",
            "quarter",
            "opens_on",
            "due_on",
            "grace_until",
            "instructions_vi",
            "instructions_en",
        ]

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["opens_on"].required = False
        self.fields["opens_on"].help_text = _("On this day whoever is a member then gets its form.")
        self.fields["year"].localize = self.fields["year"].widget.is_localized = False  # 2026, not 2.026
        self.fields["campaign"].queryset = Campaign.objects.filter(asks_for_forms=True).in_order()
        self.fields["quarter"] = forms.TypedChoiceField(
            label=_("quarter"), coerce=int, choices=[(number, f"Q{number}") for number in (1, 2, 3, 4)]
        )

    def clean_year(self):
        year = self.cleaned_data["year"]
        if not 1990 <= year <= 2100:
            raise ValidationError(_("A year such as 2026."))
        return year

    def clean_opens_on(self):
        return self.cleaned_data["opens_on"] or self.today

    def clean(self):
        cleaned = super().clean()
        _check_order(self, cleaned.get("opens_on"), cleaned)
        return cleaned


class RoundDatesForm(RecordForm):
    """Dates and instructions of a round; a new due date moves the duties of those who still owe.

    Until its forms are issued the day on which it opens can be changed as well, and nobody asks why.
    """

    reason = TextField(label=_("Why the due date moves"), max_length=300, required=False)

    class Meta:
        model = ReportingRound
        fields = ["opens_on", "due_on", "grace_until", "instructions_vi", "instructions_en"]

    def __init__(self, *args, is_issued, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["opens_on" if is_issued else "reason"]

    def clean(self):
        cleaned = super().clean()
        _check_order(self, cleaned.get("opens_on", self.instance.opens_on), cleaned)
        if (
            "due_on" in self.changed_data
            and "reason" in self.fields
            and not cleaned.get("reason", "").strip()
        ):
            self.add_error("reason", _("Say why the date moves: it stays in the history."))
        return cleaned


def _check_order(form, opens_on, cleaned):
    """Say beside the field which date of a round comes too early."""
    due_on, grace_until = cleaned.get("due_on"), cleaned.get("grace_until")
    if opens_on and due_on and due_on < opens_on:
        form.add_error("due_on", _("The forms cannot be due before the round opens."))
    elif due_on and grace_until and grace_until < due_on:
        form.add_error("grace_until", _("The days of grace cannot end before the due date."))


class QuestionForm(CleanForm, forms.ModelForm):
    """One question of a round."""

    class Meta:
        model = Question
        fields = ["order", "code", "kind", "label_vi", "label_en", "hint_vi", "hint_en", "is_required"]

    def clean_code(self):
        code = self.cleaned_data["code"]
        if self.instance.pk and "code" in self.changed_data and self.instance.answers.exists():
            raise ValidationError(
                _("There are answers under this code; it keeps its meaning from round to round.")
            )
        return code


class QuestionSet(forms.BaseInlineFormSet):
    """The questions of a round; one that was answered stays."""

    def clean(self):
        super().clean()
        for form in self.deleted_forms:
            if form.instance.pk and form.instance.answers.exists():
                raise ValidationError(
                    _("“%(question)s” has been answered and stays.") % {"question": form.instance.label}
                )


QuestionFormSet = forms.inlineformset_factory(
    ReportingRound, Question, form=QuestionForm, formset=QuestionSet, extra=1, max_num=30, absolute_max=40
)
