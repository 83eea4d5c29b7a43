"""The house as a Django application: its commands, checks and template tags."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class CoalitionConfig(AppConfig):
    name = "coalition"
    label = "coalition"

    def ready(self):
        from coalition import access, checks  # noqa: F401  (both register the checks at start)

        checks.refuse_unsafe_production()


class BackOfficeConfig(AdminConfig):
    """Django's admin with our log-in and rights."""

    default_site = "coalition.admin.BackOffice"
