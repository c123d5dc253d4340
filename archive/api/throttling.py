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
    """By a setting: (requests, seconds), or None for no limit. Who asks is told by NINJA_NUM_PROXIES."""

    def __init__(self, setting: str):
        self.setting = setting

    @property
    def rate(self) -> tuple[int, int] | None:
        return getattr(settings, self.setting)

    def allow_request(self, request: HttpRequest) -> bool:
        if self.rate is None:
            return True
        most, seconds = self.rate
        key = f"{self.setting}:{int(time.time() // seconds)}:{asked_from(request)}"
        cache.add(key, 0, seconds)
        try:
            return cache.incr(key) <= most
        except ValueError:  # the cache was full and dropped it
            return True

    def wait(self) -> float | None:
        """Seconds to the next period."""
        if self.rate is None:
            return None
        _, seconds = self.rate
        return seconds - time.time() % seconds
