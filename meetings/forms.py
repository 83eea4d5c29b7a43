"""What people type about meetings: the meeting itself, agenda items, actions, attendance, a file of minutes."""

from datetime import timedelta

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.dates import parse_deadline
from coalition.forms import PlainForm, RecordForm, TextField
from coalition.members.models import Organisation
from coalition.records import new_client_uuid
from coalition.reference.models import CalendarDay
from meetings import actions, markup, names
from meetings.actions import agenda
from meetings.actions.importing import dates, due_words
from meetings.actions.meetings import default_host, usual_title
from meetings.models import ActionPoint, AgendaItem, Attendance, Meeting, WorkingGroup
from projects.models import Activity

HOURS = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class MeetingForm(RecordForm):
    """A meeting: its activity's day, hours, host and place, and the group that meets."""

    group = forms.ModelChoiceField(
        WorkingGroup.objects.none(),
        label=gettext_lazy("Working group"),
        required=False,
        empty_label=gettext_lazy("the whole coalition"),
    )
    link = forms.URLField(label=gettext_lazy("Link to join"), required=False, assume_scheme="https")

    class Meta:
        model = Activity
        fields = ["title", "starts_on", "starts_at", "ends_at", "lead", "place", "is_online"]
        labels = {"lead": gettext_lazy("Host organisation")}
        widgets = {"starts_at": HOURS, "ends_at": HOURS}

    field_order = [
        "group",
        "starts_on",
        "starts_at",
        "ends_at",
        "lead",
        "place",
        "is_online",
        "link",
        "title",
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = WorkingGroup.objects.in_order()
        self.fields["title"].required = False
        self.fields["title"].help_text = gettext_lazy("Empty: the group's name and the day.")
        self.fields["lead"].required = False
        self.fields["lead"].queryset = Organisation.objects.filter(merged_into=None).in_order()
        self.fields["lead"].help_text = gettext_lazy("Empty: the chair of the group.")
        if self.instance.pk:
            meeting = self.instance.meeting
            self.fields["group"].initial, self.fields["link"].initial = meeting.group, meeting.link

    def clean(self):
        cleaned = super().clean()
        group, day = cleaned.get("group"), cleaned.get("starts_on")
        if cleaned.get("ends_at") and cleaned.get("starts_at") and cleaned["ends_at"] <= cleaned["starts_at"]:
            self.add_error("ends_at", _("The meeting cannot end before it begins."))
        if not cleaned.get("lead"):
            cleaned["lead"] = self.instance.lead if self.instance.lead_id else default_host(group)
            if cleaned["lead"] is None:
                self.add_error("lead", _("Say which organisation hosts the meeting."))
        if day and not cleaned.get("title"):
            cleaned["title"] = usual_title(group, day)
        return cleaned

    @transaction.atomic
    def save(self, *, by):
        """Save the activity and its meeting; a new one gets the pillars of the plan as its agenda."""
        activity = self.instance
        if not activity.pk:
            activity.kind, activity.state, activity.is_shared = (
                Activity.Kind.MEETING,
                Activity.State.PLANNED,
                True,
            )
            group = self.cleaned_data["group"]
            activity.place = activity.place or (group.place if group else "")
        activity = super().save(by=by)
        meeting, is_new = Meeting.objects.get_or_create(activity=activity)
        meeting.group, meeting.link = self.cleaned_data["group"], self.cleaned_data["link"]
        meeting.save(update_fields=["group", "link"])
        if is_new:
            agenda.prepare(meeting, by=by)
        return meeting


class NextMeetingForm(PlainForm):
    """When the group meets again."""

    starts_on = forms.DateField(label=gettext_lazy("Date"))
    starts_at = forms.TimeField(label=gettext_lazy("From"), required=False, widget=HOURS)
    ends_at = forms.TimeField(label=gettext_lazy("To"), required=False, widget=HOURS)
    lead = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Host organisation"),
        required=False,
        empty_label=gettext_lazy("as this time"),
    )
    place = TextField(label=gettext_lazy("Place"), required=False, max_length=200)

    def __init__(self, *args, meeting, **kwargs):
        self.meeting = meeting
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = meeting.invited()
        self.fields["starts_on"].initial = meeting.activity.starts_on + timedelta(weeks=4)
        for name in ("starts_at", "ends_at", "place"):
            self.fields[name].initial = getattr(meeting.activity, name)

    def clean_starts_on(self):
        day = self.cleaned_data["starts_on"]
        if day <= self.meeting.activity.starts_on:
            raise forms.ValidationError(_("The next meeting comes after this one."))
        return day


class ItemForm(RecordForm):
    """An agenda item with what was said; markup that was pasted becomes plain lines."""

    class Meta:
        model = AgendaItem
        fields = ["title", "pillar", "content"]
        widgets = {"content": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["content"].help_text = gettext_lazy(
            "A line is a paragraph; “- ” begins a list; **bold**."
        )
        self.fields["pillar"].empty_label = gettext_lazy("none")

    def clean_content(self):
        return markup.plain(self.cleaned_data["content"])

    def save(self, *, by):
        if self.instance.pk and self.instance.content != self.initial.get("content"):
            self.instance.state = AgendaItem.State.DISCUSSED
        return super().save(by=by)


class PointForm(RecordForm):
    """An action of the right column. Who and by when are proposed from its words; a person confirms."""

    who = TextField(
        label=gettext_lazy("Who"),
        required=False,
        max_length=500,
        help_text=gettext_lazy(
            "Organisations by any of their names, with commas; “each organisation” is every member."
        ),
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ActionPoint
        fields = ["text", "person_words", "due_words", "due_on", "not_before", "priority"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

    field_order = ["text", "who", "due_on", "due_words", "person_words", "not_before", "priority"]

    def __init__(self, *args, meeting, directory=None, **kwargs):
        self.meeting = meeting
        self._directory = directory
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound:
            self.initial["who"] = self._who_now()

    def _who_now(self):
        if self.instance.is_for_every_member:
            return _("each organisation")
        owed = self.instance.follow_ups.exclude(obligation__state="cancelled").select_related(
            "obligation__organisation"
        )
        return ", ".join(str(follow_up.obligation.organisation) for follow_up in owed)

    @property
    def directory(self):
        if self._directory is None:
            self._directory = names.directory(self.meeting.group, self.meeting.activity.starts_on)
        return self._directory

    def clean_who(self):
        """Return (organisations, is it for every member); a name nobody knows is an error beside the field."""
        said = self.cleaned_data["who"]
        mentions, unknown = [], []
        for piece in filter(None, (piece.strip() for piece in said.replace(";", ",").split(","))):
            found = self.directory.find(piece)
            mentions += found
            if not found:
                unknown.append(piece)
        if unknown:
            raise forms.ValidationError(
                _(
                    "No organisation is known as “%(name)s”. Write it as a person, or add the name to the organisation."
                )
                % {"name": unknown[0]}
            )
        self.instance.is_for_every_member = any(mention.code == "*" for mention in mentions)
        self.organisations = list(
            Organisation.objects.filter(code__in={mention.code for mention in mentions})
        )
        return said

    def proposals(self):
        """Fill what was left empty from the words; return True if there is something to confirm."""
        from meetings.minutes import sentences

        words = self.cleaned_data["text"]
        if self.instance.pk or self.cleaned_data.get("confirmed"):
            return False
        proposed = {}
        if not self.cleaned_data["who"]:
            reading = sentences.read(words, self.directory, {})
            shown = {
                organisation.code: str(organisation)
                for organisation in Organisation.objects.filter(
                    code__in={owner.code for owner in reading.owners}
                )
            }
            who = [
                _("each organisation") if owner.code == "*" else shown.get(owner.code, "")
                for owner in reading.owners
            ]
            proposed["who"] = ", ".join(filter(None, who))
            if not self.cleaned_data["person_words"]:
                proposed["person_words"] = reading.person
        if not (self.cleaned_data["due_on"] or self.cleaned_data["due_words"]):
            due = self._due(words)
            due_on, not_before = dates(due)
            proposed |= {
                "due_on": due_on.isoformat() if due_on else "",
                "due_words": due_words(due),
                "not_before": not_before.isoformat() if not_before else "",
            }
            self.rule = due.rule() if due else ""
        proposed = {name: value for name, value in proposed.items() if value}
        if proposed:
            self.data = {**self.data.dict(), **proposed, "confirmed": "on"}
        return bool(proposed)

    def _due(self, words):
        return parse_deadline(words, self.meeting.activity.starts_on, CalendarDay.objects.overrides())

    def clean(self):
        """Read a deadline that was typed as words only."""
        cleaned = super().clean()
        if cleaned.get("due_words") and not (cleaned.get("due_on") or cleaned.get("not_before")):
            due_on, not_before = dates(self._due(cleaned["due_words"]))
            cleaned["due_on"], cleaned["not_before"] = due_on, not_before
        return cleaned

    @transaction.atomic
    def save(self, *, by, item=None):
        if not self.instance.pk:
            self.instance.meeting, self.instance.item = self.meeting, item
            last = self.meeting.points.order_by("-order").values_list("order", flat=True).first() or 0
            self.instance.order = last + 10
        point = super().save(by=by)
        actions.assign(point, organisations=self.organisations, by=by)
        return point


class AttendanceForm(PlainForm):
    """Who came: one choice and one name for each organisation invited."""

    def __init__(self, *args, meeting, **kwargs):
        self.meeting = meeting
        self.organisations = list(meeting.invited())
        came = {row.organisation_id: row for row in meeting.attendances.select_related("organisation")}
        known = {organisation.pk for organisation in self.organisations}
        self.organisations += [row.organisation for pk, row in came.items() if pk not in known]
        super().__init__(*args, **kwargs)
        for organisation in self.organisations:
            row = came.get(organisation.pk)
            self.fields[f"status_{organisation.pk}"] = forms.ChoiceField(
                label=str(organisation),
                required=False,
                initial=row.status if row else "",
                choices=[("", _("not noted")), *Attendance.Status.choices],
            )
            self.fields[f"name_{organisation.pk}"] = TextField(
                label=_("represented by (%(organisation)s)") % {"organisation": organisation},
                required=False,
                max_length=200,
                initial=row.represented_by if row else "",
            )

    def rows(self):
        return [
            {"organisation": each, "status": self[f"status_{each.pk}"], "name": self[f"name_{each.pk}"]}
            for each in self.organisations
        ]

    def save(self, *, by):
        actions.attend(
            self.meeting,
            by=by,
            rows=[
                (each.pk, self.cleaned_data[f"status_{each.pk}"], self.cleaned_data[f"name_{each.pk}"])
                for each in self.organisations
            ],
        )


class CommentForm(PlainForm):
    text = TextField(
        label=gettext_lazy("Your comment"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    client_uuid = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=new_client_uuid)


class UploadForm(PlainForm):
    """A file of minutes, or its text pasted."""

    file = forms.FileField(label=gettext_lazy("File (.docx or .txt)"), required=False)
    text = TextField(
        label=gettext_lazy("or paste the table here"),
        required=False,
        max_length=400_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    held_on = forms.DateField(
        label=gettext_lazy("Held on"),
        required=False,
        help_text=gettext_lazy("Dates without a year are read as seen from this day."),
    )
    group = forms.ModelChoiceField(
        WorkingGroup.objects.none(),
        label=gettext_lazy("Working group"),
        required=False,
        empty_label=gettext_lazy("the whole coalition"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = WorkingGroup.objects.in_order()
        self.fields["group"].initial = WorkingGroup.objects.in_order().first()

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("file") and not (cleaned.get("text") or "").strip() and "file" not in self.errors:
            self.add_error("file", _("Choose a file, or paste the text of the minutes."))
        if cleaned.get("held_on") and cleaned["held_on"] > timezone.localdate():
            self.add_error("held_on", _("Minutes are of a meeting that has been held."))
        return cleaned


class GroupForm(RecordForm):
    class Meta:
        model = WorkingGroup
        fields = [
            "name_vi",
            "name_en",
            "code",
            "chair",
            "members",
            "pillars",
            "place",
            "starts_at",
            "ends_at",
        ]
        widgets = {
            "starts_at": HOURS,
            "ends_at": HOURS,
            "members": forms.CheckboxSelectMultiple,
            "pillars": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.filter(merged_into=None).in_order()
        members = organisations.members_on(timezone.localdate()).in_order()
        self.fields["chair"].queryset = self.fields["members"].queryset = members
