"""Papers and the jobs that make them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
