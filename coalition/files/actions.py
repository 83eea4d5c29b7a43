"""Taking files in, and giving and withdrawing the consent they stand on."""

import hashlib
import unicodedata
import uuid

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from coalition import history, text
from coalition.files import checks
from coalition.files.models import Consent, StoredFile

KINDS = {"photo", "pdf", "docx", "xlsx", "pptx"}


def store(upload, *, organisation, by, kinds=KINDS, caption="", shows_people=None):
    """Check an upload by its content and keep it; raise checks.Refused with words for the person.

    The same content of the same organisation is kept once. Photos are drawn anew without their metadata.
    """
    content, facts = _checked(upload, kinds)
    digest = hashlib.sha256(content).hexdigest()
    earlier = StoredFile.objects.filter(organisation=organisation, sha256=digest).first()
    if earlier:
        return earlier
    is_photo = facts["kind"] == StoredFile.Kind.PHOTO
    file = StoredFile(
        original_name=display_name(upload.name, facts.pop("ending")), size=len(content), sha256=digest,
        caption=caption, organisation=organisation, created_by=by,
        shows_people=is_photo if shows_people is None else shows_people, **facts,
    )  # fmt: skip
    file.content.save(f"{uuid.uuid4().hex}.bin", ContentFile(content), save=False)
    file.save()
    return file


def store_bytes(content, *, name, content_type, organisation, by, kind=StoredFile.Kind.DOCUMENT):
    """Keep bytes that the portal made itself (a report, a form); nothing is checked, nothing is shared."""
    made = ContentFile(content)
    return store_made(made, name=name, content_type=content_type, organisation=organisation, by=by, kind=kind)


def store_made(made, *, name, content_type, organisation, by, kind=StoredFile.Kind.DOCUMENT):
    """Keep an open file (django.core.files.File) that the portal made itself, read piece by piece."""
    digest = hashlib.sha256()
    for piece in made.chunks():
        digest.update(piece)
    file = StoredFile(
        original_name=display_name(name), kind=kind, content_type=content_type, size=made.size,
        sha256=digest.hexdigest(), organisation=organisation, created_by=by, shows_people=False,
    )  # fmt: skip
    file.content.save(f"{uuid.uuid4().hex}.bin", made, save=False)
    file.save()
    return file


def store_story(words, *, title, organisation, by, shows_people):
    """Keep a story that somebody told as a text file, under the same consents as a photo.

    words: plain text. The same text of the same organisation is kept once.
    """
    content = text.clean(words).strip().encode("utf-8")
    digest = hashlib.sha256(content).hexdigest()
    kept = StoredFile.objects.filter(organisation=organisation, sha256=digest, kind=StoredFile.Kind.STORY)
    if earlier := kept.first():
        return earlier
    file = StoredFile(
        original_name=display_name(f"{title}.txt", "txt"), kind=StoredFile.Kind.STORY, caption=title,
        content_type="text/plain; charset=utf-8", size=len(content), sha256=digest, organisation=organisation,
        created_by=by, shows_people=shows_people,
    )  # fmt: skip
    file.content.save(f"{uuid.uuid4().hex}.bin", ContentFile(content), save=False)
    file.save()
    return file


@transaction.atomic
def delete_made(file):
    """Delete for good a file that the portal made and can make again: the row, its history, then the content."""
    content = file.content
    file.history.all().delete()
    StoredFile.everything.filter(pk=file.pk).delete()
    transaction.on_commit(lambda: content.storage.delete(content.name))


def _checked(upload, kinds):
    """Return (bytes to keep, columns of the row and the ending of the name)."""
    found = checks.sniff(upload)
    if found == "photo" and "photo" in kinds:
        content, width, height = checks.clean_photo(upload)
        return content, {
            "kind": StoredFile.Kind.PHOTO, "content_type": "image/jpeg", "width": width, "height": height,
            "ending": "jpg",
        }  # fmt: skip
    if found == "pdf" and "pdf" in kinds:
        checks.check_pdf(upload)
        return _read(upload), {
            "kind": StoredFile.Kind.DOCUMENT,
            "content_type": "application/pdf",
            "ending": "pdf",
        }
    office = tuple(kind for kind in ("docx", "xlsx", "pptx") if kind in kinds)
    if found == "zip" and office:
        kind = checks.check_office_file(upload, kinds=office)
        sort = StoredFile.Kind.SHEET if kind == "xlsx" else StoredFile.Kind.DOCUMENT
        return _read(upload), {"kind": sort, "content_type": checks.OFFICE[kind][1], "ending": kind}
    names = {
        "photo": _("picture (JPEG, PNG, WebP)"),
        "pdf": "PDF",
        "docx": "Word (.docx)",
        "xlsx": "Excel (.xlsx)",
        "pptx": "PowerPoint (.pptx)",
    }
    wanted = ", ".join(str(words) for kind, words in names.items() if kind in kinds)
    raise checks.Refused(
        _("This kind of file is not taken. What can be read: %(kinds)s.") % {"kinds": wanted}
    )


def _read(upload):
    upload.seek(0)
    return upload.read()


def display_name(name, ending=""):
    """Return a file name for people: NFC, without folders, at most 120 letters, with a true ending."""
    name = (
        text.clean(unicodedata.normalize("NFC", name or "")).replace("\\", "/").split("/")[-1].strip()
        or "file"
    )
    stem, dot, given = name.rpartition(".")
    if not ending:
        return name[:120]
    return f"{(stem if dot and len(given) <= 5 else name)[:112]}.{ending}"


@transaction.atomic
def withdraw(consent, *, by, now):
    """Take a consent back: the file leaves public pages and later reports at once. Safe to run twice."""
    changed = Consent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=now)
    if changed:
        consent.refresh_from_db()
        consent.file._change_reason = history.reason(gettext_noop("consent withdrawn"))
        consent.file._history_user = by
        consent.file.save()
    return bool(changed)
