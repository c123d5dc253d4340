"""Locks out who fails to log in too often."""

from datetime import datetime

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

OF_ADDRESS = 10  # times as many failures as one user may have from an address, for all users together


class LoginHandler(AxesDatabaseHandler):
    """By user and address together: a stranger cannot lock an editor out from elsewhere. An address that fails with
    many users is locked out too."""

    def is_locked(self, request: HttpRequest, credentials: dict | None = None) -> bool:
        return super().is_locked(request, credentials) or self.is_address_locked(request)

    def of_address(self, request: HttpRequest) -> QuerySet[AccessAttempt]:
        return AccessAttempt.objects.filter(ip_address=request.axes_ip_address, attempt_time__gte=counted_since())

    def is_address_locked(self, request: HttpRequest) -> bool:
        failures = self.of_address(request).aggregate(all=Sum("failures_since_start"))["all"] or 0
        return failures >= settings.AXES_FAILURE_LIMIT * OF_ADDRESS

    def user_login_failed(self, sender, credentials: dict, request: HttpRequest | None = None, **kwargs) -> None:
        """Who goes on trying while locked out stays locked out, from the last time on."""
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request is not None and request.axes_locked_out:
            of_address = [self.of_address(request)] if self.is_address_locked(request) else []
            for attempts in [*self.get_user_attempts(request, credentials), *of_address]:
                attempts.update(attempt_time=request.axes_attempt_time)


def counted_since() -> datetime:
    """Failures before that lock nobody out any more."""
    return timezone.now() - settings.AXES_COOLOFF_TIME


def with_locks(attempts: QuerySet[AccessAttempt]) -> QuerySet[AccessAttempt]:
    """Adds `locked`: whether nobody may try again now as this user, or at all, from the address of the attempt."""
    of_user, of_address = _failures("username", "ip_address"), _failures("ip_address")
    return attempts.annotate(
        locked=Q(GreaterThanOrEqual(of_user, settings.AXES_FAILURE_LIMIT))
        | Q(GreaterThanOrEqual(of_address, settings.AXES_FAILURE_LIMIT * OF_ADDRESS))
    )


def _failures(*fields: str) -> Coalesce:
    """How many count of attempts that have these fields in common."""
    counted = AccessAttempt.objects.filter(
        attempt_time__gte=counted_since(), **{field: OuterRef(field) for field in fields}
    )
    summed = counted.order_by().values(*fields).annotate(all=Sum("failures_since_start"))
    return Coalesce(Subquery(summed.values("all")), 0)


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict | None) -> HttpResponse:
    """The page for who is locked out: the same whether there is such a user and whether the password was right."""
    pause = settings.AXES_COOLOFF_TIME
    context = {**admin.site.each_context(request), "title": "Too many failed logins", "until": timezone.now() + pause}
    answer = render(request, "admin/locked_out.html", context, status=429)
    answer["Retry-After"] = str(int(pause.total_seconds()))
    return answer
