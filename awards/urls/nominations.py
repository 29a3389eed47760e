"""Addresses of nominations (đề nghị khen thưởng)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
