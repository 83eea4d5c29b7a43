"""How many took part: the full grid by sex and age for one group, and who sent whom."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coalition.forms import PlainForm, WholeNumberField
from coalition.members import names
from coalition.members.models import Organisation
from projects.models import Participation

AGES, SEXES = Participation.Age, Participation.Sex


class GridForm(PlainForm):
    """The head counts of one group: a number for each age band and sex, blank where nobody counted."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, activity, group, **kwargs):
        self.activity, self.group = activity, group
        super().__init__(*args, **kwargs)
        rows = activity.participation.filter(organisation=None, is_named=False, group=group)
        known = {(row.age, row.sex): row for row in rows}
        for age in AGES:
            for sex in SEXES:
                row = known.get((age, sex))
                self.fields[f"n_{age}_{sex}"] = self._number(
                    f"{age.label}, {sex.label}", row.count if row else None, f"{age} {sex} all"
                )
            among = [row.with_disability for (a, _s), row in known.items() if a == age]
            found = [number for number in among if number is not None]
            label = gettext("%(age)s, with disability") % {"age": age.label}
            self.fields[f"d_{age}"] = self._number(label, sum(found) if found else None, "disabled")
        self.fields["version"].initial = activity.version
        self.fields["version"].localize = self.fields["version"].widget.is_localized = False

    @staticmethod
    def _number(label, initial, adds):
        field = WholeNumberField(label=label, required=False, initial=initial, max_value=100_000)
        field.widget.attrs.update({"data-adds": adds, "aria-label": label})
        field.widget.is_localized = True
        return field

    def clean(self):
        data = super().clean()
        for age in AGES:
            disabled = data.get(f"d_{age}")
            people = [data.get(f"n_{age}_{sex}") for sex in SEXES]
            if disabled and disabled > sum(number or 0 for number in people):
                self.add_error(f"d_{age}", _("Persons with disability cannot be more than all participants."))
        return data

    def counts(self):
        """Return {(group, sex, age): number} of what was filled in."""
        typed = {
            (self.group, sex.value, age.value): self.cleaned_data.get(f"n_{age}_{sex}")
            for age in AGES for sex in SEXES
        }  # fmt: skip
        return {key: number for key, number in typed.items() if number is not None}

    def disabled(self):
        typed = {(self.group, age.value): self.cleaned_data.get(f"d_{age}") for age in AGES}
        return {key: number for key, number in typed.items() if number is not None}

    def lines(self):
        """Return (age, its bound number fields, the bound field of persons with disability) for the table."""
        return [(age, [self[f"n_{age}_{sex}"] for sex in SEXES], self[f"d_{age}"]) for age in AGES]


class SentForm(PlainForm):
    """An organisation that took part, under any of its names, and how many people it sent."""

    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=300,
        help_text=_("Its name, short name or another name it goes by."),
    )
    women = WholeNumberField(label=_("Women"), required=False, max_value=10_000)
    men = WholeNumberField(label=_("Men"), required=False, max_value=10_000)
    not_known = WholeNumberField(label=_("Not known"), required=False, max_value=10_000)

    def clean_organisation(self):
        found = names.find(self.cleaned_data["organisation"])
        if found is None:
            raise forms.ValidationError(
                _("No organisation of this name is known. Pick one from the list or add it.")
            )
        return Organisation.everything.get(pk=found)

    def clean(self):
        data = super().clean()
        if not self.errors and all(data.get(name) is None for name in ("women", "men", "not_known")):
            self.add_error("women", _("How many people came? Write at least one number; 0 is a number too."))
        return data
