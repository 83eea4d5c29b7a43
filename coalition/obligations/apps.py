from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObligationsConfig(AppConfig):
    name = "coalition.obligations"
    label = "obligations"
    verbose_name = _("Obligations")

    def ready(self):
        from coalition import home
        from coalition.members import moving
        from coalition.notifications import kinds
        from coalition.obligations import actions, checking, overview

        kept = {"recheck": checking.recheck, "sent": checking.sent}
        kinds.register("digest", _("Reminders"), can_be_unsubscribed=True, **kept)
        kinds.register("nudge", _("Nudge by the secretariat"), **kept)
        moving.at_merger(actions.follow_merger)
        moving.at_hand_over(actions.hand_over)
        home.register(10, "owe", overview.for_home, "obligations/home_owe.html")
        home.register(20, "owe", overview.for_home_of_coordinators, "obligations/home_by.html")
        home.register_dots(overview.dots)
