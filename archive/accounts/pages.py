"""The pages of the second factor: the code at the login, the app that makes it, and the backup codes."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_otp import login

from archive.accounts import second_factor as factor

KEY = "second_factor_key"  # in the session, until the app has shown that it has it


class CodeForm(forms.Form):
    code = forms.CharField(
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


def for_who_gave_a_password(site: AdminSite, page: Callable) -> Callable:
    """Decorator: the page gets the site and the user who has given a password; others have to give one first."""

    @wraps(page)
    def shown(request: HttpRequest) -> HttpResponse:
        user = request.password_user
        if not (user.is_authenticated and user.is_active and user.is_staff):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        return page(site, request, user)

    return shown


def second_factor(site, request, user):
    """Leads to what is yet to be done; with nothing left, shows what there is and what can be changed."""
    if factor.is_missing(user):
        step = "admin:second_factor_code" if factor.device_of(user) else "admin:second_factor_set_up"
        return HttpResponseRedirect(f"{reverse(step)}?{_query(request)}")
    codes = factor.backup_codes_left(user)
    return _page(site, request, "second_factor.html", "Second factor", device=factor.device_of(user), codes=codes)


def code(site, request, user):
    """Asks for a code of the app, or a backup code; the right one completes the login."""
    if not factor.is_missing(user) or factor.device_of(user) is None:
        return HttpResponseRedirect(f"{reverse('admin:second_factor')}?{_query(request)}")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            device = factor.checked(user, form.cleaned_data["code"])
        except factor.WrongCode as wrong:
            form.add_error("code", str(wrong))
        else:
            _log_in(request, user, device)
            return HttpResponseRedirect(_next(request))
    return _page(site, request, "second_factor_code.html", "Second factor", form=form, next=_next(request))


def set_up(site, request, user):
    """Shows a new key for an app, and takes its first code; then the backup codes are shown, this once."""
    if factor.is_missing(user) and factor.device_of(user):
        return HttpResponseRedirect(f"{reverse('admin:second_factor_code')}?{_query(request)}")
    key = request.session.setdefault(KEY, factor.new_key())
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            device, codes = factor.set_up(user, key, form.cleaned_data["code"])
        except factor.WrongCode as wrong:
            form.add_error("code", str(wrong))
        else:
            del request.session[KEY]
            _log_in(request, user, device)
            messages.success(request, "The second factor is set up.")
            return _codes(site, request, codes)
    return _page(
        site,
        request,
        "second_factor_set_up.html",
        "Set up the second factor",
        form=form,
        required=factor.is_required(user),
        replaces=factor.device_of(user),
        qr_code=factor.qr_code(user, key),
        typed_key=factor.typed_key(key),
        next=_next(request),
    )


def backup_codes(site, request, user):
    """Makes new ones, and shows them this once."""
    app = factor.device_of(user)
    if factor.is_missing(user) or app is None:
        return HttpResponseRedirect(reverse("admin:second_factor"))
    codes = factor.make_backup_codes(user)
    _log_in(request, user, app)  # who came in by a backup code stays in, though what gave that is no more
    messages.success(request, "The earlier backup codes serve no more.")
    return _codes(site, request, codes)


def _codes(site, request, codes: list[str]):
    return _page(site, request, "second_factor_codes.html", "Backup codes", codes=codes, next=_next(request))


def _log_in(request, user, device) -> None:
    """From now on the session, under another key, is that of somebody who is wholly logged in."""
    request.session.cycle_key()
    request.user = user
    login(request, device)


def _next(request) -> str:
    """Where the login leads: within the archive, whatever the address says."""
    asked = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else reverse("admin:index")


def _query(request) -> str:
    return urlencode({REDIRECT_FIELD_NAME: _next(request)})


def _page(site, request, template: str, title: str, **context):
    context = {**site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"admin/{template}", context)
