"""Knows nobody who is not wholly logged in, whatever page they ask for: the one place that asks for a second factor."""

from collections.abc import Callable

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from archive.accounts.second_factor import is_missing
from archive.accounts.sessions import prolong


class WhollyLoggedIn:
    """Sets `request.user` to whoever has given all that is asked of them, else to an anonymous visitor.

    `request.password_user` is who has given a password, with which the pages of the second factor alone work.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.password_user = user = request.user
        request.user = SimpleLazyObject(lambda: known(request, user))
        return self.get_response(request)


def known(request: HttpRequest, user: AbstractUser) -> AbstractUser | AnonymousUser:
    if not user.is_authenticated:
        return user
    prolong(request.session)
    return AnonymousUser() if is_missing(user) else user
