"""Projects, publications and policy inputs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coalition.files import actions as files
from coalition.files.checks import Refused
from coalition.forms import RecordForm
from coalition.members.models import Organisation
from coalition.reference.models import Province
from projects import locks
from projects.models import (
    Activity,
    PolicyInput,
    Project,
    Publication,
)


class ProjectForm(RecordForm):
    class Meta:
        model = Project
        fields = [
            "code",
            "title_vi",
            "title_en",
            "phase",
            "predecessor",
            "lead",
            "state",
            "starts_on",
            "ends_on",
            "objective_vi",
            "objective_en",
            "provinces",
            "articles",
            "recommendations",
            "approval_body",
            "approval_number",
            "approved_on",
            "locked_until",
            "is_public",
        ]
        help_texts = {
            "code": _("Short and unchanging, as in the grant agreement."),
            "is_public": _(
                "Everybody may read its page: objective, results, titles of shared activities; no number under "
                "five, no file, no money."
            ),
            "locked_until": _("Numbers up to this day are reported; only coordinators still change them."),
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["locked_until"].disabled = not user.has_right(locks.RIGHT)
        self.fields["lead"].queryset = Organisation.objects.in_order()
        self.fields["predecessor"].queryset = Project.objects.exclude(pk=self.instance.pk).order_by(
            "-starts_on"
        )
        self.fields["provinces"].queryset = Province.objects.order_by("generation", "sort_key")


class PublicationForm(RecordForm):
    upload = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, Word or PowerPoint, at most 20 MB; it takes the place of an earlier one."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.docx,.pptx"}),
    )

    class Meta:
        model = Publication
        fields = [
            "title_vi",
            "title_en",
            "kind",
            "project",
            "full_version",
            "launch",
            "published_on",
            "languages",
            "isbn",
            "link",
            "is_public",
        ]
        help_texts = {
            "full_version": _("For a summary: the full report it belongs to."),
            "languages": _("Codes with commas, for example vi,en."),
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = Project.objects.visible_to(user).order_by("-starts_on", "pk")
        others = Publication.objects.exclude(pk=self.instance.pk).filter(full_version=None)
        self.fields["full_version"].queryset = others.in_order()
        self.user = user
        launches = Activity.objects.filter(kind__in=[Activity.Kind.LAUNCH, Activity.Kind.WORKSHOP])
        self.fields["launch"].queryset = launches.order_by("-starts_on", "-pk")

    def clean(self):
        data = super().clean()
        take_file(self, data, {"pdf", "docx", "pptx"})
        return data


class PolicyInputForm(RecordForm):
    upload = forms.FileField(
        label=_("Text that was sent, or the answer"),
        required=False,
        help_text=_("PDF or Word, at most 20 MB; it takes the place of an earlier one."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.docx"}),
    )

    class Meta:
        model = PolicyInput
        fields = [
            "title",
            "document",
            "body",
            "stage",
            "submitted_on",
            "answer",
            "project",
            "organisations",
            "activities",
        ]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = Project.objects.visible_to(user).order_by("-starts_on", "pk")
        self.fields["organisations"].queryset = Organisation.objects.in_order()
        kinds = [
            Activity.Kind.POLICY,
            Activity.Kind.DIALOGUE,
            Activity.Kind.CONSULTATION,
            Activity.Kind.WORKSHOP,
        ]
        self.user = user
        found = Activity.objects.visible_to(user).filter(kind__in=kinds)
        self.fields["activities"].queryset = found.order_by("-starts_on", "-pk")

    def clean(self):
        data = super().clean()
        take_file(self, data, {"pdf", "docx"})
        return data


def take_file(form, data, kinds):
    """Keep the uploaded file of a form whose record has a `file`; tell beside the field what is wrong with it."""
    if not data.get("upload") or form.errors:
        return
    organisation = data["project"].lead if data.get("project") else form.user.organisation
    try:
        form.instance.file = files.store(data["upload"], organisation=organisation, by=form.user, kinds=kinds)
    except Refused as refused:
        form.add_error("upload", refused)
