"""Changing many activities at once: what may be changed, nothing chosen beforehand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coalition.forms import PlainForm
from coalition.reference.models import Pillar
from projects import actions
from projects.models import Project


class ManyForm(PlainForm):
    project = forms.ModelChoiceField(
        Project.objects.none(), label=_("Add to a project"), required=False, to_field_name="public_id"
    )
    pillar = forms.ModelChoiceField(
        Pillar.objects.order_by("number"),
        label=_("Set the plan pillar"),
        required=False,
        to_field_name="code",
    )
    is_shared = forms.ChoiceField(
        label=_("Sharing with the coalition"),
        required=False,
        choices=[("", _("leave as it is")), ("yes", _("share")), ("no", _("do not share"))],
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = actions.projects_to_log_for(user)

    def clean(self):
        data = super().clean()
        if not any(data.get(name) for name in self.fields):
            raise forms.ValidationError(_("Choose at least one thing to change."))
        return data
