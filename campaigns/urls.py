from django.urls import path

from campaigns.views import campaigns, forms, lines, review, rounds, workbooks

app_name = "campaigns"

urlpatterns = [
    path("campaigns/", campaigns.campaign_list, name="campaign_list"),
    path("campaigns/new/", campaigns.campaign_new, name="campaign_new"),
    path("campaigns/open/<slug:code>/", campaigns.campaign_public, name="campaign_public"),
    path("campaigns/editions/<slug:public_id>/", campaigns.edition_page, name="edition_page"),
    path("campaigns/editions/<slug:public_id>/edit/", campaigns.edition_edit, name="edition_edit"),
    path("campaigns/editions/<slug:public_id>/parts/new/", campaigns.component_new, name="component_new"),
    path("campaigns/editions/<slug:public_id>/tag/", campaigns.edition_tag, name="edition_tag"),
    path("campaigns/<slug:public_id>/", campaigns.campaign_page, name="campaign_page"),
    path("campaigns/<slug:public_id>/edit/", campaigns.campaign_edit, name="campaign_edit"),
    path("campaigns/<slug:public_id>/editions/new/", campaigns.edition_new, name="edition_new"),
    path("campaigns/<slug:public_id>/board/", rounds.campaign_board, name="campaign_board"),
    path("forms/", forms.form_list, name="form_list"),
    path("forms/rounds/new/", rounds.round_new, name="round_new"),
    path("forms/rounds/<slug:public_id>/", rounds.round_page, name="round_page"),
    path("forms/rounds/<slug:public_id>/edit/", rounds.round_edit, name="round_edit"),
    path("forms/rounds/<slug:public_id>/nudge/", rounds.round_nudge, name="round_nudge"),
    path("forms/rounds/<slug:public_id>/accept/", rounds.round_accept, name="round_accept"),
    path("forms/rounds/<slug:public_id>/summary/", rounds.round_summary, name="round_summary"),
    path("forms/rounds/<slug:public_id>/export/", rounds.round_export, name="round_export"),
    path("forms/confirm/<str:token>/", review.form_confirm, name="form_confirm"),
    path("forms/imports/<slug:public_id>/", workbooks.import_page, name="import_page"),
    path("forms/imports/<slug:public_id>/marked/", workbooks.import_marked, name="import_marked"),
    path("forms/<slug:public_id>/", forms.form_page, name="form_page"),
    path("forms/<slug:public_id>/submit/", forms.form_submit, name="form_submit"),
    path("forms/<slug:public_id>/lines/new/", lines.line_new, name="line_new"),
    path("forms/<slug:public_id>/lines/take/", lines.line_take, name="line_take"),
    path("forms/<slug:public_id>/lines/<slug:line_id>/", lines.line_edit, name="line_edit"),
    path("forms/<slug:public_id>/lines/<slug:line_id>/remove/", lines.line_remove, name="line_remove"),
    path("forms/<slug:public_id>/lines/<slug:line_id>/correct/", review.line_correct, name="line_correct"),
    path("forms/<slug:public_id>/return/", review.form_return, name="form_return"),
    path("forms/<slug:public_id>/accept/", review.form_accept, name="form_accept"),
    path("forms/<slug:public_id>/reopen/", review.form_reopen, name="form_reopen"),
    path("forms/<slug:public_id>/on-behalf/", review.form_on_behalf, name="form_on_behalf"),
    path("forms/<slug:public_id>/workbook/", workbooks.form_download, name="form_download"),
    path("forms/<slug:public_id>/upload/", workbooks.form_upload, name="form_upload"),
]
