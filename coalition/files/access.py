"""Who may open which file: the rooms above say it for the files that hang on their records.

access.register(evidence_seen_by)    # (user) → a subquery of file ids
access.register_uses(reports_with)   # (file) → [(words, address)] of what it was given out in
"""

from django.db.models import Q

from coalition.files.models import StoredFile

_providers: list = []
_uses: list = []


def register(provider):
    """Let `provider(user)`, a subquery of file ids, open files beyond those of one's own organisation."""
    if provider not in _providers:
        _providers.append(provider)


def register_uses(provider):
    """Let `provider(file)` list (words, address) of what a file was given out in."""
    if provider not in _uses:
        _uses.append(provider)


def visible_to(user):
    """Return the files this person may open."""
    wanted = Q(pk__in=StoredFile.objects.visible_to(user).values("pk"))
    for provider in _providers:
        wanted |= Q(pk__in=provider(user))
    return StoredFile.objects.filter(wanted)


def uses_of(file):
    """Return where the file was given out, for the person who withdraws a consent."""
    return [use for provider in _uses for use in provider(file)]
