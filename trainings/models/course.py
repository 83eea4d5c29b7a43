"""Courses: what is taught, whoever gives it and whenever."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coalition.addresses import address_of
from coalition.records import CurrentManager, Record, RecordQuerySet


class CourseQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """The catalogue is open to all members of the coalition."""
        return self if user.has_right("training.see") else self.none()

    def editable_by(self, user):
        return self if user.has_right("course.edit") else self.none()


class Course(Record):
    """A subject the coalition teaches again and again: children's rights, advocacy, CRBP."""

    SEARCHED = ("name_vi", "name_en", "code", "contents")
    SORTED_BY = "name_vi"

    code = models.CharField(_("code"), max_length=20, unique=True)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1, null=True, blank=True)
    contents = models.TextField(_("what is taught"), blank=True)

    objects = CurrentManager.from_queryset(CourseQuerySet)()
    everything = models.Manager.from_queryset(CourseQuerySet)()

    class Meta(Record.Meta):
        verbose_name = _("Course")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("trainings:course_page", self.public_id)

    @property
    def name(self):
        return self.name_in(get_language())

    def name_in(self, language):
        return (self.name_en or self.name_vi) if language == "en" else self.name_vi
