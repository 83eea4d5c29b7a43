from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "coalition.jobs"
    label = "jobs"
    verbose_name = _("Jobs")

    def ready(self):
        from coalition.jobs import context
        from coalition.members import asking

        for name, expression in context.clocks().items():
            asking.along(name, expression)
