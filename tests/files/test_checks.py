"""Files are judged by their content."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl import Workbook
from PIL import Image

from coalition.files import checks


def upload(content, name="tep.docx"):
    return SimpleUploadedFile(name, content)


def docx():
    out = io.BytesIO()
    Document().save(out)
    return out.getvalue()


def xlsx():
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def photo(kind="JPEG", size=(40, 30), exif=False):
    image, out = Image.new("RGB", size, "teal"), io.BytesIO()
    data = Image.Exif()
    if exif:
        data[0x010F] = "Camera"
        data.get_ifd(0x8825)[1] = "N"
    image.save(out, kind, **({"exif": data} if exif else {}))
    return out.getvalue()


def added_to(content, name, data):
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def test_a_photo_is_drawn_anew_without_place_or_camera():
    content, width, height = checks.clean_photo(upload(photo(exif=True)))

    with Image.open(io.BytesIO(content)) as image:
        assert not image.getexif()
        assert (width, height) == image.size == (40, 30)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_three_kinds_of_pictures_are_taken(kind):
    assert checks.clean_photo(upload(photo(kind)))[0][:3] == b"\xff\xd8\xff"


def test_a_large_photo_becomes_smaller():
    _content, width, height = checks.clean_photo(upload(photo(size=(4000, 2000))))

    assert (width, height) == (2000, 1000)


@pytest.mark.parametrize(
    "content", [b"\xff\xd8\xff\xe0broken", b"GIF89a....", b"<svg onload='x()'/>", photo()[:200]]
)
def test_what_only_claims_to_be_a_photo_is_refused(content):
    with pytest.raises(checks.Refused) as refused:
        checks.clean_photo(upload(content, "anh.jpg"))
    assert refused.value.status == 415


def test_a_picture_with_too_many_points_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(checks, "PHOTO_PIXELS", 1000)
    with pytest.raises(checks.Refused) as refused:
        checks.clean_photo(upload(photo()))
    assert refused.value.status == 413


def test_word_and_excel_files_are_known_by_what_is_inside():
    assert checks.check_office_file(upload(docx(), "x.xlsx")) == "docx"
    assert checks.check_office_file(upload(xlsx(), "x.bin")) == "xlsx"


def test_an_upload_is_ready_to_be_read_again_after_the_check():
    file = upload(docx())
    checks.check_office_file(file)
    assert file.read(2) == b"PK"


@pytest.mark.parametrize(("name", "data"), [
    ("word/vbaProject.bin", b"x"),
    ("word/embeddings/inner.xlsx", b"x"),
    ("../../etc/passwd", b"x"),
    ("/abs.xml", b"x"),
    ("word/bomb.xml", b"0" * (31 * 1024 * 1024)),
    ("word/dense.xml", b"0" * (2 * 1024 * 1024)),
    ("word/entity.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"),
    ("word/_rels/more.xml.rels", b'<Relationship Id="r" Type="http://x/attachedTemplate" Target="http://x" TargetMode="External"/>'),
])  # fmt: skip
def test_what_an_office_file_must_not_hold(name, data):
    with pytest.raises(checks.Refused):
        checks.check_office_file(upload(added_to(docx(), name, data)))


def test_ordinary_links_in_a_text_are_fine():
    rels = b'<Relationship Id="r" Type="http://x/relationships/hyperlink" Target="http://x" TargetMode="External"/>'
    assert checks.check_office_file(upload(added_to(docx(), "word/_rels/more.xml.rels", rels))) == "docx"


def test_too_many_parts_are_refused():
    content = docx()
    for number in range(201):
        content = added_to(content, f"word/media/{number}.txt", b"x")
    with pytest.raises(checks.Refused):
        checks.check_office_file(upload(content))


@pytest.mark.parametrize("content", [b"PK\x03\x04broken", b"", b"plain", xlsx()])
def test_only_the_asked_kind_is_taken(content):
    with pytest.raises(checks.Refused):
        checks.check_office_file(upload(content), kinds=("docx",))


def test_a_pdf_with_a_script_is_refused():
    checks.check_pdf(upload(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"))
    with pytest.raises(checks.Refused):
        checks.check_pdf(upload(b"%PDF-1.7\n<< /OpenAction << /JavaScript (x) >> >>\n%%EOF\n"))
