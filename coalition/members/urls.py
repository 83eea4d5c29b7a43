from django.urls import path

from coalition.members.views import account, invitations, organisations, people

app_name = "members"

urlpatterns = [
    path("language/", account.language_choose, name="language_choose"),
    path("me/", account.self_edit, name="self_edit"),
    path("organisations/", organisations.organisation_list, name="organisation_list"),
    path("organisations/new/", organisations.organisation_new, name="organisation_new"),
    path("organisations/<slug:public_id>/", organisations.organisation_page, name="organisation_page"),
    path("organisations/<slug:public_id>/edit/", organisations.organisation_edit, name="organisation_edit"),
    path(
        "organisations/<slug:public_id>/merge/", organisations.organisation_merge, name="organisation_merge"
    ),
    path(
        "organisations/<slug:public_id>/archive/",
        organisations.organisation_archive,
        name="organisation_archive",
    ),
    path("people/", people.person_list, name="person_list"),
    path("people/<slug:public_id>/", people.person_page, name="person_page"),
    path("people/<slug:public_id>/suspend/", people.person_suspend, name="person_suspend"),
    path("people/<slug:public_id>/roles/new/", people.role_give, name="role_give"),
    path("people/<slug:public_id>/roles/<int:role>/end/", people.role_end, name="role_end"),
    path("people/<slug:public_id>/roles/<int:role>/hand-over/", people.role_hand_over, name="role_hand_over"),
    path("invitations/", invitations.invitation_list, name="invitation_list"),
    path("invitations/new/", invitations.invitation_new, name="invitation_new"),
    path(
        "invitations/<slug:public_id>/again/", invitations.invitation_send_again, name="invitation_send_again"
    ),
    path("invitations/<slug:public_id>/revoke/", invitations.invitation_revoke, name="invitation_revoke"),
    path("invitation/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
]
