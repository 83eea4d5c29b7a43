"""Facts that others decide: places through time, the Convention, indicators, the calendar."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coalition import text


class Named(models.Model):
    """A reference row with a Vietnamese and an English name."""

    name_vi = models.CharField(_("name in Vietnamese"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    @property
    def name(self):
        return self.name_in(get_language())

    def name_in(self, language):
        """Return the name in "vi" or "en"; Vietnamese where there is no English one."""
        return (self.name_en or self.name_vi) if language == "en" else self.name_vi


class Region(Named):
    """A socio-economic region; the 63 provinces and the 34 each know six of them."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    broad_code = models.CharField(_("code of the wider region"), max_length=20)
    broad_vi = models.CharField(_("wider region in Vietnamese"), max_length=50)
    broad_en = models.CharField(_("wider region in English"), max_length=50)
    in_63 = models.BooleanField(_("used for the former 63"))
    in_34 = models.BooleanField(_("used for today's 34"))

    class Meta:
        verbose_name, verbose_name_plural = _("region"), _("regions")


class ProvinceQuerySet(models.QuerySet):
    def valid_on(self, day):
        """Units that existed on `day`; their codes were reused, so only `uid` names one."""
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_to=None) | Q(valid_to__gte=day))

    def in_order(self):
        return self.order_by("sort_key", "pk")


class Province(Named):
    """A province or centrally-run city of one of two generations: 63 units, 34 from 2025-07-01."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Province")
        CITY = "city", _("Centrally-run city")

    uid = models.CharField(_("key"), max_length=10, unique=True)
    generation = models.PositiveSmallIntegerField(_("number of units at the time"))
    gso_code = models.CharField(_("code of the statistics office"), max_length=4)
    full_name_vi = models.CharField(_("full name in Vietnamese"), max_length=100)
    full_name_en = models.CharField(_("full name in English"), max_length=100)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="provinces", verbose_name=_("region"))
    iso_code = models.CharField(_("ISO code"), max_length=10, blank=True)
    valid_from = models.DateField(_("exists from"), null=True, blank=True)
    valid_to = models.DateField(_("existed until"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("became part of"),
    )
    alt_names = models.CharField(_("other names"), max_length=200, blank=True)
    search = models.TextField(default="", editable=False)
    sort_key = models.CharField(max_length=200, default="", editable=False, db_index=True)

    objects = ProvinceQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("province"), _("provinces")

    def is_valid_on(self, day):
        """Return whether this unit stood on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def fill_columns(self):
        """Fill the stored search and order columns; bulk writers call it for each row."""
        self.search = text.search_text(self.name_vi, self.name_en, self.full_name_vi, self.alt_names)
        self.sort_key = text.sort_key(self.name_vi)

    def save(self, *args, **kwargs):
        self.fill_columns()
        super().save(*args, **kwargs)


class Cluster(Named):
    """A group of the Convention's articles, as the Committee's reporting guidelines order them."""

    number = models.PositiveSmallIntegerField(_("number of the cluster"), unique=True)
    code = models.CharField(_("code"), max_length=10, unique=True)
    articles_text = models.CharField(_("articles"), max_length=200, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("cluster of articles"), _("clusters of articles")


class Article(Named):
    """An article of the Convention or one of its protocols, under our own short title."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    instrument = models.CharField(_("treaty"), max_length=10)
    number = models.PositiveSmallIntegerField(_("number of the article"), null=True, blank=True)
    part = models.CharField(_("part"), max_length=10, blank=True)
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("cluster")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("article of the Convention"), _("articles of the Convention")


class Recommendation(Named):
    """A recommendation of the Committee to Viet Nam, by topic; unverified rows are shown as such."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    document = models.CharField(_("document"), max_length=40)
    adopted_on = models.DateField(_("adopted on"))
    concern_paragraph = models.CharField(_("paragraph of the concern"), max_length=20, blank=True)
    paragraph = models.CharField(_("paragraph"), max_length=20, blank=True)
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, related_name="recommendations", verbose_name=_("cluster")
    )
    is_verified = models.BooleanField(_("checked against the official text"), default=False)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name, verbose_name_plural = (
            _("recommendation of the Committee"),
            _("recommendations of the Committee"),
        )


class IndicatorSet(Named):
    """A published set of child-rights indicators and who stands behind it."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    owner = models.CharField(_("published by"), max_length=300, blank=True)
    reference = models.CharField(_("document"), max_length=400, blank=True)
    child_age = models.CharField(_("age of a child"), max_length=60, blank=True)
    frequency = models.CharField(_("how often"), max_length=60, blank=True)
    note = models.TextField(_("note"), blank=True)
    verified = models.CharField(_("checked against"), max_length=400, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("set of indicators"), _("sets of indicators")


class Indicator(Named):
    """One indicator of a published set; values of different sets are never added."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    indicator_set = models.ForeignKey(
        IndicatorSet, models.PROTECT, related_name="indicators", verbose_name=_("set of indicators")
    )
    official_code = models.CharField(_("official code"), max_length=30, blank=True)
    unit = models.CharField(_("unit"), max_length=100, blank=True)
    disaggregation = models.CharField(_("broken down by"), max_length=200, blank=True)
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, null=True, blank=True, related_name="indicators", verbose_name=_("cluster")
    )
    verified = models.CharField(_("checked against"), max_length=400, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("indicator"), _("indicators")


class Pillar(Named):
    """A pillar of the coalition's annual plan: capacity building, advocacy, monitoring and evaluation."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    number = models.PositiveSmallIntegerField(_("number of the pillar"))
    is_general = models.BooleanField(
        _("pillar of the whole coalition"), default=True, help_text=_("Others belong to one working group.")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("pillar of the plan"), _("pillars of the plan")


class CalendarDayQuerySet(models.QuerySet):
    def overrides(self):
        """Return {date: is_working} for coalition.dates, from the rows staff keep."""
        return dict(self.values_list("date", "is_working"))


class CalendarDay(Named):
    """A day that differs from the computed calendar: a holiday, a swapped day off, a make-up Saturday."""

    date = models.DateField(_("date"), unique=True)
    is_working = models.BooleanField(_("working day"), default=False)
    kind = models.CharField(_("kind"), max_length=30, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("day of the calendar"), _("days of the calendar")


class Observance(Named):
    """A day of note in the year of child rights: 1 June, 20 November, the ratification."""

    date = models.DateField(_("date"))

    class Meta:
        verbose_name, verbose_name_plural = _("observance"), _("observances")
        constraints = [models.UniqueConstraint(fields=["date", "name_vi"], name="observance_once")]


class ReportTemplateSection(models.Model):
    """One section that a donor's report template asks for, in its order."""

    template_code = models.CharField(_("code of the template"), max_length=20)
    template_vi = models.CharField(_("template in Vietnamese"), max_length=300)
    template_en = models.CharField(_("template in English"), max_length=300)
    order = models.PositiveSmallIntegerField(_("order"))
    number = models.CharField(_("number of the section"), max_length=10)
    title_vi = models.CharField(_("title in Vietnamese"), max_length=400)
    title_en = models.CharField(_("title in English"), max_length=600)
    filled_from = models.CharField(_("filled from"), max_length=300, blank=True)
    provenance = models.CharField(_("source"), max_length=400, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = (
            _("section of a report template"),
            _("sections of report templates"),
        )
        constraints = [
            models.UniqueConstraint(fields=["template_code", "order"], name="template_section_once")
        ]
