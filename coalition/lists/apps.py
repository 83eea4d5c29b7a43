from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ListsConfig(AppConfig):
    name = "coalition.lists"
    label = "lists"
    verbose_name = _("Lists")

    def ready(self):
        from coalition.jobs import work
        from coalition.lists import background

        work.register(background.KIND, background.write)
