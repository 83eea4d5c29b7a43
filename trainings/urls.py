from django.urls import path

from trainings.views import attendance, courses, trainings

app_name = "trainings"

urlpatterns = [
    path("", trainings.training_list, name="training_list"),
    path("new/", trainings.training_new, name="training_new"),
    path("courses/", courses.course_list, name="course_list"),
    path("courses/new/", courses.course_new, name="course_new"),
    path("courses/<slug:public_id>/", courses.course_page, name="course_page"),
    path("courses/<slug:public_id>/edit/", courses.course_edit, name="course_edit"),
    path("<slug:public_id>/", trainings.training_page, name="training_page"),
    path("<slug:public_id>/edit/", trainings.training_edit, name="training_edit"),
    path("<slug:public_id>/attendance/", attendance.attendance_take, name="attendance_take"),
    path("<slug:public_id>/participants/", attendance.participants_add, name="participants_add"),
    path(
        "<slug:public_id>/participants/<int:participant>/remove/",
        attendance.participant_remove,
        name="participant_remove",
    ),
    path("<slug:public_id>/scores/", attendance.scores_write, name="scores_write"),
    path("<slug:public_id>/certificates/", attendance.certificates_issue, name="certificates_issue"),
    path(
        "<slug:public_id>/certificates/<slug:number>/", attendance.certificate_open, name="certificate_open"
    ),
]
