"""Addresses of dossiers and appraisal (hồ sơ, thẩm định)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
