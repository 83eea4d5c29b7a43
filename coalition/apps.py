"""The house as a Django application: its commands, checks and template tags."""

from django.apps import AppConfig


class CoalitionConfig(AppConfig):
    name = "coalition"
    label = "coalition"

    def ready(self):
        from coalition import checks  # also registers the start-up checks

        checks.refuse_unsafe_production()
