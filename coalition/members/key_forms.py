"""The package's forms about security keys, whose one field brings no label that could be translated."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AddKeyForm(AddWebAuthnForm):
    """A new security key or passkey."""

    name = forms.CharField(label=_("name of the key"), max_length=100, required=False)


class RenameKeyForm(EditWebAuthnForm):
    """A key under another name."""

    name = forms.CharField(label=_("name of the key"), max_length=100)
