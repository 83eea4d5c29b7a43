"""What a coordinator chooses for a report, and writes into its sections."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from coalition.forms import PlainForm, RecordForm
from coalition.members.models import Organisation
from projects.models import DonorReport, Project, ReportLetter
from projects.reports import outlines, registry


class ReportForm(RecordForm):
    template_code = forms.ChoiceField(label=_("Template"))
    topic = forms.ChoiceField(label=_("Campaign"), required=False)
    due_on = forms.DateField(
        label=_("Due to the donor on"),
        required=False,
        help_text=_("Puts the duty on the ledger, with its reminders."),
    )

    class Meta:
        model = DonorReport
        fields = [
            "project",
            "organisation",
            "topic",
            "template_code",
            "starts_on",
            "ends_on",
            "language",
            "province_generation",
            "title",
        ]
        help_texts = {
            "project": _("Leave project and organisation empty for the whole coalition."),
            "title": _("Leave empty to take the project's title and the period."),
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = Project.objects.visible_to(user).in_order()
        self.fields["organisation"].queryset = Organisation.objects.visible_to(user).in_order()
        self.fields["template_code"].choices = outlines.choices()
        self.topics = dict(registry.topic_choices(user))
        self.fields["topic"].choices = [("", "---------"), *self.topics.items()]
        self.fields["title"].required = False

    def clean(self):
        cleaned = super().clean()
        about = [name for name in ("project", "organisation", "topic") if cleaned.get(name)]
        for name in about[1:]:
            self.add_error(name, _("A report is about one thing: a project, an organisation or a campaign."))
        if not cleaned.get("title") and cleaned.get("starts_on") and cleaned.get("ends_on"):
            with override("en" if cleaned.get("language") == "en" else "vi"):
                title = str(
                    cleaned.get("project")
                    or cleaned.get("organisation")
                    or self.topics.get(cleaned.get("topic"))
                    or _("The whole coalition")
                )
            years = f"{cleaned['starts_on']:%d/%m/%Y} – {cleaned['ends_on']:%d/%m/%Y}"
            cleaned["title"] = f"{title[:260]} ({years})"
        return cleaned


class SectionForm(PlainForm):
    """The text of one section; `version` is the one that was read (0: nothing was written yet)."""

    text = forms.CharField(
        label=_("Your text"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class LetterForm(RecordForm):
    """What a letter to the donor says; recipients and copies one a line, an empty line between paragraphs."""

    class Meta:
        model = ReportLetter
        fields = [
            "number",
            "place",
            "dated_on",
            "recipients",
            "subject",
            "text",
            "signer_title",
            "signer_name",
            "copies",
        ]
        help_texts = {
            "number": _("Leave empty to have it written in by hand."),
            "recipients": _("One a line."),
            "copies": _("One a line."),
        }
        widgets = {
            "recipients": forms.Textarea(attrs={"rows": 2}),
            "text": forms.Textarea(attrs={"rows": 12}),
            "copies": forms.Textarea(attrs={"rows": 3}),
        }
