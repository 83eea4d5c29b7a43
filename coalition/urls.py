"""The addresses of the portal, one line a room."""

from django.contrib import admin
from django.urls import include, path

from coalition import health, home

urlpatterns = [
    path("", home.home, name="home"),
    path("home/<slug:part>/", home.part, name="home_part"),
    path("open/", home.open_to_all, name="open_to_all"),
    path("theme/", home.theme_choose, name="theme_choose"),
    path("health/", health.health, name="health"),
    path("accounts/", include("allauth.urls")),
    path("", include("coalition.members.urls")),
    path("", include("coalition.reference.urls")),
    path("files/", include("coalition.files.urls")),
    path("", include("coalition.lists.urls")),
    path("jobs/", include("coalition.jobs.urls")),
    path("messages/", include("coalition.notifications.urls")),
    path("owed/", include("coalition.obligations.urls")),
    path("", include("projects.urls")),
    path("trainings/", include("trainings.urls")),
    path("", include("campaigns.urls")),
    path("", include("meetings.urls")),
    path("back-office/", admin.site.urls),
]

handler400 = "coalition.home.bad_request"
handler403 = "coalition.home.not_for_you"
handler404 = "coalition.home.not_found"
handler500 = "coalition.home.our_fault"
