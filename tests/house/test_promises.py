"""What the house promises to who runs it: commands, documentation, dependencies, a quick start."""

import re
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands

from coalition import doctor

ROOT = Path(settings.BASE_DIR)


def test_no_package_is_older_than_its_last_known_hole():
    assert list(doctor.older_than(ROOT / "docs" / "security" / "floors.toml")) == []


COMMANDS = """
    demo create_user access_table parse_deadline import_minutes plan_reminders deliver_messages open_round
    import_form donor_report scale_data backup restore doctor
"""


def test_the_commands_that_others_rely_on_are_there():
    assert sorted(set(COMMANDS.split()) - set(get_commands())) == []


def test_the_readme_is_short_and_explains_every_variable():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    text = "".join((ROOT / "coalition" / name).read_text(encoding="utf-8") for name in ("settings.py",))
    variables = set(re.findall(r'read(?:_flag|_list)?\(\s*"([A-Z_]+)"', text))

    assert len(readme.splitlines()) <= 150
    assert sorted(name for name in variables if f"`{name}`" not in readme) == []


def test_every_folder_of_the_house_is_on_the_readme_s_map():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").replace("/", "").split()
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()} - {*ignored, ".git"}

    assert sorted(folder for folder in folders if f"{folder}/" not in readme) == []


def test_every_dependency_says_what_it_is_for():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    runtime = text[text.index("dependencies = [") : text.index("[dependency-groups]")]

    assert [line for line in runtime.splitlines() if line.startswith("    ") and "#" not in line] == []


def test_decisions_have_numbers_of_their_own_and_are_half_a_page():
    records = sorted((ROOT / "docs" / "adr").glob("*.md"))
    numbers = [path.name[:4] for path in records]

    assert len(set(numbers)) == len(numbers)
    assert [path.name for path in records if len(path.read_text(encoding="utf-8").splitlines()) > 40] == []


STARTS = """
import django, sys
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print(*sys.modules)
"""


def test_starting_the_portal_does_not_import_slow_modules():
    """WeasyPrint takes 2 s: it is imported where it is used."""
    done = subprocess.run(
        [sys.executable, "-c", STARTS], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert {"weasyprint"} & {*done.stdout.split()} == set()
