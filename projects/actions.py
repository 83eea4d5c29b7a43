"""What is done to projects and the activity log: logging, counting, moving, archiving, evidence.

Other rooms create their activities here, so that every log entry is made the same way:

    from projects import actions
    activity = actions.log(by=user, lead=organisation, title="…", kind="training", starts_on=day,
                           province=province, projects=[project], counts={"women": 12, "men": 3})

A room whose record *is* an activity saves the activity with `log(...)` and its own row with
`OneToOneField(Activity, primary_key=True)` beside it; the activity's page then links to it by itself.
People are counted with `count_people` (head counts), `count_organisation` (who sent how many) or, for name
lists of adults, by writing `Participation` rows with `is_named=True`. Counts are added, never compared.
"""

from contextlib import ExitStack

from django.db import IntegrityError, transaction
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy, gettext_noop

from coalition import earlier_links, history
from coalition.files.models import StoredFile
from coalition.records import Closed, written_once
from projects import earlier_counts, earlier_lines, locks, places
from projects.models import Activity, DownloadCount, Evidence, Participation, Project

# The simple head counts of the quick entry: (group, sex, age) of each.
SIMPLE = {
    "women": ("other", "female", "18+"),
    "men": ("other", "male", "18+"),
    "children": ("children", "unknown", "unknown"),
    "not_known": ("other", "unknown", "unknown"),
}


@transaction.atomic
def log(
    *, by, lead, title, kind, starts_on, today=None, projects=(), co_organisers=(), counts=None, **fields
):
    """Write one activity into the log and return it; its state follows from its day unless it is given.

    `counts` maps women, men, children, not_known to numbers; a missing one is not known, not zero.
    """
    today = today or timezone.localdate()
    fields.setdefault("state", Activity.State.HELD if starts_on <= today else Activity.State.PLANNED)
    fields.setdefault("planned_on", starts_on if fields["state"] == Activity.State.PLANNED else None)
    activity = Activity(title=title, kind=kind, lead=lead, starts_on=starts_on, created_by=by, **fields)
    activity.save()
    activity.projects.set(projects)
    activity.co_organisers.set(co_organisers)
    _write_counts(activity, simple_counts(counts or {}))
    return activity


def simple_counts(counts):
    """Return {(group, sex, age): number} of the quick entry's counts."""
    return {SIMPLE[name]: number for name, number in counts.items() if number is not None}


@transaction.atomic
def count_people(*, activity, counts, by, disabled=None):
    """Replace the head counts of `activity` by {(group, sex, age): number}; the change stands in its history.

    `disabled` maps (group, age) to persons with disability among them. A pair that is missing is not known.
    """
    locks.refuse(activity, by=by)
    before = people_in(activity)
    with earlier_counts.kept([activity]):
        activity.participation.filter(organisation=None, is_named=False).delete()
        _write_counts(activity, counts, disabled or {})
        _tell(activity, before, by)


@transaction.atomic
def count_organisation(*, activity, organisation, women, men, not_known, by, group="cso"):
    """Say how many people an organisation sent; None in all three takes the organisation off the list."""
    locks.refuse(activity, by=by)
    before = people_in(activity)
    numbers = {("female", "18+"): women, ("male", "18+"): men, ("unknown", "unknown"): not_known}
    with earlier_counts.kept([activity]):
        activity.participation.filter(organisation=organisation, is_named=False).delete()
        Participation.objects.bulk_create(
            Participation(
                activity=activity, organisation=organisation, group=group, sex=sex, age=age, count=number
            )
            for (sex, age), number in numbers.items()
            if number is not None
        )
        _tell(activity, before, by)


def people_in(activity):
    """Return the number of people counted, or None where nobody counted."""
    return activity.participation.aggregate(total=Sum("count"))["total"]


def _write_counts(activity, counts, disabled=None):
    rows = []
    left = dict(disabled or {})
    for (group, sex, age), number in sorted(counts.items()):
        among = None
        if left.get((group, age)) is not None:
            among = min(number, left[group, age])
            left[group, age] -= among
        rows.append(Participation(
            activity=activity, group=group, sex=sex, age=age, count=number, with_disability=among
        ))  # fmt: skip
    Participation.objects.bulk_create(rows)


def _tell(activity, before, by):
    """Write the change of the number of people into the activity's history, as a sentence."""
    after = people_in(activity)
    if before != after:
        activity._change_reason = history.reason(
            gettext_noop("number of participants from %(old)s to %(new)s"),
            old=_number(before),
            new=_number(after),
        )
    activity._history_user = by
    activity.save()


def _number(value):
    return gettext_lazy("not known") if value is None else value


@transaction.atomic
def change_state(*, activity, state, by, reason="", starts_on=None):
    """Say what became of an activity: held, postponed (to a new day, if known), cancelled."""
    locks.refuse(activity, by=by, days=[starts_on])
    if activity.planned_on is None:
        activity.planned_on = activity.starts_on
    activity.state, activity.state_reason = state, reason
    if starts_on and starts_on != activity.starts_on:
        if activity.ends_on:
            activity.ends_on = starts_on + (activity.ends_on - activity.starts_on)
        activity.starts_on = starts_on
        if state == Activity.State.POSTPONED:
            activity.state = Activity.State.PLANNED
    activity._history_user = by
    activity.save()


@transaction.atomic
def save_lines(*, project, lines, what, by, read=None):
    """Write the changed lines of a project and tell of it in the project's history.

    `lines` is a valid formset or form, `read` the version of the project it was opened with: raises Conflict
    when somebody has saved it since, and then writes nothing.
    """
    if not lines.has_changed():
        return
    with earlier_lines.kept(project):
        lines.save()
        project.version = read or project.version
        project._history_user = by
        project._change_reason = history.reason(gettext_noop("changed its lines: %(what)s"), what=what)
        project.save()


@transaction.atomic
def archive(*, record, by):
    """Take a record out of the lists; nothing is deleted. Doing it twice changes nothing."""
    if record.archived_at is None:
        _refuse_locked(record, by)
        record._history_user = by
        record.archive()


@transaction.atomic
def restore(*, record, by):
    if record.archived_at is not None:
        _refuse_locked(record, by)
        record._history_user = by
        record.restore()


@transaction.atomic
def go_back(*, record, version, by):
    """Give a record the texts, numbers, links and lines it had in an earlier version; the way back stays open too."""
    links = earlier_links.of(record, version) or {}
    may_link = _may_link(record, by)
    joined = may_link["projects"].filter(pk__in=links.get("projects", [])) if "projects" in may_link else ()
    _refuse_locked(record, by, days=[getattr(version, "starts_on", None)], projects=joined)
    counts = earlier_counts.of(record, version.version) if isinstance(record, Activity) else None
    lines = earlier_lines.of(record, version.version) if isinstance(record, Project) else None
    if lines is not None and (why := earlier_lines.locked_reason(record, lines, by=by)):
        raise Closed(why, record.get_absolute_url())
    with ExitStack() as stack:
        if counts is not None:
            stack.enter_context(earlier_counts.kept([record]))
            earlier_counts.put_back(record, counts)
        if lines is not None:
            stack.enter_context(earlier_lines.kept(record))
            earlier_lines.put_back(record, lines)
        _take_fields(record, version, by)
        record.save()
    with earlier_links.kept([record]):
        earlier_links.put_back(record, links, may_link)


def _take_fields(record, version, by):
    kept = {"id", "public_id", "version", "created_by", "created_at", "updated_at", "archived_at"}
    kept |= {"is_public", "locked_until"}  # what is open to everybody, and what is closed, is decided anew
    for field in version.tracked_fields:
        if field.name not in kept:
            setattr(record, field.attname, getattr(version, field.attname))
    record._history_user = by
    record._change_reason = history.reason(
        gettext_noop("went back to the version of %(day)s"),
        day=f"{timezone.localtime(version.history_date):%H:%M %d/%m/%Y}",
    )


def _may_link(record, by):
    """Return {field: rows} that this person may link a record with again, where that is not all in use."""
    if isinstance(record, Activity):
        return {"projects": projects_to_log_for(by).order_by()}
    return {}


def _refuse_locked(record, by, days=(), projects=()):
    if isinstance(record, Activity):
        locks.refuse(record, by=by, days=days, projects=projects)


@transaction.atomic
def add_evidence(*, activity, file, by):
    """Hang a checked file on an activity; the same file twice changes nothing."""
    _evidence, is_new = Evidence.objects.get_or_create(activity=activity, file=file)
    if is_new:
        _tell_of_file(activity, file, gettext_noop("evidence added: %(kind)s"), by)


@transaction.atomic
def remove_evidence(*, evidence, by):
    """Put the file of an activity into the archive. Doing it twice changes nothing."""
    if evidence.file.archived_at is None:
        archive(record=evidence.file, by=by)
        _tell_of_file(evidence.activity, evidence.file, gettext_noop("evidence removed: %(kind)s"), by)


@transaction.atomic
def restore_evidence(*, evidence, by):
    """Take the file of an activity out of the archive again."""
    if evidence.file.archived_at is not None:
        restore(record=evidence.file, by=by)
        _tell_of_file(evidence.activity, evidence.file, gettext_noop("evidence put back: %(kind)s"), by)


def _tell_of_file(activity, file, words, by):
    """Tell of a file by its kind only: its name may say who is in it, and more people read the history than see it."""
    activity._history_user = by
    activity._change_reason = history.reason(words, kind=StoredFile.Kind(file.kind).label)
    activity.save()


def projects_to_log_for(user):
    """Return the projects a person may log for: open ones it sees; the secretariat also closed ones."""
    seen = Project.objects.visible_to(user)
    if user.has_right("activity.edit_all"):
        return seen.exclude(state=Project.State.DRAFT).order_by("state", "-starts_on", "pk")
    return seen.filter(state=Project.State.OPEN).order_by("-starts_on", "pk")


def defaults_for(user, today):
    """Return what the quick entry starts with: today, one's organisation, its last place and open project."""
    lead = user.organisation
    last = (
        Activity.objects.filter(lead=lead).order_by("-created_at", "-pk").select_related("province").first()
    )
    projects = Project.objects.visible_to(user).filter(state=Project.State.OPEN)
    mine = list(projects.filter(
        Q(lead=lead) | Q(partners__organisation=lead),
        Q(ends_on=None) | Q(ends_on__gte=today),
        starts_on__lte=today,
    ).distinct()[:2])  # fmt: skip
    province = places.units_on(last.province, today)[0] if last and last.province else None
    return {
        "starts_on": today,
        "lead": lead,
        "province": province.uid if province else None,
        "project": mine[0].public_id if len(mine) == 1 else None,
    }


def log_form(*, form, by, today):
    """Log what the quick entry says; return (activity, whether it is new). Sent twice, it is written once."""
    try:
        with transaction.atomic():
            return _log_form(form, by, today)
    except IntegrityError:  # a second tap that overtook the first
        earlier = written_once(Activity, by, form.cleaned_data.get("client_uuid"))
        if earlier is None:
            raise
        return earlier, False


def _log_form(form, by, today):
    activity = form.save(commit=False, by=by)
    if activity.pk:
        return activity, False
    activity.state = Activity.State.HELD if activity.starts_on <= today else Activity.State.PLANNED
    activity.planned_on = activity.starts_on if activity.state == Activity.State.PLANNED else None
    activity.save()
    if form.cleaned_data.get("project"):
        activity.projects.add(form.cleaned_data["project"])
    _write_counts(activity, simple_counts(form.counts()))
    return activity, True


def count_download(*, publication, day):
    """Count one fetch of a publication; who fetched it is neither asked nor kept."""
    counted, _is_new = DownloadCount.objects.get_or_create(publication=publication, day=day)
    DownloadCount.objects.filter(pk=counted.pk).update(number=F("number") + 1)
