"""What people type into a quarterly form: answers, lines, photos, a workbook; and its checks."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from campaigns import cells
from coalition.files.forms import FilesForm
from coalition.forms import PlainForm, RecordForm, TextField, WholeNumberField
from coalition.reference.models import Province
from projects import locks
from projects.models import Activity

LONGEST = 10_000
YES_NO = [("", _("not said")), ("yes", _("yes")), ("no", _("no"))]


class AnswersForm(PlainForm):
    """The questions of a round. A draft takes anything; what does not fit yet is named beside the field."""

    use_required_attribute = False

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    client_uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    has_nothing = forms.BooleanField(
        label=_("We had no activity for this campaign in this quarter"), required=False
    )

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].widget.is_localized = False
        self.questions = questions
        for question in questions:
            self.fields[f"answer-{question.code}"] = _field_of(question)
            # Shown as asked for, yet a draft may be saved without it.
            self.fields[f"answer-{question.code}"].required = question.is_required and not self.is_bound

    def typed(self):
        """Return {question code: text} of what was sent."""
        return {
            question.code: self.cleaned_data.get(f"answer-{question.code}") or ""
            for question in self.questions
            if f"answer-{question.code}" in self.data
        }

    def answer_fields(self):
        """Return (question, field) in order."""
        return [(question, self[f"answer-{question.code}"]) for question in self.questions]


def _field_of(question):
    said = {"label": question.label, "help_text": question.hint}
    if question.kind == "yes_no":
        return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect, **said)
    if question.kind == "number":
        return TextField(max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **said)
    return TextField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}), **said)


class LineForm(RecordForm):
    """A line of a form, which is an activity of the log: what, when, where, how many, what came of it."""

    logo_used = forms.ChoiceField(label=_("The common logo was used"), choices=YES_NO, required=False)
    links = TextField(
        label=_("Links"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One address a line."),
    )

    class Meta:
        model = Activity
        fields = ["title", "kind", "starts_on", "ends_on", "province", "place", "is_online", "outcome"]

    def __init__(self, *args, form, part, user, line=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.form, self.part, self.user, self.line = form, part, user, line
        self.locked = set()
        now = cells.counts_of(self.instance) if self.instance.pk else dict.fromkeys(cells.COUNTS)
        asked = {column.code for column in cells.columns_of(part)}
        self.fields["province"].queryset = _provinces(form, part).in_order()
        for code in cells.COUNTS:
            if code in asked:
                self.fields[code] = WholeNumberField(label=cells.BY_CODE[code].label, required=False)
                self.fields[code].initial = now[code]
                if self.instance.pk and cells.is_broken_down(self.instance, code):
                    self.fields[code].disabled = True
                    self.locked.add(code)
        for code in ("outcome", "logo_used", "links"):
            if code not in asked:
                del self.fields[code]
        self.order_fields(cells.BY_CODE)
        if line is not None and "links" in self.fields:
            self.fields["links"].initial = line.links
            self.fields["logo_used"].initial = {True: "yes", False: "no"}.get(line.logo_used, "")

    def clean(self):
        data = super().clean()
        why = locks.reason(self.instance, by=self.user, days=[data.get("starts_on")])
        if why:
            raise ValidationError(why)
        return data

    def clean_links(self):
        return check_links(self.cleaned_data["links"])

    def clean_starts_on(self):
        day, period = self.cleaned_data["starts_on"], self.form.round.period
        if self.part == "plan" and day <= period.ends_on:
            raise ValidationError(_("A plan for the next quarter begins after this quarter."))
        if self.part == "done" and day not in period:
            raise ValidationError(_("This form takes activities that begin in its own quarter."))
        return day

    def count_fields(self):
        return [self[code] for code in cells.COUNTS if code in self.fields]

    def fields_before(self):
        """Return what stands above the counts: what, when, where."""
        return [self[code] for code in cells.ON_ACTIVITY if code in self.fields and code != "outcome"]

    def fields_after(self):
        return [self[code] for code in ("outcome", *cells.ON_LINE) if code in self.fields]

    def line_values(self):
        """Return plain values of what is not the activity's own: counts, logo, links."""
        cleaned = self.cleaned_data
        values = {code: cleaned[code] for code in cells.COUNTS if code in cleaned and code not in self.locked}
        if "logo_used" in cleaned:
            values["logo_used"] = {"yes": True, "no": False}.get(cleaned["logo_used"])
            values["links"] = cleaned["links"]
        return values


def _provinces(form, part):
    period = form.round.period.next() if part == "plan" else form.round.period
    return Province.objects.valid_on(period.starts_on) | Province.objects.valid_on(period.ends_on)


def check_links(text):
    """Return the addresses, one a line; raise ValidationError naming the first that is none."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines:
        try:
            URLValidator(schemes=["http", "https"])(line)
        except ValidationError as wrong:
            words = _("“%(address)s” is not the address of a web page; it begins with https://.")
            raise ValidationError(words % {"address": line[:80]}) from wrong
    return "\n".join(lines)


class PhotosForm(FilesForm):
    """Photos for a form: of which activity, what can be seen, and whether people can be recognised."""

    activity = forms.ModelChoiceField(
        label=_("Of which activity"),
        queryset=Activity.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label=_("none in particular"),
        help_text=_("The photos are kept with it in the activity log as well."),
    )

    field_order = ["files", "activity", "caption", "shows_nobody"]

    def __init__(self, *args, form, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["files"].label = _("Photos")
        self.fields["files"].help_text = _("Where and when a picture was taken is removed from it.")
        self.fields["shows_nobody"].help_text = _(
            "Otherwise a signed consent is needed before the form is submitted."
        )
        mine = Activity.objects.filter(form_lines__form=form, lead=form.organisation_id)
        self.fields["activity"].queryset = mine.order_by("starts_on", "pk")


class UploadForm(PlainForm):
    """A workbook that a member filled in."""

    workbook = forms.FileField(label=_("The Excel file (.xlsx)"), allow_empty_file=True)
