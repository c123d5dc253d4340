"""Holds every address to so many requests in a period.

The periods are those of the clock, not of the address: nothing has to be kept but one count for each address, which the
cache raises in one step. Ninja's own throttles keep the times of requests in the throttle itself, which threads share.
"""

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from archive.networks import asked_from


class AddressThrottle(BaseThrottle):
    """By settings.API_RATE: (requests, seconds), or None for no limit. Who asks is told by NINJA_NUM_PROXIES."""

    def allow_request(self, request: HttpRequest) -> bool:
        if settings.API_RATE is None:
            return True
        most, seconds = settings.API_RATE
        key = f"api-rate:{int(time.time() // seconds)}:{asked_from(request)}"
        cache.add(key, 0, seconds)
        try:
            return cache.incr(key) <= most
        except ValueError:  # the cache was full and dropped it
            return True

    def wait(self) -> float | None:
        """Seconds to the next period."""
        if settings.API_RATE is None:
            return None
        _, seconds = settings.API_RATE
        return seconds - time.time() % seconds
