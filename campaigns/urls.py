from django.urls import path

from campaigns import views

app_name = "campaigns"

urlpatterns = [
    path("forms/<str:public_id>/", views.form_page, name="form_page"),
    path("forms/confirm/<str:token>/", views.form_confirm, name="form_confirm"),
]
