"""What was saved comes back, whole; what was touched since is refused."""

import io
import json
import tarfile

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError

from coalition import backups
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    (settings.MEDIA_ROOT / "2026").mkdir(parents=True)
    (settings.MEDIA_ROOT / "2026" / "ảnh.webp").write_bytes(b"a picture")
    return settings.MEDIA_ROOT


def emails():
    return sorted(get_user_model().objects.values_list("email", flat=True))


def repack(source, target, change):
    """Copy an archive, letting `change` alter the folder in between."""
    folder = target.with_suffix(".folder")
    with tarfile.open(source) as archive:
        archive.extractall(folder)
    change(folder)
    with tarfile.open(target, "w:gz") as archive:
        for file in sorted(file for file in folder.rglob("*") if file.is_file()):
            archive.add(file, arcname=file.relative_to(folder).as_posix(), recursive=False)


def test_what_was_saved_comes_back(media, tmp_path):
    UserFactory(email="here@example.org")
    archive = tmp_path / "portal.tar.gz"

    call_command("backup", str(archive))
    UserFactory(email="later@example.org")
    (media / "2026" / "ảnh.webp").write_bytes(b"changed")
    (media / "new.pdf").write_bytes(b"new")
    call_command("restore", str(archive), force=True)

    assert emails() == ["here@example.org"]
    assert [(file.name, file.read_bytes()) for file in media.rglob("*.*")] == [("ảnh.webp", b"a picture")]


def test_a_restore_twice_is_the_same(media, tmp_path):
    UserFactory(email="here@example.org")
    archive = tmp_path / "portal.tar.gz"
    backups.write(archive)

    backups.restore(archive, force=True)
    backups.restore(archive, force=True)

    assert emails() == ["here@example.org"]


def test_a_portal_with_data_is_not_overwritten_unasked(media, tmp_path):
    UserFactory(email="here@example.org")
    archive = tmp_path / "portal.tar.gz"
    backups.write(archive)
    UserFactory(email="later@example.org")

    with pytest.raises(CommandError, match="--force"):
        call_command("restore", str(archive))

    assert emails() == ["here@example.org", "later@example.org"]


def test_a_backup_never_overwrites_another(media, tmp_path):
    archive = tmp_path / "portal.tar.gz"
    archive.write_bytes(b"the only copy")

    with pytest.raises(CommandError):
        call_command("backup", str(archive))

    assert archive.read_bytes() == b"the only copy"


def test_a_changed_file_is_refused_before_anything_is_touched(media, tmp_path):
    UserFactory(email="here@example.org")
    archive, changed = tmp_path / "portal.tar.gz", tmp_path / "changed.tar.gz"
    backups.write(archive)
    repack(archive, changed, lambda folder: (folder / "media" / "2026" / "ảnh.webp").write_bytes(b"other"))

    with pytest.raises(backups.BackupError, match="ảnh"):
        backups.restore(changed, force=True)

    assert emails() == ["here@example.org"]
    assert (media / "2026" / "ảnh.webp").read_bytes() == b"a picture"


def test_a_file_put_into_the_archive_is_refused(media, tmp_path):
    archive, changed = tmp_path / "portal.tar.gz", tmp_path / "changed.tar.gz"
    backups.write(archive)
    repack(archive, changed, lambda folder: (folder / "media" / "extra.pdf").write_bytes(b"extra"))

    with pytest.raises(backups.BackupError, match="extra"):
        backups.restore(changed, force=True)


def test_an_archive_cut_short_is_refused(media, tmp_path):
    archive, cut = tmp_path / "portal.tar.gz", tmp_path / "cut.tar.gz"
    backups.write(archive)
    cut.write_bytes(archive.read_bytes()[:-200])

    with pytest.raises(backups.BackupError):
        backups.restore(cut, force=True)


def test_an_archive_of_a_newer_portal_or_another_database_is_refused(media, tmp_path):
    def newer(folder):
        manifest = json.loads((folder / "manifest.json").read_text())
        manifest["migrations"].append("projects.9999_later")
        (folder / "manifest.json").write_text(json.dumps(manifest))

    def other(folder):
        manifest = json.loads((folder / "manifest.json").read_text())
        manifest["database"] = "oracle"
        (folder / "manifest.json").write_text(json.dumps(manifest))

    archive = tmp_path / "portal.tar.gz"
    backups.write(archive)
    repack(archive, tmp_path / "newer.tar.gz", newer)
    repack(archive, tmp_path / "other.tar.gz", other)

    with pytest.raises(backups.BackupError, match="9999_later"):
        backups.restore(tmp_path / "newer.tar.gz", force=True)
    with pytest.raises(backups.BackupError, match="oracle"):
        backups.restore(tmp_path / "other.tar.gz", force=True)


@pytest.mark.parametrize("name", ["../outside.txt", "/tmp/outside.txt", "media/../../outside.txt"])
def test_an_archive_writes_nothing_outside_its_folder(tmp_path, name):
    archive = tmp_path / "portal.tar.gz"
    with tarfile.open(archive, "w:gz") as crafted:
        member = tarfile.TarInfo(name)
        member.size = 4
        crafted.addfile(member, io.BytesIO(b"evil"))

    with pytest.raises(backups.BackupError):
        backups.restore(archive, force=True)


def test_something_else_is_no_backup(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    other = tmp_path / "letter.docx"
    other.write_bytes(b"a letter")

    for path in (other, tmp_path / "absent.tar.gz"):
        with pytest.raises(backups.BackupError, match=path.name):
            backups.restore(path)
