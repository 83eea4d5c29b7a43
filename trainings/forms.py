"""What people may type about courses, trainings, sessions and tests."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from coalition.forms import CleanForm, PlainForm, RecordForm, WholeNumberField
from projects.forms.activity import ActivityForm
from projects.models import Activity
from trainings.models import Course, Session, Training

DAYS = 14  # a longer training gets its sessions by hand


class CourseForm(RecordForm):
    """A course of the catalogue."""

    class Meta:
        model = Course
        fields = ["name_vi", "name_en", "code", "hours", "contents"]


class TrainingForm(ActivityForm):
    """A training: the activity it is, and what only a training has."""

    course = forms.ModelChoiceField(
        Course.objects.none(), label=_("course"), required=False, to_field_name="public_id"
    )
    trainers = forms.CharField(
        label=_("who teaches"),
        max_length=300,
        required=False,
        help_text=_("Organisations, or adults who agreed to be named."),
    )
    places = WholeNumberField(label=_("places"), required=False, max_value=10_000)
    objectives = forms.CharField(
        label=_("what people shall be able to do afterwards"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta(ActivityForm.Meta):
        fields = [
            "title", "kind", "starts_on", "ends_on", "starts_at", "ends_at", "province", "other_provinces",
            "place", "is_online", "lead", "co_organisers", "projects", "pillar", "is_shared",
        ]  # fmt: skip

    OF_THE_TRAINING = ("course", "trainers", "places", "objectives")

    def __init__(self, *args, training=None, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["kind"]
        if not self.instance.pk:
            self.instance.kind = Activity.Kind.TRAINING
        self.fields["course"].queryset = Course.objects.visible_to(self.user).in_order()
        if training:
            for name in self.OF_THE_TRAINING:
                self.fields[name].initial = getattr(training, name)
            self.fields["course"].initial = training.course.public_id if training.course else None
        first = ["title", "course", "starts_on", "ends_on", "starts_at", "ends_at", "province"]
        self.order_fields([*first, *(name for name in self.fields if name not in first)])

    def write_training(self, activity):
        """Write what only a training has beside its activity; return the Training."""
        details = {name: self.cleaned_data[name] for name in self.OF_THE_TRAINING}
        training, is_new = Training.objects.update_or_create(activity=activity, defaults=details)
        if is_new:
            days = min((activity.ends_on - activity.starts_on).days + 1 if activity.ends_on else 1, DAYS)
            Session.objects.bulk_create([
                Session(
                    training=training, day=activity.starts_on + timedelta(days=number),
                    starts_at=activity.starts_at, ends_at=activity.ends_at,
                    subject=str(_("Day %(number)s")) % {"number": number + 1},
                )
                for number in range(days)
            ])  # fmt: skip
        return training


class SessionForm(CleanForm, forms.ModelForm):
    """A session of a training."""

    class Meta:
        model = Session
        fields = ["day", "starts_at", "ends_at", "subject"]
        widgets = {
            "starts_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "ends_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }


SessionFormSet = forms.inlineformset_factory(Training, Session, form=SessionForm, extra=1, can_delete=True)


class ParticipantsForm(PlainForm):
    """A list of adults, pasted or typed."""

    lines = forms.CharField(
        label=_("Participants, one a line"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Name; organisation; nữ or nam. Adults only: children are counted on the activity."),
    )


class ScoresForm(PlainForm):
    """What each participant knew before and after, of a hundred."""

    def __init__(self, *args, participants, **kwargs):
        super().__init__(*args, **kwargs)
        self.participants = participants
        for person in participants:
            test = getattr(person, "test", None)
            for when, label in (("before", _("before")), ("after", _("after"))):
                field = forms.DecimalField(
                    label=label, required=False, min_value=0, max_value=100, max_digits=4, decimal_places=1,
                    initial=getattr(test, when) if test else None,
                )  # fmt: skip
                field.localize = field.widget.is_localized = True
                field.widget.input_type = "text"
                field.widget.attrs.update(
                    {"inputmode": "decimal", "aria-label": f"{person.full_name}, {label}"}
                )
                self.fields[f"{when}_{person.pk}"] = field

    def lines(self):
        """Return (participant, bound field before, bound field after) for the table."""
        return [
            (person, self[f"before_{person.pk}"], self[f"after_{person.pk}"]) for person in self.participants
        ]

    def scores(self):
        return {
            person.pk: (self.cleaned_data[f"before_{person.pk}"], self.cleaned_data[f"after_{person.pk}"])
            for person in self.participants
        }
