"""How a stored file is handed out, once somebody else has said that it may be."""

from django.http import FileResponse
from django.utils.http import content_disposition_header

from coalition.files.models import StoredFile


def handed_out(file):
    """Answer with a file: pictures in the page, everything else to be kept, nothing to be run."""
    is_picture = file.kind == StoredFile.Kind.PHOTO
    response = FileResponse(file.content.open("rb"), content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(not is_picture, file.original_name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
