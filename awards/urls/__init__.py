"""The addresses of the app, a family a file."""

from awards.urls import decisions, nominations, submissions

urlpatterns = [*nominations.urlpatterns, *submissions.urlpatterns, *decisions.urlpatterns]
