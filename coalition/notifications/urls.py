from django.urls import path

from coalition.notifications import views

app_name = "notifications"

urlpatterns = [
    path("", views.message_list, name="message_list"),
    path("preferences/", views.preference_edit, name="preference_edit"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("outside/", views.webhook_edit, name="webhook_edit"),
    path("again/", views.messages_again, name="messages_again"),
    path("<slug:public_id>/", views.message_page, name="message_page"),
]
