"""The admin's site: its login leads on to the second factor where one is asked for."""

from urllib.parse import urlencode

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.forms import UsernameField
from django.contrib.contenttypes.views import shortcut
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods


class LoginForm(AdminAuthenticationForm):
    # Django shows the length to the browser only; what is longer could not be written down as an attempt.
    username = UsernameField(max_length=150, widget=forms.TextInput(attrs={"autofocus": True}))


class ArchiveAdminSite(AdminSite):
    login_form = LoginForm

    def get_urls(self):
        from archive.accounts import pages  # it needs the models, which are not there yet when the site is made

        def of_login(page, *methods):
            return never_cache(require_http_methods(methods)(pages.for_who_gave_a_password(self, page)))

        return [
            # Also for who has given a password only, whom the admin's own does not know.
            path("logout/", never_cache(self.logout), name="logout"),
            path("second-factor/", of_login(pages.second_factor, "GET", "HEAD"), name="second_factor"),
            path("second-factor/code/", of_login(pages.code, "GET", "HEAD", "POST"), name="second_factor_code"),
            path("second-factor/set-up/", of_login(pages.set_up, "GET", "HEAD", "POST"), name="second_factor_set_up"),
            path(
                "second-factor/backup-codes/",
                of_login(pages.backup_codes, "POST"),
                name="second_factor_backup_codes",
            ),
            path("r/<int:content_type_id>/<int:object_id>/", self.admin_view(self.view_on_site), name="view_on_site"),
            *(own for own in super().get_urls() if getattr(own, "name", None) != "view_on_site"),
        ]

    def view_on_site(self, request: HttpRequest, content_type_id: int, object_id: int) -> HttpResponse:
        """The page that readers see of a record, for who sees the record here: the address alone tells a name. Django's
        own view asks nothing, and fails at records without a table."""
        from django.contrib.contenttypes.models import ContentType

        model = get_object_or_404(ContentType, pk=content_type_id).model_class()
        shown_by = self.get_model_admin(model) if self.is_registered(model) else None
        if shown_by is None or not shown_by.has_view_permission(request):
            raise Http404("There is no such kind of record.")
        if shown_by.get_object(request, str(object_id)) is None:
            raise Http404("There is no such record.")
        return shortcut(request, content_type_id, object_id)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Who has given a password and no code yet is led on."""
        half = request.password_user.is_authenticated and not request.user.is_authenticated
        if request.method == "GET" and half and request.password_user.is_staff:
            chosen = {REDIRECT_FIELD_NAME: request.GET.get(REDIRECT_FIELD_NAME, "")}
            return HttpResponseRedirect(f"{reverse('admin:second_factor')}?{urlencode(chosen)}")
        return super().login(request, extra_context)
