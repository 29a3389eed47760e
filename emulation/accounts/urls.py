"""Login and its pages, the second factor, the seat. Of the login library only what works without mail is routed."""

from allauth.account import views as account
from django.urls import include, path

from emulation.accounts import views

urlpatterns = [
    path("seat/", views.seat_choose, name="seat_choose"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),  # says that accounts are given, not taken
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
]
