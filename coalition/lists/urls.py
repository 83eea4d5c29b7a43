from django.urls import path

from coalition.lists import views

app_name = "lists"

urlpatterns = [
    path("search/", views.search, name="search"),
    path("views/<slug:public_id>/delete/", views.view_delete, name="view_delete"),
    path("views/save/<slug:list_name>/", views.view_save, name="view_save"),
]
