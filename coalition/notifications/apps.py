from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "coalition.notifications"
    label = "notifications"
    verbose_name = _("Notifications")

    def ready(self):
        from coalition import home
        from coalition.members import letters
        from coalition.notifications import actions, kinds, pages

        kinds.register(
            "invitation",
            _("Invitation"),
            recheck=lambda message, _now: letters.why_no_longer(message.dedupe_key),
            sent=actions.hide_link,
        )
        kinds.register("hand_over", _("Hand-over of a role"))
        letters.carried_by(actions.queue_letter)
        home.register(5, "owe", pages.unsent_for_home, "notifications/home_failed.html")
