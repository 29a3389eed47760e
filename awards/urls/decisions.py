"""Addresses of decisions and awards given (quyết định, tra cứu khen thưởng)."""

from django.urls import path

from awards.views import decisions, grants

urlpatterns = [
    path("decisions/", decisions.DecisionList.as_view(), name="decision_list"),
    path("decisions/export/", decisions.DecisionExport.as_view(), name="decision_export"),
    path("decisions/new/", decisions.DecisionNew.as_view(), name="decision_new"),
    path("decisions/record/", decisions.DecisionRecord.as_view(), name="decision_record"),
    path("decisions/lines/<int:pk>/", decisions.DecisionLineDirect.as_view(), name="decision_line"),
    path("decisions/lines/<int:pk>/remove/", decisions.DecisionLineRemove.as_view(), name="decision_line_remove"),
    path("decisions/<int:pk>/", decisions.DecisionDetail.as_view(), name="decision_detail"),
    path("decisions/<int:pk>/export/", decisions.DecisionLinesExport.as_view(), name="decision_lines_export"),
    path("decisions/<int:pk>/edit/", decisions.DecisionEdit.as_view(), name="decision_edit"),
    path("decisions/<int:pk>/add/", decisions.DecisionAdd.as_view(), name="decision_add"),
    path("decisions/<int:pk>/number/", decisions.DecisionNumber.as_view(), name="decision_number"),
    path("decisions/<int:pk>/issue/", decisions.DecisionIssue.as_view(), name="decision_issue"),
    path("decisions/<int:pk>/scan/", decisions.DecisionScan.as_view(), name="decision_scan"),
    path("grants/", grants.GrantList.as_view(), name="grant_list"),
    path("grants/export/", grants.GrantExport.as_view(), name="grant_export"),
    path("grants/new/", grants.GrantNew.as_view(), name="grant_new"),
    path("grants/own/<int:pk>/", grants.GrantOwn.as_view(), name="grant_own"),
    path("grants/<int:pk>/", grants.GrantDetail.as_view(), name="grant_detail"),
    path("grants/<int:pk>/revoke/", grants.GrantRevoke.as_view(), name="grant_revoke"),
    # Last: a step is any other word after a decision's number
    path("decisions/<int:pk>/<slug:action>/", decisions.DecisionStep.as_view(), name="decision_step"),
]
