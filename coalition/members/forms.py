"""What people may type about themselves, about organisations, and about who does what."""

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalition import text
from coalition.forms import CleanForm, PlainForm, RecordForm
from coalition.members import roles
from coalition.members.models import (
    CoalitionPeriod,
    Invitation,
    Membership,
    Organisation,
    OrganisationAlias,
    User,
)


class SelfForm(CleanForm, forms.ModelForm):
    """A person's own details."""

    class Meta:
        model = User
        fields = ["full_name", "form_of_address", "language"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["full_name"].required = True
        self.fields["full_name"].widget.attrs["autocomplete"] = "name"


class OrganisationForm(RecordForm):
    """An organisation with its other names. Only the secretariat sets its code and kind."""

    aliases = forms.CharField(
        label=_("other names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One name a line, as people write it in minutes and lists."),
    )

    class Meta:
        model = Organisation
        fields = [
            "name_vi",
            "name_en",
            "short_name",
            "code",
            "kind",
            "email",
            "website",
            "is_secretariat",
            "note",
        ]

    OF_THE_SECRETARIAT = ("code", "kind", "is_secretariat")

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        if not by.has_right("organisation.edit_all"):
            for name in self.OF_THE_SECRETARIAT:
                del self.fields[name]
        if self.instance.pk:
            names = self.instance.aliases.order_by("pk").values_list("name", flat=True)
            self.fields["aliases"].initial = "\n".join(names)

    def clean_aliases(self):
        names = [
            text.clean(line).strip() for line in self.cleaned_data["aliases"].splitlines() if line.strip()
        ]
        if any(len(name) > 200 for name in names):
            raise forms.ValidationError(_("A name has at most 200 letters."))
        folded = [text.fold(name) for name in names]
        taken = OrganisationAlias.objects.filter(folded__in=folded).exclude(organisation=self.instance.pk)
        found = taken.select_related("organisation").first()
        if found:
            raise forms.ValidationError(
                _("“%(name)s” is already another name of %(organisation)s."),
                params={"name": found.name, "organisation": found.organisation},
            )
        return names


class CoalitionPeriodForm(CleanForm, forms.ModelForm):
    """A time as a member of the coalition."""

    class Meta:
        model = CoalitionPeriod
        fields = ["starts_on", "ends_on"]


CoalitionPeriodFormSet = forms.inlineformset_factory(
    Organisation, CoalitionPeriod, form=CoalitionPeriodForm, extra=1, can_delete=True
)


class MergeForm(PlainForm):
    """Which organisation this one really is."""

    into = forms.ModelChoiceField(
        label=_("It is the same as"),
        queryset=Organisation.objects.none(),
        to_field_name="public_id",
        help_text=_("Its names become other names of this one; what it did is counted there."),
    )

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = (
            Organisation.objects.exclude(pk=organisation.pk).filter(merged_into=None).in_order()
        )


class InvitationForm(CleanForm, forms.ModelForm):
    """Whom to let in, into which role."""

    class Meta:
        model = Invitation
        fields = ["email", "full_name", "organisation", "role", "language"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(merged_into=None).in_order()
        self.fields["organisation"].label = _("Organisation")
        self.fields["full_name"].help_text = _("The person can correct it.")
        self.fields["language"].label = _("language of the letter")

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class AcceptForm(CleanForm, forms.ModelForm):
    """How a person who was invited wants to be called, and how they log in."""

    password = forms.CharField(
        label=_("password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = User
        fields = ["full_name", "form_of_address", "language"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["full_name"].required = True
        self.fields["full_name"].widget.attrs["autocomplete"] = "name"
        self.fields["password"].help_text = (
            f"{_('Leave it empty to log in each time with a code that we mail to you.')} "
            f"{password_validators_help_text_html()}"
        )

    def clean_password(self):
        password = self.cleaned_data["password"]
        if password:
            validate_password(password, self.instance)
        return password


class RoleForm(CleanForm, forms.ModelForm):
    """A role for a person, from a day on."""

    class Meta:
        model = Membership
        fields = ["organisation", "role", "is_head", "starts_on", "ends_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(merged_into=None).in_order()
        self.fields["organisation"].label = _("Organisation")
        self.fields["starts_on"].initial = timezone.localdate


class HandOverForm(PlainForm):
    """Who takes a role over, and from when."""

    successor = forms.ModelChoiceField(
        label=_("Who takes over"), queryset=User.objects.none(), to_field_name="public_id"
    )
    starts_on = forms.DateField(label=_("from"), initial=timezone.localdate)

    def __init__(self, *args, membership, **kwargs):
        super().__init__(*args, **kwargs)
        self.membership = membership
        colleagues = Membership.objects.filter(organisation=membership.organisation).exclude(role=roles.DONOR)
        self.fields["successor"].queryset = (
            User.objects.filter(is_active=True, pk__in=colleagues.values("user"))
            .exclude(pk=membership.user_id)
            .order_by("sort_key", "pk")
        )

    def clean_starts_on(self):
        if self.cleaned_data["starts_on"] <= self.membership.starts_on:
            raise forms.ValidationError(_("This is before the role began."))
        return self.cleaned_data["starts_on"]
