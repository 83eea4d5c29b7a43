"""What people say when they open, close, move, pause or end a duty, and when they set the ladder."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalition.files import actions as files
from coalition.files.forms import ACCEPTED
from coalition.forms import CleanForm, PlainForm
from coalition.members import roles
from coalition.members.models import Membership, Organisation, User
from coalition.obligations import actions, kinds
from coalition.obligations.models import Obligation, ReminderRule

PAUSE_OF_MEMBERS = dt.timedelta(days=30)  # an organisation cannot silence its own duties for longer
FOR_GOOD = dt.date(9999, 12, 31)


class OpenForm(PlainForm):
    """A duty put on the ledger by hand."""

    kind = forms.ChoiceField(label=_("Kind"), initial="other", required=False)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    title = forms.CharField(label=_("What is owed"), max_length=500)
    due_on = forms.DateField(label=_("Due"), required=False)
    due_words = forms.CharField(label=_("Deadline as written"), max_length=300, required=False)
    role = forms.ChoiceField(label=_("Who answers for it"), choices=roles.CHOICES, initial=roles.FOCAL)
    priority = forms.ChoiceField(label=_("Priority"), choices=Obligation.Priority.choices)
    source_label = forms.CharField(label=_("Where it comes from"), max_length=300, required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds.opened_by_hand()
        self.fields["organisation"].queryset = (
            Organisation.objects.visible_to(user).filter(merged_into=None).in_order()
        )

    def save(self, *, by):
        kind = self.cleaned_data.pop("kind") or "other"
        return actions.open_duty(kind=kind, by=by, **self.cleaned_data)


class DutyForm(PlainForm):
    """A form about one duty; `save(by=…)` calls the verb."""

    def __init__(self, *args, duty, **kwargs):
        super().__init__(*args, **kwargs)
        self.duty = duty


class CloseForm(DutyForm):
    """What was done, and the evidence for it."""

    proof = forms.CharField(
        label=_("What was done"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5000,
        help_text=_("A sentence is enough: what, when, with whom. No names of children."),
    )
    proof_file = forms.FileField(
        label=_("Evidence"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        help_text=_("A photo, a PDF or an office file. A link in the words above is enough, too."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kind = kinds.get(self.duty.kind)
        self.fields["proof"].required = kind.asks_what_was_done

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            actions.check_proof(self.duty, cleaned.get("proof", ""), cleaned.get("proof_file"))
        return cleaned

    def save(self, *, by):
        upload = self.cleaned_data["proof_file"]
        file = files.store(upload, organisation=self.duty.organisation, by=by) if upload else None
        return actions.close(self.duty, by=by, proof=self.cleaned_data["proof"], proof_file=file)


class MoveForm(DutyForm):
    due_on = forms.DateField(
        label=_("New due date"),
        required=False,
        help_text=_("Leave it empty if the duty stays open without a date."),
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("Stays in the history of the duty. Reminders begin anew with the new date."),
    )

    def save(self, *, by):
        return actions.move(self.duty, by=by, **self.cleaned_data)


class ReopenForm(MoveForm):
    def save(self, *, by):
        return actions.reopen(self.duty, by=by, **self.cleaned_data)


class EndForm(DutyForm):
    """Let the organisation off, or take the duty back."""

    how = forms.ChoiceField(
        label=_("How"),
        widget=forms.RadioSelect,
        choices=[
            ("excuse", _("Excuse the organisation from it")),
            ("cancel", _("Take the duty back, it is no longer wanted")),
        ],
    )
    reason = forms.CharField(label=_("Why"), max_length=300)

    def save(self, *, by):
        verb = actions.excuse if self.cleaned_data["how"] == "excuse" else actions.cancel
        return verb(self.duty, by=by, reason=self.cleaned_data["reason"])


class PauseForm(DutyForm):
    """Until when no reminders go out; the secretariat may stop them for good."""

    until = forms.DateField(label=_("Until"), required=False)
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args, user, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.is_secretariat = today, user.is_secretariat
        self.fields["until"].help_text = (
            _("Leave it empty to stop reminders of this duty for good.")
            if self.is_secretariat
            else _("At most thirty days. The duty stays owed.")
        )
        self.fields["until"].required = not self.is_secretariat

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until is None:
            return FOR_GOOD
        if until <= self.today:
            raise ValidationError(_("Choose a day to come."))
        if not self.is_secretariat and until > self.today + PAUSE_OF_MEMBERS:
            raise ValidationError(_("At most thirty days; ask the secretariat for more."))
        return until

    def save(self, *, by):
        return actions.pause(self.duty, by=by, **self.cleaned_data)


class ReassignForm(DutyForm):
    """Who answers for it: a person of the organisation, or whoever holds the role."""

    person = forms.ModelChoiceField(
        User.objects.none(), label=_("Person"), required=False, empty_label=_("Whoever holds the role")
    )
    role = forms.ChoiceField(label=_("Role"), choices=roles.CHOICES)

    def __init__(self, *args, duty, **kwargs):
        super().__init__(*args, initial={"person": duty.person_id, "role": duty.role}, duty=duty, **kwargs)
        members = Membership.objects.in_force(timezone.localdate()).filter(organisation=duty.organisation)
        self.fields["person"].queryset = User.objects.filter(
            is_active=True, pk__in=members.values("user")
        ).order_by("sort_key", "pk")

    def save(self, *, by):
        return actions.reassign(self.duty, by=by, **self.cleaned_data)


class NudgeForm(PlainForm):
    note = forms.CharField(
        label=_("A word of your own"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Goes in front of the list of duties. May stay empty."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


class RuleForm(CleanForm, forms.ModelForm):
    """One step of the ladder, a line of the table on its page."""

    class Meta:
        model = ReminderRule
        fields = ["offset", "audience", "kind", "is_on"]
        labels = {"offset": _("Days after the due date"), "audience": _("Who is told"), "is_on": _("In use")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=_("For which duties"),
            required=False,
            choices=[("", _("Every kind without steps of its own")), *kinds.choices()],
        )
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label

    def clean_offset(self):
        offset = self.cleaned_data["offset"]
        if not -90 <= offset <= 90:
            raise ValidationError(_("Between 90 days before and 90 days after."))
        return offset


RuleForms = forms.modelformset_factory(ReminderRule, form=RuleForm, extra=1, can_delete=False)
