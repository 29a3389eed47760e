"""One include per app, and the error pages."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("emulation.accounts.urls")),
    path("", include("blocs.urls")),
    path("", include("awards.urls")),
    path("", include("emulation.reports.urls")),
    path("", include("emulation.desk.urls")),
]

handler403 = "emulation.core.views.error_403"
handler404 = "emulation.core.views.error_404"
handler500 = "emulation.core.views.error_500"
