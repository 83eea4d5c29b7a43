from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Projects")

    def ready(self):
        from coalition.members import roles
        from coalition.obligations import kinds
        from projects import report_sections
        from projects.reports import actions, work

        report_sections.register_all()
        work.register()
        kinds.register(actions.DUTY, _("Report to a donor"), role=roles.COORDINATOR, by_hand=False,
                       met_by=_("The report is finished on its page."))
