"""The choice of seat: one hat at a time."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from emulation.accounts.middleware import SEAT_KEY


def seat_choose(request: HttpRequest) -> HttpResponse:
    """Show the person's open seats, or that there is none; POST takes one."""
    seats = {str(seat.pk): seat for seat in request.seats}  # type: ignore[attr-defined] # set by ActorAndGate
    if request.method != "POST":
        return render(request, "accounts/seat_choose.html", {"seats": list(seats.values())})
    seat = seats.get(request.POST.get("seat", ""))
    if seat is None:
        raise Http404
    request.session[SEAT_KEY] = seat.pk
    return HttpResponseRedirect(reverse("home"))
