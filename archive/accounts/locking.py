"""Locks out who fails to log in too often."""

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

OF_ADDRESS = 10  # times as many failures as one user may have from an address, for all users together


class LoginHandler(AxesDatabaseHandler):
    """By user and address together: a stranger cannot lock an editor out from elsewhere. An address that fails with
    many users is locked out too."""

    def is_locked(self, request: HttpRequest, credentials: dict | None = None) -> bool:
        return super().is_locked(request, credentials) or self.is_address_locked(request)

    def is_address_locked(self, request: HttpRequest) -> bool:
        since = timezone.now() - settings.AXES_COOLOFF_TIME
        of_address = AccessAttempt.objects.filter(ip_address=request.axes_ip_address, attempt_time__gte=since)
        failures = of_address.aggregate(all=Sum("failures_since_start"))["all"] or 0
        return failures >= settings.AXES_FAILURE_LIMIT * OF_ADDRESS

    def user_login_failed(self, sender, credentials: dict, request: HttpRequest | None = None, **kwargs) -> None:
        """Who goes on trying while locked out stays locked out, from the last time on."""
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request is not None and request.axes_locked_out:
            for attempts in self.get_user_attempts(request, credentials):
                attempts.update(attempt_time=request.axes_attempt_time)


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict | None) -> HttpResponse:
    """The page for who is locked out: the same whether there is such a user and whether the password was right."""
    pause = settings.AXES_COOLOFF_TIME
    context = {**admin.site.each_context(request), "title": "Too many failed logins", "until": timezone.now() + pause}
    answer = render(request, "admin/locked_out.html", context, status=429)
    answer["Retry-After"] = str(int(pause.total_seconds()))
    return answer
