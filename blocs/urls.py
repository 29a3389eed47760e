"""The leader's year: papers and covenant, standing, leadership, calendar, changes of agencies."""

from django.urls import path

from blocs.views import signed, standings

urlpatterns = [
    # Standing
    path("blocs/<int:pk>/standing/new/", standings.StandingNew.as_view(), name="standing_new"),
    path("standings/<int:pk>/", standings.StandingDetail.as_view(), name="standing_detail"),
    path("standings/<int:pk>/edit/", standings.StandingEdit.as_view(), name="standing_edit"),
    path("standings/<int:pk>/correct/", standings.StandingCorrect.as_view(), name="standing_correct"),
    path("standings/<int:pk>/export/", standings.StandingExport.as_view(), name="standing_export"),
    path("standings/<int:pk>/<slug:action>/", standings.StandingStep.as_view(), name="standing_step"),
    # Signed papers
    path("signed-papers/<int:pk>/scan/", signed.SignedPaperScan.as_view(), name="signed_paper_scan"),
]
