from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Projects")

    def ready(self):
        from coalition.files import access
        from coalition.members import roles
        from coalition.obligations import kinds
        from projects import home_parts, report_sections
        from projects.reports import actions, pictures, work

        home_parts.register()
        report_sections.register_all()
        work.register()
        access.register_uses(pictures.uses)
        kinds.register(
            actions.DUTY,
            _("Report to a donor"),
            role=roles.COORDINATOR,
            by_hand=False,
            met_by=_("The report is finished on its page."),
        )
