"""The leader's year: papers and covenant, standing, leadership, calendar, changes of agencies."""

from django.urls import path

from blocs.views import signed

urlpatterns = [
    path("signed-papers/<int:pk>/scan/", signed.SignedPaperScan.as_view(), name="signed_paper_scan"),
]
