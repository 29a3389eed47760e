"""Addresses of decisions and awards given (quyết định, tra cứu khen thưởng)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
