"""Factories of reference rows, for what the files of `coalition/reference/data` do not hold."""

import datetime as dt

import factory

from coalition.reference import models


class NamedFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    name_vi = factory.Sequence(lambda n: f"Tên số {n}")
    name_en = factory.Sequence(lambda n: f"Name number {n}")


class RegionFactory(NamedFactory):
    class Meta:
        model = models.Region
        django_get_or_create = ("code",)

    code = "VUNG"
    broad_code = "north"
    broad_vi = "Miền Bắc"
    broad_en = "North"
    in_63 = True
    in_34 = True


class ProvinceFactory(NamedFactory):
    class Meta:
        model = models.Province
        django_get_or_create = ("uid",)

    uid = factory.Sequence(lambda n: f"T34-{n}")
    generation = 34
    gso_code = "99"
    full_name_vi = factory.LazyAttribute(lambda province: f"Tỉnh {province.name_vi}")
    full_name_en = factory.LazyAttribute(lambda province: f"{province.name_en} Province")
    kind = "province"
    region = factory.SubFactory(RegionFactory)
    valid_from = dt.date(2025, 7, 1)


class ClusterFactory(NamedFactory):
    class Meta:
        model = models.Cluster

    number = factory.Sequence(lambda n: 100 + n)
    code = factory.Sequence(lambda n: f"C{n}")


class ArticleFactory(NamedFactory):
    class Meta:
        model = models.Article

    code = factory.Sequence(lambda n: f"TEST-{n}")
    instrument = "CRC"
    number = 99
    cluster = factory.SubFactory(ClusterFactory)


class RecommendationFactory(NamedFactory):
    class Meta:
        model = models.Recommendation

    code = factory.Sequence(lambda n: f"TEST-{n}")
    document = "CRC/C/VNM/CO/9"
    adopted_on = dt.date(2022, 9, 23)
    cluster = factory.SubFactory(ClusterFactory)


class IndicatorSetFactory(NamedFactory):
    class Meta:
        model = models.IndicatorSet

    code = factory.Sequence(lambda n: f"SET{n}")


class IndicatorFactory(NamedFactory):
    class Meta:
        model = models.Indicator

    code = factory.Sequence(lambda n: f"SET-{n}")
    indicator_set = factory.SubFactory(IndicatorSetFactory)


class PillarFactory(NamedFactory):
    class Meta:
        model = models.Pillar

    code = factory.Sequence(lambda n: f"pillar{n}")
    number = factory.Sequence(lambda n: 10 + n)


class CalendarDayFactory(NamedFactory):
    class Meta:
        model = models.CalendarDay

    date = factory.Sequence(lambda n: dt.date(2050, 1, 1) + dt.timedelta(days=n))


class ObservanceFactory(NamedFactory):
    class Meta:
        model = models.Observance

    date = factory.Sequence(lambda n: dt.date(2050, 1, 1) + dt.timedelta(days=n))


class ReportTemplateSectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ReportTemplateSection

    template_code = "TEST"
    template_vi = "Mẫu thử"
    template_en = "Test template"
    order = factory.Sequence(lambda n: n)
    number = factory.LazyAttribute(lambda section: str(section.order))
    title_vi = "Phần"
    title_en = "Section"
