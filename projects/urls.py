"""Addresses of projects, the activity log and reports."""

from django.urls import include, path

from projects.views import (
    activities,
    archive,
    evidence,
    importing,
    lines,
    many,
    people,
    places,
    projects,
    works,
)

app_name = "projects"

ACTIVITY = "activities/<slug:public_id>"
PROJECT = "projects/<slug:public_id>"

urlpatterns = [
    path("activities/", activities.activity_list, name="activity_list"),
    path("activities/new/", activities.activity_log, name="activity_log"),
    path("activities/provinces/", activities.province_choices, name="province_choices"),
    path("activities/organisations/", projects.supported_list, name="supported_list"),
    path("activities/places/", places.activity_places, name="activity_places"),
    path("activities/change/", many.activity_change_many, name="activity_change_many"),
    path("activities/import/", importing.activity_import, name="activity_import"),
    path("activities/import/template/", importing.import_template, name="import_template"),
    path(f"{ACTIVITY}/", activities.activity_page, name="activity_page"),
    path(f"{ACTIVITY}/edit/", activities.activity_edit, name="activity_edit"),
    path(f"{ACTIVITY}/state/", activities.activity_state, name="activity_state"),
    path(f"{ACTIVITY}/archive/", activities.activity_archive, name="activity_archive"),
    path(f"{ACTIVITY}/restore/", activities.activity_restore, name="activity_restore"),
    path(f"{ACTIVITY}/history/", activities.activity_history, name="activity_history"),
    path(f"{ACTIVITY}/history/<int:number>/", activities.activity_go_back, name="activity_go_back"),
    path(f"{ACTIVITY}/people/", people.activity_people, name="activity_people"),
    path(f"{ACTIVITY}/organisations/", people.activity_organisations, name="activity_organisations"),
    path(
        f"{ACTIVITY}/organisations/<slug:organisation>/remove/",
        people.activity_organisation_remove,
        name="activity_organisation_remove",
    ),
    path(f"{ACTIVITY}/evidence/", evidence.evidence_add, name="evidence_add"),
    path(f"{ACTIVITY}/evidence/story/", evidence.story_add, name="story_add"),
    path(f"{ACTIVITY}/evidence/<slug:file_id>/remove/", evidence.evidence_remove, name="evidence_remove"),
    path(f"{ACTIVITY}/evidence/<slug:file_id>/restore/", evidence.evidence_restore, name="evidence_restore"),
    path("open/projects/<slug:public_id>/", projects.project_public, name="project_public"),
    path("projects/", projects.project_list, name="project_list"),
    path("projects/new/", projects.project_add, name="project_add"),
    path(f"{PROJECT}/", projects.project_page, name="project_page"),
    path(f"{PROJECT}/overlaps/", projects.project_overlaps, name="project_overlaps"),
    path(f"{PROJECT}/edit/", projects.project_edit, name="project_edit"),
    path(f"{PROJECT}/archive/", archive.project_archive, name="project_archive"),
    path(f"{PROJECT}/history/", projects.project_history, name="project_history"),
    path(f"{PROJECT}/history/<int:number>/", archive.project_go_back, name="project_go_back"),
    path(f"{PROJECT}/results/<int:number>/", lines.result_indicators, name="result_indicators"),
    path(f"{PROJECT}/results/<int:number>/activities/", lines.result_proof, name="result_proof"),
    path(f"{PROJECT}/indicators/<int:number>/", lines.indicator_values, name="indicator_values"),
    path(f"{PROJECT}/budget/<int:number>/", lines.funding_budget, name="funding_budget"),
    path(f"{PROJECT}/lines/<slug:what>/", lines.project_lines, name="project_lines"),
    path("publications/", works.publication_list, name="publication_list"),
    path("publications/new/", works.publication_add, name="publication_add"),
    path("publications/<slug:public_id>/", works.publication_page, name="publication_page"),
    path("publications/<slug:public_id>/get/", works.publication_get, name="publication_get"),
    path("publications/<slug:public_id>/archive/", archive.publication_archive, name="publication_archive"),
    path(
        "publications/<slug:public_id>/history/<int:number>/",
        archive.publication_go_back,
        name="publication_go_back",
    ),
    path("publications/<slug:public_id>/edit/", works.publication_edit, name="publication_edit"),
    path("policy-inputs/", works.policy_input_list, name="policy_input_list"),
    path("policy-inputs/new/", works.policy_input_add, name="policy_input_add"),
    path("policy-inputs/<slug:public_id>/", works.policy_input_page, name="policy_input_page"),
    path(
        "policy-inputs/<slug:public_id>/archive/", archive.policy_input_archive, name="policy_input_archive"
    ),
    path(
        "policy-inputs/<slug:public_id>/history/<int:number>/",
        archive.policy_input_go_back,
        name="policy_input_go_back",
    ),
    path("policy-inputs/<slug:public_id>/edit/", works.policy_input_edit, name="policy_input_edit"),
    path("reports/", include("projects.reports.urls")),
]
