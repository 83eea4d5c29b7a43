"""What people type about working groups: the pillars of their own plan, a matter for the next meeting."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from coalition import text
from coalition.forms import PlainForm, RecordForm, TextField
from coalition.reference.models import Pillar
from meetings import actions, markup
from meetings.models import WaitingMatter

MOST = 8  # pillars a group may have
SPARE = 2  # empty rows offered


class MatterForm(RecordForm):
    """A matter proposed for the group's next meeting."""

    class Meta:
        model = WaitingMatter
        fields = ["title", "content"]
        widgets = {"content": forms.Textarea(attrs={"rows": 3})}

    def clean_content(self):
        return markup.plain(self.cleaned_data["content"])


class PillarsForm(PlainForm):
    """The pillars of a group's plan, one a row: an emptied row takes its pillar off, a new name makes one.

    The coalition's own pillars are shared: a group that writes another name gets a pillar of its own.
    """

    def __init__(self, *args, group, **kwargs):
        self.group, self.current = group, actions.pillars_of(group)
        self.places = range(min(len(self.current) + SPARE, MOST))
        super().__init__(*args, **kwargs)
        for place in self.places:
            pillar = self.current[place] if place < len(self.current) else None
            number = {"number": place + 1}
            self.fields[f"vi_{place}"] = TextField(
                label=_("Pillar %(number)s in Vietnamese") % number, required=False, max_length=200,
                initial=pillar.name_vi if pillar else "",
            )  # fmt: skip
            self.fields[f"en_{place}"] = TextField(
                label=_("Pillar %(number)s in English") % number, required=False, max_length=200,
                initial=pillar.name_en if pillar else "",
            )  # fmt: skip

    def rows(self):
        """Yield the two fields of each row."""
        for place in self.places:
            yield self[f"vi_{place}"], self[f"en_{place}"]

    def clean(self):
        cleaned = super().clean()
        names = [text.fold(cleaned.get(f"vi_{place}") or "") for place in self.places]
        said = [name for name in names if name]
        if not said:
            raise ValidationError(_("A plan has at least one pillar."))
        for place, name in enumerate(names):
            if name and name in names[:place]:
                self.add_error(f"vi_{place}", _("This pillar stands there already."))
            if cleaned.get(f"en_{place}") and not name:
                self.add_error(f"vi_{place}", _("Write its name in Vietnamese too."))
        return cleaned

    @transaction.atomic
    def save(self):
        """Let the group have exactly the pillars of the rows, in their order."""
        general = list(Pillar.objects.filter(is_general=True))
        chosen = []
        for place in self.places:
            vietnamese, english = self.cleaned_data[f"vi_{place}"], self.cleaned_data[f"en_{place}"]
            if vietnamese:
                before = self.current[place] if place < len(self.current) else None
                chosen.append(self._pillar(len(chosen) + 1, vietnamese, english, before, general))
        is_usual = [(each.pk, each.number) for each in chosen] == [
            (each.pk, each.number) for each in sorted(general, key=lambda each: each.number)
        ]
        self.group.pillars.set([] if is_usual else chosen)

    def _pillar(self, number, vietnamese, english, before, general):
        """Return the pillar of a row: the coalition's if it has this name and number, else one of the group's own."""
        for pillar in general:
            if pillar.number == number and text.fold(pillar.name_vi) == text.fold(vietnamese):
                return pillar
        own = before if before and not before.is_general else None
        if own is None:
            code = f"{text.slug(self.group.code)[:12]}-{self.group.pk}-"
            taken = set(Pillar.objects.filter(code__startswith=code).values_list("code", flat=True))
            own = Pillar(
                code=next(f"{code}{n}" for n in range(1, 99) if f"{code}{n}" not in taken), is_general=False
            )
        own.number, own.name_vi, own.name_en = number, vietnamese, english or vietnamese
        own.save()
        return own
