"""The catalogues: every text of ours and of the packages has its Vietnamese, with its placeholders."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from campaigns.models import Campaign
from coalition import earlier_links, history
from coalition.members.models import Organisation
from projects import earlier_lines
from projects.models import Activity, PolicyInput, Project, Publication
from trainings.models import Course

ROOT = settings.BASE_DIR
OWN = ROOT / "locale/vi/LC_MESSAGES/django.po"
PACKAGES = ROOT / "locale/packages/vi.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[-0-9.]*[a-z]|%[-0-9.]*[sdrif]|\{[^{}]*\}")
NOT_OURS = ("node_modules", "var", "tests", "bench", "staticfiles")

# Of the packages, what nobody meets here: names of languages we do not speak, pages that are switched off.
NEVER_MET = (
    "global_settings.py",
    "default_urlconf.html",
    "socialaccount/",
    "templates/socialaccount/",
    "templates/openid/",
    "templates/idp/",
    "idp/",
    "headless/",
)
# The packages, a catalogue of each that is complete, and where it brings Vietnamese of its own.
SITE_PACKAGES = Path(importlib.util.find_spec("django").origin).parents[1]
CATALOGUES = {
    "django/conf": "en",
    "django/contrib/admin": "en",
    "django/contrib/auth": "en",
    "django/contrib/contenttypes": "en",
    "django/contrib/humanize": "en",
    "django/contrib/sessions": "en",
    "allauth": "en",
    "import_export": "de",
    "simple_history": "de",
}


def key(entry):
    return f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid


def words(entry):
    """Return what stands for a message: one text in Vietnamese, which has no plural."""
    return entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr


def is_never_met(entry):
    places = [place for place, _line in entry.occurrences]
    return any(place.startswith(NEVER_MET) or place.endswith(NEVER_MET) for place in places)


def placeholders(text):
    return sorted(set(PLACEHOLDER.findall(text.replace("%%", ""))))


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The Vietnamese catalogue as `make messages` would write it now, made in a copy of the project."""
    if not shutil.which("xgettext"):
        pytest.skip("gettext is missing: make test installs it")
    copy = tmp_path_factory.mktemp("messages")
    for pattern in ("*.py", "*.html", "*.txt"):
        for path in ROOT.rglob(pattern):
            place = path.relative_to(ROOT)
            if not place.parts[0].startswith((".", *NOT_OURS)):
                (copy / place).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, copy / place)
    target = copy / OWN.relative_to(ROOT)
    target.parent.mkdir(parents=True)
    shutil.copy(OWN, target)
    command = [Path(sys.executable).parent / "django-admin", "makemessages", "--locale=vi", "--no-location"]
    surroundings = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    made = subprocess.run(command, cwd=copy, env=surroundings, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return polib.pofile(target)


def test_every_text_has_its_vietnamese(collected):
    assert [key(entry) for entry in collected if not entry.obsolete and not words(entry)] == []


def test_no_translation_is_a_guess(collected):
    assert [key(entry) for entry in collected if entry.fuzzy and not entry.obsolete] == []


def test_the_catalogue_is_as_the_code_has_it(collected):
    """Otherwise: run `make messages`, and translate what it finds."""
    now = {key(entry) for entry in collected if not entry.obsolete}

    assert now ^ {key(entry) for entry in polib.pofile(OWN)} == set()


@pytest.mark.parametrize("path", [OWN, PACKAGES], ids=["own", "packages"])
def test_placeholders_are_those_of_the_message(path):
    wrong = [
        (entry.msgid, words(entry))
        for entry in polib.pofile(path)
        if words(entry)
        and placeholders(words(entry))
        not in (placeholders(entry.msgid), placeholders(entry.msgid_plural or entry.msgid))
    ]

    assert wrong == []


@pytest.mark.parametrize("path", [OWN, PACKAGES], ids=["own", "packages"])
def test_people_are_spoken_to_with_respect_and_letters_are_composed(path):
    """Address people as anh/chị, never bạn; keep every letter in its composed form (NFC)."""
    texts = [(entry.msgid, words(entry)) for entry in polib.pofile(path)]

    assert [text for msgid, text in texts if re.search(r"\b[Bb]ạn\b", text) and "neutral" not in msgid] == []
    assert [text for _msgid, text in texts if not unicodedata.is_normalized("NFC", text)] == []
    assert [text for _msgid, text in texts if "thành công" in text] == []


@pytest.mark.parametrize(("package", "language"), CATALOGUES.items(), ids=CATALOGUES)
def test_every_text_of_a_package_has_its_vietnamese(package, language):
    brought = [SITE_PACKAGES / other / "locale/vi/LC_MESSAGES/django.po" for other in CATALOGUES]
    sources = [OWN, PACKAGES, *(path for path in brought if path.exists())]
    known = {
        key(entry) for path in sources for entry in polib.pofile(path) if words(entry) and not entry.fuzzy
    }

    theirs = polib.pofile(SITE_PACKAGES / package / f"locale/{language}/LC_MESSAGES/django.po")
    met = [
        entry
        for entry in theirs
        if not entry.obsolete
        and not any(
            place.startswith(NEVER_MET) or place.endswith(NEVER_MET) for place, _line in entry.occurrences
        )
    ]

    assert len(met) > 0
    assert [key(entry) for entry in met if key(entry) not in known] == []


def test_our_words_win_over_those_of_the_packages():
    with translation.override("vi"):
        assert translation.gettext("This field is required.") == "Mục này là bắt buộc."
        assert translation.gettext("Sign In") == "Đăng nhập"
        assert translation.ngettext("%(num)d year", "%(num)d years", 2) == "%(num)d năm"


def test_english_is_the_language_of_the_code():
    with translation.override("en"):
        assert translation.gettext("Log an activity") == "Log an activity"
        assert translation.ngettext("%(days)s day left", "%(days)s days left", 1) == "%(days)s day left"
        assert translation.ngettext("%(days)s day left", "%(days)s days left", 2) == "%(days)s days left"


def test_compiling_joins_both_catalogues_and_rests_when_nothing_changed(tmp_path, capsys):
    place = importlib.util.spec_from_file_location("compile_messages", ROOT / "bin/compile_messages.py")
    compiler = importlib.util.module_from_spec(place)
    place.loader.exec_module(compiler)
    header = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=1; plural=0;"\n\n'
    )
    source = tmp_path / "locale/vi/LC_MESSAGES/django.po"
    packages = tmp_path / "locale/packages/vi.po"
    source.parent.mkdir(parents=True)
    packages.parent.mkdir(parents=True)
    source.write_text(header + 'msgid "Edit"\nmsgstr "Sửa"\n\nmsgid "Code"\nmsgstr ""\n', encoding="utf-8")
    packages.write_text(
        header + 'msgid "Edit"\nmsgstr "Khác"\n\nmsgid "Code"\nmsgstr "Mã"\n\n'
        'msgctxt "verb"\nmsgid "Log"\nmsgstr "Ghi"\n\nmsgid "day"\nmsgid_plural "days"\nmsgstr[0] "ngày"\n',
        encoding="utf-8",
    )

    for _time in range(2):
        compiler.main(tmp_path)

    made = {key(entry): words(entry) for entry in polib.mofile(source.with_suffix(".mo"))}
    assert made == {"Edit": "Sửa", "Code": "Mã", "verb\x04Log": "Ghi", "day": "ngày"}
    assert capsys.readouterr().out.count("compiled") == 1


def told_by_history():
    """Return the models whose pages tell their history, with those of the lines of a project."""
    records = (Activity, Campaign, Course, Organisation, PolicyInput, Project, Publication)
    return [*records, *(kind.model for kind in earlier_lines.KINDS)]


@pytest.mark.parametrize("model", told_by_history(), ids=lambda model: model.__name__)
def test_every_field_that_history_names_has_a_name_in_both_languages(model):
    kept = getattr(model, "history", None)
    names = {field.name for field in kept.model.tracked_fields} if kept else set()
    lines = {field.name for field in model._meta.concrete_fields if not kept}
    fields = [model._meta.get_field(name) for name in sorted(names | lines)] + earlier_links.fields(model)
    owners = {"project", "funding", "result", "indicator"} if not kept else set()

    nameless = [
        field.name
        for field in fields
        if field.name not in {*history.SILENT, *owners, "isbn"}
        and not isinstance(field.verbose_name, Promise)
    ]

    assert nameless == []
