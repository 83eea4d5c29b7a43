from django.urls import path

from coalition.obligations.views import calendar, duty, nudge, owed, rules

app_name = "obligations"

urlpatterns = [
    path("", owed.owed_home, name="owed_home"),
    path("all/", owed.owed_all, name="owed_all"),
    path("by/", owed.owed_by, name="owed_by"),
    path("by/nudge/", nudge.nudge_send, name="nudge_send"),
    path("new/", duty.obligation_open, name="obligation_open"),
    path("rules/", rules.rules_edit, name="rules_edit"),
    path("hand-over/<str:code>/", owed.hand_over, name="hand_over"),
    path("calendar/", calendar.feed_page, name="feed_page"),
    path("calendar/reset/", calendar.feed_reset, name="feed_reset"),
    path("calendar/<str:token>.ics", calendar.feed, name="feed"),
    path("<slug:public_id>/", duty.obligation_page, name="obligation_page"),
    path("<slug:public_id>/close/", duty.obligation_close, name="obligation_close"),
    path("<slug:public_id>/move/", duty.obligation_move, name="obligation_move"),
    path("<slug:public_id>/end/", duty.obligation_end, name="obligation_end"),
    path("<slug:public_id>/reopen/", duty.obligation_reopen, name="obligation_reopen"),
    path("<slug:public_id>/confirm/", duty.obligation_confirm, name="obligation_confirm"),
    path("<slug:public_id>/reassign/", duty.obligation_reassign, name="obligation_reassign"),
    path("<slug:public_id>/pause/", duty.obligation_pause, name="obligation_pause"),
    path("<slug:public_id>/resume/", duty.obligation_resume, name="obligation_resume"),
]
