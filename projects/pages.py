"""What the pages of activities and projects show, read in few statements."""

from collections import defaultdict

from django.db.models import Q, Value
from django.utils import timezone

from coalition.files.models import Consent
from coalition.reference.models import Article, Province, Recommendation
from projects import counting
from projects.models import Activity, Evidence, Participation

NAMES = ("public_id", "short_name", "name_vi", "name_en")
COUNTED = ("activity", "group", "sex", "age", "count", "with_disability", "is_named")
SEXES, AGES = Participation.Sex, Participation.Age


def detail_names():
    """Return the names under which other rooms hang their row on an activity: "training", "meeting", …"""
    return [
        relation.get_accessor_name() for relation in Activity._meta.related_objects if relation.one_to_one
    ]


def current_or_own(model, user):
    """Return the records this person may see; archived ones only where they may be put back."""
    mine = model.everything.editable_by(user).values("pk")
    return model.everything.visible_to(user).filter(Q(archived_at=None) | Q(pk__in=mine))


def activities(user):
    """Return the activities this person may see, archived ones of its own too, with what a page needs."""
    details = ("lead", "province", "pillar", *detail_names())
    return current_or_own(Activity, user).select_related(*details)


def may_edit(activity, user):
    """Return whether this person may change the activity, without asking the database again."""
    return user.has_right("activity.edit_all") or (
        user.has_right("activity.log") and activity.lead_id in user.writing_organisation_ids
    )


def activity_context(activity, user):
    counts = list(
        activity.participation.select_related("organisation")
        .only(*COUNTED, *(f"organisation__{name}" for name in (*NAMES, "sort_key")))
        .order_by("group", "age", "sex", "pk")
    )
    links = references(activity)
    return {
        "activity": activity,
        "can_edit": may_edit(activity, user),
        "details": details(activity),
        "co_organisers": activity.co_organisers.in_order().only(*NAMES),
        "projects": activity.projects.visible_to(user).only("public_id", "title_vi", "title_en"),
        "links": links,
        "people": people(counts),
        "organisations": sent_by(counts),
        "grid": grid(counts),
        **evidence(activity, user),
        "people_rule": counting.people_rule(),
    }


def details(activity):
    """Return the rows of other rooms that say more about this activity: its training, its meeting."""
    found = (getattr(activity, name, None) for name in detail_names())
    return [
        {"words": detail._meta.verbose_name, "url": detail.get_absolute_url()}
        for detail in found if detail is not None and hasattr(detail, "get_absolute_url")
    ]  # fmt: skip


def references(activity):
    """Return articles, recommendations and other provinces of an activity, in one statement."""
    columns = ("code", "name_vi", "name_en")
    articles = Article.objects.filter(activities=activity).values_list(Value("articles"), *columns)
    asked = Recommendation.objects.filter(activities=activity).values_list(Value("recommendations"), *columns)
    places = Province.objects.filter(also_activities=activity)
    found = defaultdict(list)
    for kind, code, name_vi, name_en in articles.union(
        asked, places.values_list(Value("provinces"), "uid", "name_vi", "name_en"), all=True
    ):
        found[kind].append({"code": code, "name_vi": name_vi, "name_en": name_en or name_vi})
    return dict(found)


def people(counts):
    """Return the sums of an activity's counts; None where nobody counted."""
    if not counts:
        return None
    children = [row for row in counts if row.age in Participation.UNDER_18 or row.group == "children"]
    disabled = [row.with_disability for row in counts if row.with_disability is not None]
    return {
        "all": sum(row.count for row in counts),
        "female": sum(row.count for row in counts if row.sex == SEXES.FEMALE),
        "male": sum(row.count for row in counts if row.sex == SEXES.MALE),
        "unknown": sum(row.count for row in counts if row.sex == SEXES.UNKNOWN),
        "children": sum(row.count for row in children),
        "disabled": sum(disabled) if disabled else None,
        "named": sum(row.count for row in counts if row.is_named),
    }


def sent_by(counts):
    """Return [(organisation, people it sent)] by the order of the alphabet."""
    sent = defaultdict(int)
    for row in counts:
        if row.organisation:
            sent[row.organisation] += row.count
    return sorted(sent.items(), key=lambda pair: (pair[0].sort_key, pair[0].pk))


def grid(counts):
    """Return [(group, [(age, [number by sex], sum)], sum)] of what was counted; "" where nobody counted."""
    groups = []
    for group in Participation.Group:
        mine = [row for row in counts if row.group == group]
        if not mine:
            continue
        lines = []
        for age in AGES:
            of_age = [row for row in mine if row.age == age]
            if of_age:
                by_sex = [[row.count for row in of_age if row.sex == sex] for sex in SEXES]
                lines.append((age.label, [sum(each) if each else "" for each in by_sex],
                              sum(row.count for row in of_age)))  # fmt: skip
        groups.append((group.label, lines, sum(row.count for row in mine)))
    return groups


def evidence(activity, user):
    """Return the evidence this person may see, each saying whether its people agreed to this person seeing it.

    Besides, for those who may change the activity, what was taken off it.

    The same rule opens the files themselves (projects/seen_files.py): a donor's reader needs a consent for reports
    to donors, others one for internal reports; whoever edits the activity sees all.
    """
    hung = list(Evidence.objects.filter(activity=activity).select_related("file").order_by("pk"))
    found = [each for each in hung if each.file.archived_at is None]
    may_see_all = user.is_secretariat or may_edit(activity, user)
    purpose = "for_internal_report" if user.organisation_ids else "for_donor_report"
    today, consents = (
        timezone.localdate(),
        _consents([each.file_id for each in found if each.file.shows_people]),
    )
    for each in found:
        given = consents[each.file_id]
        each.withdrawn = any(consent.withdrawn_at for consent in given)
        each.agreed = any(
            consent.is_in_force(today) and (may_see_all or getattr(consent, purpose)) for consent in given
        )
    if not may_see_all:
        found = [each for each in found if not each.file.shows_people or (each.agreed and not each.withdrawn)]
    gone = [each for each in hung if each.file.archived_at] if may_edit(activity, user) else []
    return {"evidence": found, "removed_evidence": gone}


def _consents(files):
    """Return {file pk: its consents}, without asking where no file shows people."""
    given = defaultdict(list)
    for consent in Consent.objects.filter(file__in=files) if files else ():
        given[consent.file_id].append(consent)
    return given
