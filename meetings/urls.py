from django.urls import path

from meetings.views import calls, groups, importing, meetings, minutes, outputs

app_name = "meetings"

urlpatterns = [
    path("meetings/", meetings.meeting_list, name="meeting_list"),
    path("meetings/new/", meetings.meeting_plan, name="meeting_plan"),
    path("meetings/actions/", meetings.action_list, name="action_list"),
    path("meetings/import/", importing.minutes_import, name="minutes_import"),
    path("meetings/import/confirm/", importing.minutes_confirm, name="minutes_confirm"),
    path("meetings/groups/", groups.group_list, name="group_list"),
    path("meetings/groups/new/", groups.group_new, name="group_new"),
    path("meetings/groups/<slug:public_id>/", groups.group_page, name="group_page"),
    path("meetings/groups/<slug:public_id>/edit/", groups.group_edit, name="group_edit"),
    path("meetings/calls/", calls.call_list, name="call_list"),
    path("meetings/calls/new/", calls.call_new, name="call_new"),
    path("meetings/calls/<slug:public_id>/", calls.call_page, name="call_page"),
    path("meetings/calls/<slug:public_id>/edit/", calls.call_edit, name="call_edit"),
    path("meetings/calls/<slug:public_id>/step/", calls.call_step, name="call_step"),
    path("meetings/calls/<slug:public_id>/answers/", calls.answer_save, name="answer_save"),
    path("meetings/answers/<slug:public_id>/submit/", calls.answer_submit, name="answer_submit"),
    path("meetings/answers/<slug:public_id>/vote/", calls.vote_give, name="vote_give"),
    path("meetings/items/<slug:public_id>/", minutes.item_edit, name="item_edit"),
    path("meetings/items/<slug:public_id>/merge/", minutes.item_merge, name="item_merge"),
    path("meetings/items/<slug:public_id>/move/", minutes.item_move, name="item_move"),
    path("meetings/points/<slug:public_id>/", minutes.point_edit, name="point_edit"),
    path("meetings/points/<slug:public_id>/move/", minutes.point_move, name="point_move"),
    path("meetings/<slug:public_id>/", meetings.meeting_page, name="meeting_page"),
    path("meetings/<slug:public_id>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path("meetings/<slug:public_id>/next/", meetings.meeting_next, name="meeting_next"),
    path("meetings/<slug:public_id>/attendance/", meetings.attendance_edit, name="attendance_edit"),
    path("meetings/<slug:public_id>/hold/", minutes.meeting_hold, name="meeting_hold"),
    path("meetings/<slug:public_id>/circulate/", meetings.meeting_circulate, name="meeting_circulate"),
    path("meetings/<slug:public_id>/approve/", meetings.meeting_approve, name="meeting_approve"),
    path("meetings/<slug:public_id>/comments/", meetings.comment_add, name="comment_add"),
    path("meetings/<slug:public_id>/minutes/", minutes.minutes_take, name="minutes_take"),
    path("meetings/<slug:public_id>/minutes/items/", minutes.item_add, name="item_add"),
    path("meetings/<slug:public_id>/minutes/points/", minutes.point_add, name="point_add"),
    path("meetings/<slug:public_id>/minutes.pdf", outputs.minutes_pdf, name="minutes_pdf"),
    path("meetings/<slug:public_id>/minutes.docx", outputs.minutes_docx, name="minutes_docx"),
    path("meetings/<slug:public_id>/meeting.ics", outputs.meeting_ics, name="meeting_ics"),
]
