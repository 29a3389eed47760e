"""Addresses of dossiers and appraisal (hồ sơ, thẩm định)."""

from django.urls import URLPattern, path

from awards.views import appraisals, submissions

urlpatterns: list[URLPattern] = [
    path("submissions/", submissions.SubmissionList.as_view(), name="submission_list"),
    path("submissions/export/", submissions.SubmissionExport.as_view(), name="submission_export"),
    path("submissions/new/", submissions.SubmissionNew.as_view(), name="submission_new"),
    path("submissions/new/bloc/<int:pk>/", submissions.SubmissionNewBloc.as_view(), name="submission_new_bloc"),
    path(
        "submissions/new/agency/<int:pk>/<int:year>/",
        submissions.SubmissionNewAgency.as_view(),
        name="submission_new_agency",
    ),
    path(
        "submissions/register/bloc/<int:pk>/",
        submissions.SubmissionRegisterBloc.as_view(),
        name="submission_register_bloc",
    ),
    path(
        "submissions/register/agency/<int:pk>/<int:year>/",
        submissions.SubmissionRegisterAgency.as_view(),
        name="submission_register_agency",
    ),
    path("submissions/<int:pk>/", submissions.SubmissionDetail.as_view(), name="submission_detail"),
    path("submissions/<int:pk>/edit/", submissions.SubmissionEdit.as_view(), name="submission_edit"),
    path("submissions/<int:pk>/scan/", submissions.SubmissionScan.as_view(), name="submission_scan"),
    path("submissions/<int:pk>/<slug:action>/", submissions.SubmissionStep.as_view(), name="submission_step"),
    path("submissions/lines/<int:pk>/resend/", submissions.NominationResend.as_view(), name="nomination_resend"),
    path("appraisal/", appraisals.AppraisalList.as_view(), name="appraisal_list"),
    path("appraisal/export/", appraisals.AppraisalExport.as_view(), name="appraisal_export"),
    path("appraisal/<slug:action>/", appraisals.AppraisalAct.as_view(), name="appraisal_act"),
]
