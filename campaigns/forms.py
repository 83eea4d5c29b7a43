"""What people type about campaigns and into quarterly forms, and its checks."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from campaigns import cells
from campaigns.models import Campaign, Challenge, Component, Edition, Question, ReportingRound
from coalition.dates import Quarter
from coalition.files.forms import FilesForm
from coalition.forms import CleanForm, PlainForm, RecordForm, TextField, WholeNumberField
from coalition.reference.models import Province
from projects.models import Activity

LONGEST = 10_000
YES_NO = [("", _("not said")), ("yes", _("yes")), ("no", _("no"))]


class CampaignForm(RecordForm):
    """A campaign's names, message, dates and whether members file forms for it."""

    class Meta:
        model = Campaign
        fields = [
            "code",
            "title_vi",
            "title_en",
            "message_vi",
            "message_en",
            "lead",
            "starts_on",
            "ends_on",
            "projects",
            "asks_for_forms",
            "is_public",
        ]
        help_texts = {"code": _("Short, without spaces or accents; it stands in addresses: crc-25.")}


class EditionForm(RecordForm):
    """One run of a campaign."""

    class Meta:
        model = Edition
        fields = ["title_vi", "title_en", "starts_on", "ends_on", "story_vi", "story_en"]

    def __init__(self, *args, campaign=None, **kwargs):
        super().__init__(*args, **kwargs)
        if campaign is not None:
            self.instance.campaign = campaign


class ComponentForm(CleanForm, forms.ModelForm):
    """A challenge, festival day, training, dialogue, contest or media work of an edition."""

    starts_on = forms.DateField(label=_("First day (challenge, contest)"), required=False)
    ends_on = forms.DateField(label=_("Last day (contest)"), required=False)
    days = WholeNumberField(label=_("Number of days (challenge)"), required=False, min_value=1, max_value=366)
    number = WholeNumberField(label=_("People who joined, works received"), required=False)

    class Meta:
        model = Component
        fields = ["kind", "title_vi", "title_en", "note_vi", "note_en"]

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind in ("challenge", "contest") and not cleaned.get("starts_on"):
            self.add_error("starts_on", _("Say on which day it begins."))
        if kind == "contest" and not cleaned.get("ends_on"):
            self.add_error("ends_on", _("Say until when works can be sent."))
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("It cannot end before it begins."))
        return cleaned

    def save(self, edition):
        from campaigns.models import Contest

        self.instance.edition = edition
        self.instance.order = edition.components.count() + 1
        component = super().save()
        cleaned = self.cleaned_data
        if component.kind == "challenge":
            Challenge.objects.create(
                component=component,
                starts_on=cleaned["starts_on"],
                days=cleaned.get("days") or 21,
                joined=cleaned.get("number"),
            )
        if component.kind == "contest":
            Contest.objects.create(
                component=component,
                opens_on=cleaned["starts_on"],
                closes_on=cleaned["ends_on"],
                entries=cleaned.get("number"),
            )
        return component


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
        return [self[f"answer-{question.code}"] for question in self.questions]


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

    def __init__(self, *args, form, part, line=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.form, self.part, self.line = form, part, line
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

    def clean_links(self):
        return check_links(self.cleaned_data["links"])

    def clean_starts_on(self):
        day, period = self.cleaned_data["starts_on"], self.form.round.period
        if self.part == "plan" and day <= period.ends_on:
            raise ValidationError(_("A plan for the next quarter begins after this quarter."))
        if self.part == "done" and day not in period:
            raise ValidationError(_("This form takes activities that begin in its own quarter."))
        return day

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


class RoundForm(CleanForm, forms.ModelForm):
    """A quarter that members are asked about."""

    class Meta:
        model = ReportingRound
        fields = [
            "campaign",
            "year",
            "quarter",
            "due_on",
            "grace_until",
            "instructions_vi",
            "instructions_en",
        ]

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.opens_on = today
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

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("year") and cleaned.get("quarter"):
            cleaned["period"] = Quarter(cleaned["year"], cleaned["quarter"])
        return cleaned


class RoundDatesForm(RecordForm):
    """Dates and instructions of an open round; a new due date moves the duties of those who still owe."""

    reason = TextField(label=_("Why the due date moves"), max_length=300, required=False)

    class Meta:
        model = ReportingRound
        fields = ["due_on", "grace_until", "instructions_vi", "instructions_en"]

    def clean(self):
        cleaned = super().clean()
        if "due_on" in self.changed_data and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why the date moves: it stays in the history."))
        return cleaned


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


class UploadForm(PlainForm):
    """A workbook that a member filled in."""

    workbook = forms.FileField(label=_("The Excel file (.xlsx)"), allow_empty_file=True)
