"""The quick entry of an activity, its full form, and its states."""

import datetime as dt

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coalition.forms import PlainForm, RecordForm, WholeNumberField
from coalition.members.models import Organisation
from coalition.reference.models import Province
from projects import actions, locks, places
from projects.models import Activity, Project

SIMPLE_COUNTS = ("women", "men", "children", "not_known")


class QuickForm(RecordForm):
    """Six questions: what, which kind, when, where, for which project, how many. The rest can wait."""

    women = WholeNumberField(label=_("Women"), required=False, max_value=100_000)
    men = WholeNumberField(label=_("Men"), required=False, max_value=100_000)
    children = WholeNumberField(label=_("Children (under 18)"), required=False, max_value=100_000)
    not_known = WholeNumberField(label=_("Others or not known"), required=False, max_value=100_000)
    project = forms.ModelChoiceField(
        Project.objects.none(), label=_("For which project?"), required=False, to_field_name="public_id"
    )

    class Meta:
        model = Activity
        fields = ["title", "kind", "starts_on", "province", "lead"]
        labels = {
            "title": _("What was it?"),
            "kind": _("Which kind?"),
            "starts_on": _("When?"),
            "province": _("Where?"),
        }
        help_texts = {"title": _("As you would tell a colleague; no names of children.")}

    def __init__(self, *args, user, today=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today or timezone.localdate()
        self.fields["kind"].choices = [("", "–"), *Activity.Kind.choices]
        self.fields["kind"].initial = self.instance.kind if self.instance.pk else None
        self._offer_provinces()
        self._offer_lead()
        if "project" in self.fields:
            self.fields["project"].queryset = actions.projects_to_log_for(user)
            self.fields["project"].empty_label = gettext("none")

    def _offer_provinces(self):
        """Offer the provinces as they were called on the activity's day; they are read when they are shown."""
        field = self.fields["province"]
        field.queryset = Province.objects.all()
        field.to_field_name = "uid"
        field.required = False
        field.empty_label = gettext("online, or not known")
        field.choices = self._provinces_of_the_day
        if self.instance.province_id and self.initial.get("province") == self.instance.province_id:
            uids = {province.pk: province.uid for province in self.provinces}
            self.initial["province"] = uids[self.instance.province_id]  # the field knows them by uid

    @cached_property
    def provinces(self):
        return list(Province.objects.in_order())

    def _provinces_of_the_day(self):
        typed = self["starts_on"].value()
        day = typed if isinstance(typed, dt.date) else places.day_of(typed, self.today)
        stood = [(province.uid, province.name) for province in self.provinces if province.is_valid_on(day)]
        return [("", gettext("online, or not known")), *stood]

    def _offer_lead(self):
        field = self.fields["lead"]
        if self.user.has_right("activity.edit_all"):
            field.queryset = Organisation.objects.in_order()
            return
        field.queryset = Organisation.objects.filter(pk__in=self.user.writing_organisation_ids).in_order()
        if len(self.user.writing_organisation_ids) == 1:
            field.widget = forms.HiddenInput()

    def clean(self):
        data = super().clean()
        day, province = data.get("starts_on"), data.get("province")
        if day and not 1990 <= day.year <= self.today.year + 5:
            self.add_error("starts_on", _("Please look at the year again."))
        elif day and province:
            self._fit_province(day, province)
        self._refuse_locked()
        return data

    def _fit_province(self, day, province):
        """Take the unit that stood there on the day; ask where several came into question."""
        fitting = places.units_on(province, day)
        if len(fitting) == 1:
            self.cleaned_data["province"] = fitting[0]
            return
        names = ", ".join(unit.name for unit in fitting)
        self.add_error(
            "province", gettext("On that day this was still several provinces: %(names)s.") % {"names": names}
        )

    def _refuse_locked(self):
        project = self.cleaned_data.get("project")
        self._refuse_locked_for([project] if project else [])

    def _refuse_locked_for(self, projects):
        days = [self.cleaned_data.get("starts_on")]
        why = locks.reason(self.instance, by=self.user, days=days, projects=projects)
        if why:
            raise forms.ValidationError(why)

    def counts(self):
        """Return the simple head counts that were filled in; blank is not zero."""
        typed = {name: self.cleaned_data.get(name) for name in SIMPLE_COUNTS}
        return {name: number for name, number in typed.items() if number is not None}


class ActivityForm(QuickForm):
    """Everything that can be said about an activity but its counts and files."""

    women = men = children = not_known = project = None

    class Meta(QuickForm.Meta):
        fields = [
            "title",
            "kind",
            "starts_on",
            "ends_on",
            "starts_at",
            "ends_at",
            "province",
            "other_provinces",
            "place",
            "is_online",
            "lead",
            "co_organisers",
            "projects",
            "pillar",
            "articles",
            "recommendations",
            "summary",
            "outcome",
            "difficulties",
            "is_shared",
        ]
        widgets = {
            "starts_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "ends_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        help_texts = {
            **QuickForm.Meta.help_texts,
            "other_provinces": _(
                "People are counted in the main province; these only say where else it was."
            ),
            "is_shared": _(
                "Other members and the donors of its projects may read it; its title stands on the public page of "
                "a project that is open to everybody. Photos need consent."
            ),
            "summary": _("No names, schools or addresses of children. Worried about a child? Call 111."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        open_to = Q(pk__in=actions.projects_to_log_for(self.user).order_by().values("pk"))
        linked = Q(
            pk__in=Activity.projects.through.objects.filter(activity=self.instance.pk).values("project")
        )
        self.fields["projects"].queryset = Project.objects.filter(open_to | linked).order_by(
            "-starts_on", "pk"
        )
        self.fields["co_organisers"].queryset = Organisation.objects.in_order()
        together = [(organisation.pk, str(organisation)) for organisation in Organisation.objects.in_order()]
        self.fields["co_organisers"].choices = together
        if self.user.has_right("activity.edit_all"):
            self.fields["lead"].choices = [("", "---------"), *together]
        self.fields["other_provinces"].queryset = Province.objects.all()
        self.fields["other_provinces"].choices = [
            (province.pk, str(province))
            for province in sorted(self.provinces, key=lambda each: (each.generation, each.sort_key))
        ]

    def _refuse_locked(self):
        self._refuse_locked_for(list(self.cleaned_data.get("projects") or []))


class StateForm(PlainForm):
    """What became of a planned activity."""

    state = forms.ChoiceField(
        label=_("What became of it?"), choices=Activity.State.choices, widget=forms.RadioSelect
    )
    state_reason = forms.CharField(label=_("Why?"), max_length=300, required=False)
    starts_on = forms.DateField(
        label=_("New date"), required=False, help_text=_("When it is held instead, if that is known.")
    )

    def __init__(self, *args, activity, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.activity, self.user = activity, user

    def clean(self):
        data = super().clean()
        why = locks.reason(self.activity, by=self.user, days=[data.get("starts_on")])
        if why:
            raise forms.ValidationError(why)
        if data.get("state") in ("postponed", "cancelled") and not data.get("state_reason"):
            self.add_error("state_reason", _("Please say why in a few words."))
        return data
