"""The form as an Excel workbook: download, upload, what would change, confirm."""

from coalition.http import allow


@allow("form.prepare")
def form_download(request, public_id): ...


@allow("form.prepare")
def form_upload(request, public_id): ...


@allow("form.prepare")
def import_page(request, public_id): ...


@allow("form.prepare")
def import_marked(request, public_id): ...
