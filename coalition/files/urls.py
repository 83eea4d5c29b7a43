from django.urls import path

from coalition.files import views

app_name = "files"

urlpatterns = [
    path("<slug:public_id>/", views.file_open, name="file_open"),
    path("<slug:public_id>/consent/", views.file_consent, name="file_consent"),
    path("<slug:public_id>/consent/<int:number>/withdraw/", views.consent_withdraw, name="consent_withdraw"),
]
