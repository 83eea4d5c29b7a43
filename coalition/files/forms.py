"""What a person says when giving a file, and what a signed consent says."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coalition.files.models import Consent
from coalition.forms import CleanForm, PlainForm

ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf,.docx,.xlsx,.pptx"


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files, by choosing, dropping or the camera."""

    widget = SeveralFiles(attrs={"multiple": True, "accept": ACCEPTED, "data-photo": ""})

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data]
        if not any(files) and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(FilesField, self).clean(each, initial) for each in files if each]


class FilesForm(PlainForm):
    files = FilesField(
        label=_("Photos and documents"),
        help_text=_(
            "Choose, drop or paste them, or use the camera. Pictures, PDF, Word or Excel. "
            "Where and when a picture was taken is removed from it."
        ),
    )
    caption = forms.CharField(
        label=_("caption"),
        max_length=300,
        required=False,
        help_text=_("What can be seen. No names of children, no school, no address."),
    )
    shows_nobody = forms.BooleanField(
        label=_("Nobody can be recognised in the pictures"),
        required=False,
        help_text=_("Otherwise the pictures stay internal until a signed consent is recorded."),
    )


class StoryForm(PlainForm):
    """A story that somebody told: kept as it is typed, since a consent holds for just these words."""

    title = forms.CharField(label=_("Title of the story"), max_length=100)
    words = forms.CharField(
        label=_("The story"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("No names of children, no school, no address. Change what would give somebody away."),
    )
    shows_nobody = forms.BooleanField(
        label=_("Nobody can be recognised in the story"),
        required=False,
        help_text=_("Otherwise it stays internal until a signed consent is recorded."),
    )


class ConsentForm(CleanForm, forms.ModelForm):
    """A signed paper: for what, by whom, since when, and who keeps it. Nothing is ticked beforehand."""

    class Meta:
        model = Consent
        fields = [
            "for_internal_report",
            "for_donor_report",
            "for_website",
            "for_social_media",
            "representative_agreed_on",
            "is_child_from_7",
            "child_agreed_on",
            "paper_kept_by",
            "expires_on",
        ]
        help_texts = {"paper_kept_by": _("An organisation and a role, not a private address.")}

    def clean(self):
        data = super().clean()
        purposes = ("for_internal_report", "for_donor_report", "for_website", "for_social_media")
        if not any(data.get(purpose) for purpose in purposes):
            raise forms.ValidationError(_("Tick at least one purpose that was agreed to."))
        return data
