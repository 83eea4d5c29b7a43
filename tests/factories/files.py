"""Factories of stored files and consents."""

import datetime as dt

import factory
from django.core.files.base import ContentFile

from coalition.files import models
from tests.factories.members import OrganisationFactory


class StoredFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.StoredFile

    content = factory.LazyFunction(lambda: ContentFile(b"content", name="x.bin"))
    original_name = factory.Sequence(lambda n: f"ảnh {n}.jpg")
    kind = "photo"
    content_type = "image/jpeg"
    size = 7
    width = height = 10
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    organisation = factory.SubFactory(OrganisationFactory)


class ConsentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Consent

    file = factory.SubFactory(StoredFileFactory)
    for_internal_report = True
    representative_agreed_on = dt.date(2020, 1, 1)
    paper_kept_by = "Văn phòng"
