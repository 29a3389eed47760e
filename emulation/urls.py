"""One include per app, and the error pages."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # the admin's own login page has no limits and no second factor

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("emulation.accounts.urls")),
    path("", include("emulation.reports.urls")),
    path("", include("emulation.desk.urls")),
]

handler403 = "emulation.core.views.error_403"
handler404 = "emulation.core.views.error_404"
handler500 = "emulation.core.views.error_500"
