"""Factories of donor reports."""

import datetime as dt

import factory

from projects import models


class ReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.DonorReport

    title = "Báo cáo dự án"
    project = factory.SubFactory("tests.factories.projects.ProjectFactory")
    starts_on = dt.date(2020, 1, 1)
    ends_on = dt.date(2020, 12, 31)


class ReportSectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ReportSection

    report = factory.SubFactory(ReportFactory)
    code = "s1"


class ReportLetterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ReportLetter

    report = factory.SubFactory(ReportFactory)
    language = "vi"
    place = "Hà Nội"
    dated_on = dt.date(2021, 1, 5)
    subject = "gửi báo cáo"
    recipients = "Tổ chức Cứu trợ Trẻ em"
    text = "Xin gửi báo cáo."
    signer_title = "Giám đốc"
