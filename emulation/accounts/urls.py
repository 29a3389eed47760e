"""Login and its pages, the second factor, the seat."""

from django.urls import include, path

from emulation.accounts import views

urlpatterns = [
    path("seat/", views.seat_choose, name="seat_choose"),
    path("", include("allauth.urls")),
]
