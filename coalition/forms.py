"""What every form does: clean text, Vietnamese numbers and dates, no silent overwrite, no second row."""

from django import forms
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coalition import earlier_links, history, text
from coalition.records import Conflict, new_client_uuid, written_once


class CleanText:
    """A text field whose value is NFC, without characters nobody can see."""

    def to_python(self, value):
        return super().to_python(text.clean(value) if isinstance(value, str) else value)


class TextField(CleanText, forms.CharField):
    pass


class DateInput(forms.DateInput):
    """The device's own date picker; it speaks ISO whatever the language."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class WholeNumberField(forms.IntegerField):
    """A whole number in Vietnamese writing: "1.500" is one thousand five hundred."""

    def __init__(self, **kwargs):
        super().__init__(**{"min_value": 0, "localize": True, **kwargs})
        self.widget.input_type = "text"
        self.widget.attrs.setdefault("inputmode", "numeric")


class CleanForm:
    """Cleans every text before its field sees it, and gives fields their house widgets."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.DateField) and not isinstance(field, forms.DateTimeField):
                field.widget = DateInput(attrs=field.widget.attrs)
                field.localize = False
                field.widget.is_localized = False
            elif isinstance(field, forms.DecimalField | forms.IntegerField) and not isinstance(
                field.widget, forms.HiddenInput
            ):
                field.localize = field.widget.is_localized = True
                field.widget.input_type = "text"
                field.widget.attrs.setdefault("inputmode", "decimal")

    def _clean_fields(self):
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and not hasattr(field, "_cleans_text"):
                read = field.to_python
                field.to_python = lambda value, read=read: read(
                    text.clean(value) if isinstance(value, str) else value
                )
                field._cleans_text = True
        super()._clean_fields()


class PlainForm(CleanForm, forms.Form):
    """A form that is not one record."""


class RecordForm(CleanForm, forms.ModelForm):
    """A form for one record: knows which version was read, and whether it was sent before.

    `save(by=user)` stamps the author of a new record. A replay of a form that was already saved
    returns the first record; a save over somebody else's save raises `Conflict` with both texts.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    client_uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *args, instance=None, **kwargs):
        if data is None and instance is not None and instance.pk:
            read_links_together(instance, self._meta.fields or ())
        super().__init__(data, *args, instance=instance, **kwargs)
        self.fields["version"].initial = self.instance.version if self.instance.pk else None
        self.fields["client_uuid"].initial = None if self.instance.pk else new_client_uuid()
        self.fields["version"].widget.is_localized = False

    def changed_by_somebody_else(self):
        read = self.cleaned_data.get("version")
        return bool(self.instance.pk and read and read != self.instance.version)

    def save(self, commit=True, *, by=None):
        if not self.instance.pk:
            earlier = written_once(type(self.instance), by, self.cleaned_data.get("client_uuid"))
            if earlier:
                self.instance = earlier
                return earlier
            self.instance.created_by = by
            self.instance.client_uuid = self.cleaned_data.get("client_uuid")
        elif self.changed_by_somebody_else():
            current = type(self.instance).everything.get(pk=self.instance.pk)
            raise Conflict(self.instance, current, self._differences(current))
        if not commit:
            return super().save(commit=False)
        with transaction.atomic():
            return super().save()

    def _save_m2m(self):
        """Write the links; where they change an earlier record, its history keeps those it had."""
        links = {field.name for field in earlier_links.fields(type(self.instance))}
        is_changed = self.instance.version > 1 and links.intersection(self.changed_data)
        with earlier_links.kept([self.instance] if is_changed else []):
            super()._save_m2m()

    def _differences(self, current):
        """Return (label, theirs, mine) for each field whose saved and typed values differ."""
        rows = []
        for name, field in self.fields.items():
            if name in ("version", "client_uuid") or name not in self.cleaned_data:
                continue
            theirs, mine = getattr(current, name, None), self.cleaned_data[name]
            if hasattr(theirs, "all"):
                theirs, mine = list(theirs.all()), list(mine)
            if theirs != mine:
                rows.append((field.label or name, _shown(theirs), _shown(mine)))
        return rows


def _shown(value):
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def read_links_together(record, names):
    """Read the many-to-many links of `record` in one statement, where a form would ask for each kind alone.

    Only for showing: the linked rows know nothing but their key.
    """
    fields = [field for field in earlier_links.fields(type(record)) if field.name in names]
    if len(fields) < 2:
        return
    found = earlier_links.read([record], names)[record.pk]
    for field in fields:
        linked = field.related_model._base_manager.filter(pk__in=found[field.name])
        linked._result_cache = [field.related_model(pk=pk) for pk in found[field.name]]
        record.__dict__.setdefault("_prefetched_objects_cache", {})[field.name] = linked


def typed_over(lines):
    """Return (label, saved now, typed) of every field in which a form or a formset differs from what is saved now."""
    rows = []
    for number, form in enumerate(getattr(lines, "forms", [lines]), 1):
        for name in form.changed_data:
            field = form.fields[name]
            if isinstance(field.widget, forms.HiddenInput):
                continue
            label = field.label or name
            if form is not lines:
                label = gettext("Line %(number)s: %(field)s") % {"number": number, "field": label}
            saved = form.get_initial_for_field(field, name)
            rows.append((label, _words(field, saved), _words(field, form.cleaned_data.get(name))))
    return rows


def _words(field, value):
    """Return what stands in a field as people read it."""
    if value in (None, ""):
        return ""
    if isinstance(value, list | models.QuerySet):
        return ", ".join(_words(field, each) for each in value)
    if isinstance(field, forms.ModelChoiceField):
        row = value if isinstance(value, models.Model) else field.queryset.filter(pk=value).first()
        return field.label_from_instance(row) if row else "…"
    return history.plainly(dict(getattr(field, "choices", ())).get(value, value))
