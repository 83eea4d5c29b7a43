"""Minutes gathered for reading: blocks of two columns, with the statements that takes; kept on approval."""

from datetime import date

from coalition.obligations.models import Obligation
from meetings.models import FollowUpAction


def follow_ups_of(meeting):
    """Return the follow-up actions of a meeting that were not taken back, in one statement."""
    return list(
        FollowUpAction.objects.filter(point__meeting=meeting, point__archived_at=None)
        .exclude(obligation__state=Obligation.State.CANCELLED)
        .select_related("obligation", "obligation__organisation")
        .order_by("obligation__organisation__sort_key", "obligation")
    )


def duties_by_organisation(meeting):
    """Return {organisation id: [its duties]} of a meeting, open ones first."""
    found = {}
    for follow_up in follow_ups_of(meeting):
        found.setdefault(follow_up.obligation.organisation_id, []).append(follow_up.obligation)
    return found


def blocks(meeting):
    """Return the two columns as a list of {"item", "children", "points"}, in three statements.

    Points hang on the block of their item or its parent; those of no item stand in a block without one.
    Each point has `duties`, the obligations that were not taken back.
    """
    duties = {}
    for follow_up in follow_ups_of(meeting):
        follow_up.obligation.follow_up_person = follow_up.person_words
        duties.setdefault(follow_up.point_id, []).append(follow_up.obligation)
    items = list(meeting.items.in_agenda())
    by_id, made = {}, []
    for item in items:
        if item.parent_id is None:
            by_id[item.pk] = {"item": item, "key": item.public_id, "children": [], "points": []}
            made.append(by_id[item.pk])
    for item in items:
        if item.parent_id in by_id:
            by_id[item.parent_id]["children"].append(item)
            by_id[item.pk] = by_id[item.parent_id]
    loose = {"item": None, "key": "other", "children": [], "points": []}
    for point in meeting.points.order_by("order", "pk"):
        point.duties = duties.get(point.pk, [])
        by_id.get(point.item_id, loose)["points"].append(point)
    return made + ([loose] if loose["points"] else [])


def block_of(meeting, item):
    """Return the block that `item` stands in, or the one of actions without a matter."""
    for block in blocks(meeting):
        if item is not None and item.pk in {each.pk for each in [block["item"], *block["children"]] if each}:
            return block
        if item is None and block["item"] is None:
            return block
    return {"item": None, "key": "other", "children": [], "points": []}


def contents(meeting):
    """Return the minutes as plain data, for a version that nothing changes any more."""
    activity = meeting.activity
    return {
        "title": activity.title,
        "date": activity.starts_on.isoformat(),
        "place": activity.place,
        "attendance": [
            {
                "organisation": row.organisation.name_vi,
                "status": row.status,
                "represented_by": row.represented_by,
            }
            for row in meeting.attendances.select_related("organisation").order_by("organisation__sort_key")
        ],
        "blocks": [
            {
                "items": [
                    {"number": item.number, "title": item.title, "content": item.content}
                    for item in ([block["item"]] if block["item"] else []) + block["children"]
                ],
                "actions": [
                    {
                        "text": point.text,
                        "person": point.person_words,
                        "deadline": point.due_words,
                        "organisations": [
                            {
                                "name": str(duty.organisation),
                                "due_on": duty.due_on.isoformat() if duty.due_on else None,
                            }
                            for duty in point.duties
                        ],
                    }
                    for point in block["points"]
                ],
            }
            for block in blocks(meeting)
        ],
    }


def kept_blocks(contents):
    """Return the blocks of a kept version for a page: each action with `owed`, (day or None, its organisations)."""
    made = []
    for block in contents.get("blocks", ()):
        actions = []
        for action in block["actions"]:
            owed = {}
            for each in action["organisations"]:
                owed.setdefault(each["due_on"], []).append(each["name"])
            days = [(date.fromisoformat(day) if day else None, names) for day, names in owed.items()]
            actions.append({**action, "owed": days})
        made.append({**block, "actions": actions})
    return made
