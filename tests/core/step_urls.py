"""One address for the test of step buttons."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [
    path(
        "things/<int:pk>/<str:action>/", lambda _request, pk, action: HttpResponse(f"{pk} {action}"), name="thing_step"
    )
]
