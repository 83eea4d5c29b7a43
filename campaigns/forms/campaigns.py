"""What people type about campaigns: names, runs, parts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, Challenge, Component, Contest, Edition
from coalition.forms import CleanForm, RecordForm, WholeNumberField


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
