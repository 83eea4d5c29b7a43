"""The promises of the house that no single room can keep alone."""

import ast
import importlib
import io
import pkgutil
import re
from pathlib import Path

import factory
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

import tests.factories
from coalition.members import privacy, roles

ROOT = Path(settings.BASE_DIR)
ROOMS = ("coalition", "projects", "trainings", "campaigns", "meetings")
FORBIDDEN = {
    "utils",
    "helpers",
    "common",
    "core",
    "base",
    "mixins",
    "managers",
    "services",
    "signals",
    "constants",
}

# Whoever is not logged in sees these of ours, and nothing else.
PUBLIC = {
    "health",  # load balancers
    "theme_choose",
    "open_to_all",  # what the coalition shows everybody
    "members:language_choose",
    "members:invitation_accept",  # by a secret link
    "projects:publication_get",  # public ones only
    "projects:project_public",
    "campaigns:campaign_public",
    "campaigns:form_confirm",  # by a signed link
    "notifications:unsubscribe",  # by a signed link, RFC 8058
    "obligations:feed",  # calendar programs, by a secret link
    "meetings:feed",
}


def python_files(*folders):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts and "node_modules" not in path.parts:
                yield path


def templates():
    return sorted((ROOT / "templates").rglob("*.html"))


def named(path):
    return path.relative_to(ROOT).as_posix()


def our_models():
    for config in apps.get_app_configs():
        if config.name.split(".")[0] in ROOMS:
            yield from (model for model in config.get_models() if not model.__name__.startswith("Historical"))


def routes(resolver=None, prefix="", namespace=""):
    """Yield (name, path, view) of every address, those of the packages too."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry, path, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", path, entry.callback


def our_routes():
    return [
        (name, path, view)
        for name, path, view in routes()
        if view.__module__.split(".")[0] in ROOMS and not name.startswith("admin:")
    ]


# --- Who may come in ------------------------------------------------------------------------------


def test_every_page_needs_a_log_in_unless_a_view_says_otherwise():
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE


def test_every_address_of_ours_declares_its_right_and_methods():
    undeclared = [
        f"{name} ({path})"
        for name, path, view in our_routes()
        if getattr(view, "right", None) not in {*roles.RIGHTS, "public"} or not getattr(view, "methods", None)
    ]

    assert undeclared == []


def test_the_public_addresses_are_these():
    public = {name for name, _path, view in our_routes() if view.right == "public"}
    open_without_saying = {
        name for name, _path, view in our_routes() if not getattr(view, "login_required", True)
    }

    assert public - PUBLIC == set()
    assert open_without_saying <= public


def test_names_of_addresses_are_unique():
    names = [name for name, _path, _view in our_routes()]

    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def test_every_right_is_used_somewhere():
    text = "".join(
        path.read_text(encoding="utf-8") for path in python_files(*ROOMS) if path.name != "roles.py"
    )
    text += "".join(path.read_text(encoding="utf-8") for path in templates())

    assert [right for right in roles.RIGHTS if right not in text] == []


# --- Size and names -------------------------------------------------------------------------------


def test_no_file_is_longer_than_400_lines():
    files = [*python_files(*ROOMS, "tests", "bench", "bin"), *templates()]
    files += [*(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.js")]
    files = [
        path for path in files if "demo" not in {path.stem, path.parent.name}
    ]  # data tables do not count
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}

    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_no_function_is_longer_than_60_lines_and_no_view_than_40():
    too_long = []
    for path in python_files(*ROOMS, "bin", "bench"):
        limit = 40 if "views" in path.parts or path.name == "views.py" else 60
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                length = node.end_lineno - node.lineno + 1
                if length > limit:
                    too_long.append(f"{named(path)} {node.name}: {length}")

    assert too_long == []


def test_no_module_has_a_name_that_says_nothing():
    assert [named(path) for path in python_files(*ROOMS) if {path.stem, path.parent.name} & FORBIDDEN] == []


def test_every_module_says_what_belongs_in_it():
    silent = [
        named(path)
        for path in python_files(*ROOMS, "bin", "bench")
        if path.stem not in ("apps", "urls")
        and path.parent.name != "commands"  # wiring; commands have a help
        if (tree := ast.parse(path.read_text(encoding="utf-8"))).body and not ast.get_docstring(tree)
    ]

    assert silent == []


def test_every_model_says_what_it_is_in_the_coalition_s_life():
    def speaks(model):
        return model.__doc__ and not model.__doc__.startswith(f"{model.__name__}(")

    assert [model._meta.label for model in our_models() if not speaks(model)] == []


# --- Habits ---------------------------------------------------------------------------------------

# What no line of ours may hold, and where it may for a reason.
HABITS = {
    r"(?<!tasks\.run_job)\.delay\(|\.apply_async\(": "an action writes a row; the clock finds it (ADR 0004, 0030)",
    r"@receiver|post_save|pre_save|m2m_changed": "no signals: a reader follows what happens by reading on",
    r"^(from|import) tests\b": "nothing imports the tests",
    r"\*\*request\.(GET|POST)": "a request never names columns (CVE-2025-57833 and its like)",
    r"\.extra\(|RawSQL\(": "the ORM, or a cursor with parameters",
    r"csrf_exempt(?!  # RFC 8058)|@cache_page": "pages of logged-in people are neither exempt nor cached",
    r"pickle\.|yaml\.load\(|\beval\(|\bexec\(": "nothing executes what it reads",
    r"\bTO" + r"DO\b|\bFIX" + r"ME\b|\bX" + r"XX\b": "a wish is an issue, not a comment",
}


@pytest.mark.parametrize("habit", HABITS)
def test_no_line_has_a_habit_we_left(habit):
    found = [
        f"{named(path)}:{number}"
        for path in python_files(*ROOMS)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(habit, line) and not line.startswith("from django")
    ]

    assert found == [], HABITS[habit]


def test_html_is_trusted_in_few_places():
    """mark_safe lives where SVG, icons and the cells of lists are written, and nowhere else."""
    allowed = re.compile(
        r"^(coalition/(templatetags/|lists/columns|charts|ribbon|map)|projects/(reports|templatetags)/)"
    )
    found = [named(path) for path in python_files(*ROOMS) if "mark_safe" in path.read_text(encoding="utf-8")]

    assert [name for name in found if not allowed.match(name)] == []


def is_document(path):
    """Mails and PDF documents carry their style with them; no browser's policy applies to those."""
    return {"mail", "mails", "email", "print", "pdf", "document"} & {*path.parts, *path.stem.split("_")}


@pytest.mark.parametrize(
    "forbidden",
    [r"<style\b", r"\sstyle=", r"\son[a-z]+=\"", r"<script(?![^>]*(src=|application/json))", r"javascript:",
     r"hx-on|hx-vals=.js:", r"\|safe\b", r"https?://(?!www\.w3\.org|example)"],
)  # fmt: skip
def test_no_template_of_a_page_breaks_the_content_security_policy(forbidden):
    found = [
        f"{named(path)}:{number}"
        for path in templates()
        if not is_document(path)
        and (path.name != "field.html" or "safe" not in forbidden)  # Django's help texts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(forbidden, re.sub(r"\{#.*?#\}", "", line))
    ]

    assert found == []


def test_every_target_of_htmx_is_a_piece_of_a_page():
    """The id of an element, the name of its partialdef and the hx-target are one word."""
    texts = {path: path.read_text(encoding="utf-8") for path in templates()}
    ids = set(re.findall(r'\bid="([a-z][\w-]*)"', "".join(texts.values())))
    parts = {
        (path, part) for path, text in texts.items() for part in re.findall(r"\{% partialdef ([\w-]+)", text)
    }
    targets = {
        target for text in texts.values() for target in re.findall(r'hx-target="#([a-z][\w-]*)"', text)
    }

    assert sorted(targets - ids) == []
    assert sorted(targets - {part for _path, part in parts} - {path.stem for path in texts}) == []


# --- Models ---------------------------------------------------------------------------------------


def test_every_model_has_a_factory():
    made = set()
    for module in pkgutil.iter_modules(tests.factories.__path__):
        for made_by in vars(importlib.import_module(f"tests.factories.{module.name}")).values():
            if isinstance(made_by, type) and issubclass(made_by, factory.django.DjangoModelFactory):
                made.add(made_by._meta.model)

    assert sorted(model._meta.label for model in set(our_models()) - made) == []


def test_no_migration_is_missing(db):
    out = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out)
    except SystemExit:
        pytest.fail(out.getvalue())


def personal_fields(model):
    """Name the fields that are about a person by their kind: mail addresses, links to people, their names."""
    for field in model._meta.get_fields():
        if not getattr(field, "concrete", False):
            continue
        is_person = field.is_relation and field.related_model is apps.get_model(settings.AUTH_USER_MODEL)
        if (
            isinstance(field, models.EmailField)
            or is_person
            or re.search("full_name$|phone|ip_address", field.name)
        ):
            yield field.name


def test_every_model_has_a_privacy_rule_or_holds_nothing_personal():
    labels = {model._meta.label for model in our_models()}
    decided = {*privacy.RULES, *privacy.NOTHING_PERSONAL}

    assert sorted(labels - decided) == []
    assert sorted(decided - labels) == []
    assert not set(privacy.RULES) & privacy.NOTHING_PERSONAL


def test_a_privacy_rule_names_every_field_about_a_person():
    unnamed = [
        f"{model._meta.label}.{field}"
        for model in our_models()
        if model._meta.app_label != "reference"
        for field in personal_fields(model)
        if model._meta.label not in privacy.RULES or field not in privacy.RULES[model._meta.label].fields
    ]

    assert unnamed == []


def test_a_privacy_rule_names_only_fields_that_are_there():
    for label, rule in privacy.RULES.items():
        there = {field.name for field in apps.get_model(label)._meta.get_fields()}
        assert set(rule.fields) <= there, label
        assert rule.purpose, label
        assert rule.kept, label


def test_no_model_can_hold_an_identifiable_child():
    child = re.compile(r"child_?name|pupil|student_name|date_of_birth|birth_?date|guardian_name|id_number")
    found = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if child.search(field.name)
    ]

    assert found == []
