from django.urls import path

from projects.reports import views

urlpatterns = [
    path("", views.report_list, name="report_list"),
    path("new/", views.report_new, name="report_new"),
    path("<str:public_id>/", views.report_page, name="report_page"),
    path("<str:public_id>/edit/", views.report_edit, name="report_edit"),
    path("<str:public_id>/discard/", views.report_discard, name="report_discard"),
    path("<str:public_id>/sections/<slug:code>/", views.report_write, name="report_write"),
    path("<str:public_id>/refresh/", views.report_refresh, name="report_refresh"),
    path("<str:public_id>/renew/", views.report_renew, name="report_renew"),
    path("<str:public_id>/finish/", views.report_finish, name="report_finish"),
    path("<str:public_id>/letter/<slug:language>/", views.report_letter, name="report_letter"),
    path(
        "<str:public_id>/letter/<slug:language>/<slug:kind>/",
        views.report_letter_file,
        name="report_letter_file",
    ),
    path("<str:public_id>/make/<slug:kind>/", views.report_make, name="report_make"),
    path("<str:public_id>/files/<str:file_id>/", views.report_file, name="report_file"),
]
