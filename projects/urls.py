"""Addresses of projects, the activity log and reports."""

from django.urls import include, path

app_name = "projects"

urlpatterns = [
    path("reports/", include("projects.reports.urls")),
]
