"""Taking minutes: two columns, saved as typed, by several people at once, by keyboard."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from coalition.http import allow, page
from coalition.records import Conflict, new_client_uuid
from meetings import actions, forms, snapshots
from meetings.models import ActionPoint, AgendaItem, NoteDraft
from meetings.views.meetings import editable, open_before


def _item(request, public_id):
    found = AgendaItem.objects.editable_by(request.user).select_related(
        "meeting__activity", "meeting__group", "pillar"
    )
    return get_object_or_404(found, public_id=public_id)


def _point(request, public_id):
    found = ActionPoint.objects.editable_by(request.user).select_related(
        "meeting__activity", "meeting__group", "item"
    )
    return get_object_or_404(found, public_id=public_id)


def _back(meeting, anchor=""):
    return redirect(f"{meeting.get_absolute_url()}minutes/{anchor}")


@allow("meeting.edit", methods=("GET",))
def minutes_take(request, public_id):
    """Show the page on which minutes are taken; looking at it says that the meeting is on."""
    meeting = editable(request, public_id)
    if meeting.is_frozen:
        return redirect(meeting)
    blocks = snapshots.blocks(meeting)
    drafts = {
        draft.item_id: draft for draft in NoteDraft.objects.filter(user=request.user, item__meeting=meeting)
    }
    for block in blocks:
        block["client_uuid"] = new_client_uuid()
        for item in [block["item"], *block["children"]]:
            if item is not None:
                item.form = forms.ItemForm(instance=item, auto_id=f"id_{item.public_id}_%s")
                item.draft = drafts.get(item.pk)
    return page(
        request,
        "meetings/minutes_take.html",
        {
            "meeting": meeting,
            "activity": meeting.activity,
            "blocks": blocks,
            "carried": open_before(meeting, while_held=True),
            "client_uuid": new_client_uuid(),
            "today": timezone.localdate(),
        },
    )


@allow("meeting.edit", methods=("POST",))
def meeting_hold(request, public_id):
    """Say that the meeting is being held, and go on to its minutes."""
    meeting = actions.hold(editable(request, public_id), by=request.user)
    return _back(meeting)


@allow("meeting.edit", methods=("POST",))
def item_add(request, public_id):
    """Add a matter to the end of the agenda."""
    meeting = editable(request, public_id)
    if meeting.is_frozen:
        return redirect(meeting)
    form = forms.ItemForm(request.POST)
    if form.is_valid():
        last = meeting.items.order_by("-order").values_list("order", flat=True).first() or 0
        form.instance.meeting, form.instance.order = meeting, last + 10
        item = form.save(by=request.user)
        return _back(meeting, f"#item-{item.public_id}")
    return page(request, "meetings/item_edit.html", {"form": form, "meeting": meeting}, status=422)


@allow("meeting.edit")
def item_edit(request, public_id):
    """Save an item. As it is typed (`autosave`) the answer is its new version; a conflict keeps both texts."""
    item = _item(request, public_id)
    form = forms.ItemForm(request.POST or None, instance=item)
    is_typing = request.POST.get("autosave") == "1"
    if request.method == "POST" and form.is_valid():
        try:
            item = form.save(by=request.user)
        except Conflict:
            _keep_draft(request, form)
            if is_typing:
                return JsonResponse({"kept": True}, status=409)
            raise
        NoteDraft.objects.filter(user=request.user, item=item).delete()
        return (
            JsonResponse({"version": item.version})
            if is_typing
            else _back(item.meeting, f"#item-{item.public_id}")
        )
    if is_typing:
        return HttpResponse(status=422)
    return page(
        request,
        "meetings/item_edit.html",
        {"form": form, "item": item, "meeting": item.meeting},
        status=422 if request.method == "POST" else None,
    )


def _keep_draft(request, form):
    """Keep what somebody typed over another's save, so that it survives a closed laptop."""
    NoteDraft.objects.update_or_create(
        user=request.user,
        item_id=form.instance.pk,
        defaults={
            "base_version": form.cleaned_data["version"] or 1,
            "title": form.cleaned_data["title"],
            "content": form.cleaned_data["content"],
        },
    )


@allow("meeting.edit")
def item_merge(request, public_id):
    """Show what is saved beside one's own kept text; save what both should become."""
    item = _item(request, public_id)
    draft = get_object_or_404(NoteDraft, user=request.user, item=item)
    if request.POST.get("drop"):
        draft.delete()
        return _back(item.meeting, f"#item-{item.public_id}")
    initial = {"content": f"{item.content}\n\n{draft.content}".strip(), "title": draft.title or item.title}
    form = forms.ItemForm(request.POST or None, instance=item, initial=None if request.POST else initial)
    if request.method == "POST" and form.is_valid():
        item = form.save(by=request.user)
        draft.delete()
        return _back(item.meeting, f"#item-{item.public_id}")
    return page(
        request,
        "meetings/item_merge.html",
        {"form": form, "item": item, "draft": draft, "meeting": item.meeting},
    )


@allow("meeting.edit", methods=("POST",))
def item_move(request, public_id):
    """Move an item, with its actions, one place up or down, leave it for the next meeting, or take it off."""
    item = _item(request, public_id)
    if request.POST.get("direction") == "later":
        actions.put_back(item, by=request.user)
        return _back(item.meeting)
    if request.POST.get("remove"):
        item.archive()
        return _back(item.meeting)
    beside = list(
        AgendaItem.objects.filter(meeting=item.meeting, parent=item.parent_id).order_by("order", "pk")
    )
    _swap(beside, item, request.POST.get("direction"))
    return _back(item.meeting, f"#item-{item.public_id}")


@allow("meeting.edit", methods=("POST",))
def point_move(request, public_id):
    """Move an action one place up or down within its matter, or take it out of the minutes."""
    point = _point(request, public_id)
    if request.POST.get("remove"):
        actions.remove_point(point, by=request.user)
        return _points(request, point.meeting, point.item)
    beside = list(
        ActionPoint.objects.filter(meeting=point.meeting, item=point.item_id).order_by("order", "pk")
    )
    _swap(beside, point, request.POST.get("direction"))
    return _points(request, point.meeting, point.item, f"#point-{point.public_id}")


def _points(request, meeting, item, anchor=""):
    """Answer with the right column of one matter, or go back to the minutes where htmx is not at hand."""
    if not request.htmx:
        return _back(meeting, anchor)
    return _column(request, meeting, item)


def _column(request, meeting, item, form=None):
    """Render the right column of the matter that `item` stands in, with a form in its place."""
    block = {**snapshots.block_of(meeting, item), "client_uuid": new_client_uuid()}
    return page(
        request,
        "meetings/points_live.html",
        {
            "block": block,
            "meeting": meeting,
            "item": item,
            "form": form,
            "is_swap": True,
            "today": timezone.localdate(),
        },
    )


def _swap(rows, row, direction):
    """Number the rows anew with `row` one place up or down; only what moved is saved."""
    place = next(place for place, each in enumerate(rows) if each.pk == row.pk)
    other = place - 1 if direction == "up" else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    orders = sorted(each.order for each in rows)
    for number, (order, each) in enumerate(zip(orders, rows, strict=True)):
        wanted = max(order, orders[0] + number)
        if each.order != wanted:
            each.order = wanted
            each.save()


@allow("meeting.edit")
def point_add(request, public_id):
    """Write an action; who and by when are proposed from the words, one more key confirms them."""
    meeting = editable(request, public_id)
    if meeting.is_frozen:
        return redirect(meeting)
    wanted = request.POST.get("item") or request.GET.get("item")
    item = get_object_or_404(AgendaItem, meeting=meeting, public_id=wanted) if wanted else None
    form = forms.PointForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid() and not form.proposals():
        point = form.save(by=request.user, item=item)
        return _points(request, meeting, item, f"#point-{point.public_id}")
    return _point_form(request, meeting, item, form)


@allow("meeting.edit")
def point_edit(request, public_id):
    """Correct an action: its words, who owes it, by when; the ledger follows."""
    point = _point(request, public_id)
    form = forms.PointForm(request.POST or None, instance=point, meeting=point.meeting)
    if request.method == "POST" and form.is_valid():
        form.save(by=request.user)
        return _points(request, point.meeting, point.item, f"#point-{point.public_id}")
    return _point_form(request, point.meeting, point.item, form, point)


def _point_form(request, meeting, item, form, point=None):
    if request.htmx:
        return _column(request, meeting, item, form)
    return page(
        request, "meetings/point_edit.html", {"form": form, "point": point, "item": item, "meeting": meeting}
    )
