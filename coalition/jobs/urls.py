from django.urls import path

from coalition.jobs import views

app_name = "jobs"

urlpatterns = [
    path("", views.job_list, name="job_list"),
    path("<slug:public_id>/", views.job_page, name="job_page"),
    path("<slug:public_id>/file/", views.job_file, name="job_file"),
    path("<slug:public_id>/cancel/", views.job_cancel, name="job_cancel"),
]
