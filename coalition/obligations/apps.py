from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObligationsConfig(AppConfig):
    name = "coalition.obligations"
    label = "obligations"
    verbose_name = _("Obligations")

    def ready(self):
        from coalition import home
        from coalition.notifications import kinds
        from coalition.obligations import digest, overview

        kept = {"recheck": digest.recheck, "sent": digest.sent}
        kinds.register("digest", _("Reminders"), can_be_unsubscribed=True, **kept)
        kinds.register("nudge", _("Nudge by the secretariat"), **kept)
        home.register(1, "owe", overview.clock_for_home, "obligations/home_clock.html")
        home.register(10, "owe", overview.for_home, "obligations/home_owe.html")
        home.register(20, "owe", overview.for_home_of_coordinators, "obligations/home_by.html")
        home.register_dots(overview.dots)
