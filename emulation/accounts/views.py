"""The choice of seat: one hat at a time."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from emulation.accounts.middleware import SEAT_KEY, chosen_seat
from emulation.accounts.queries import acting_title


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def seat_choose(request: Any) -> HttpResponse:
    """Show the person's open seats, or that there is none and whom to call; POST takes one."""
    if request.method == "POST":
        seat = next((seat for seat in request.seats if str(seat.pk) == request.POST.get("seat")), None)
        if seat is None:
            raise Http404
        request.session[SEAT_KEY] = seat.pk
        return HttpResponseRedirect(reverse("home"))
    chosen = chosen_seat(request)
    options = [
        {
            "pk": seat.pk,
            "acts_as": acting_title(seat),
            "capacity": seat.get_capacity_display(),
            "is_chosen": seat == chosen,
        }
        for seat in request.seats
    ]
    has_ended = chosen is None and SEAT_KEY in request.session
    return render(request, "accounts/seat_choose.html", {"options": options, "has_ended": has_ended})
