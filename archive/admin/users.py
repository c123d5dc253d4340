"""Users, their roles and their second factors in the admin; and who is locked out."""

from axes.models import AccessAttempt
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangosUserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group, User
from django.db.models import Exists, OuterRef
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from archive.accounts import locking, second_factor

# Their own pages would show keys and codes; the list of users tells who has set one up.
admin.site.unregister([Group, User, TOTPDevice, StaticDevice])


@admin.register(User)
class UserAdmin(DjangosUserAdmin):
    """Users are given roles, and nothing one by one. Nobody is deleted: what they did stays theirs."""

    add_form = UserCreationForm
    add_fieldsets = [(None, {"fields": ["username", "email", "password1", "password2", "groups"]})]
    fieldsets = [
        (None, {"fields": ["username", "password", "first_name", "last_name", "email"]}),
        ("What they may do", {"fields": ["is_active", "groups"]}),
        ("Since when", {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    list_display = ["username", "email", "roles", "is_active", "is_superuser", "second_factor", "last_login"]
    list_filter = ["groups", "is_active", "is_superuser"]
    actions = ["reset_second_factor"]

    def get_queryset(self, request):
        app = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        return super().get_queryset(request).prefetch_related("groups").annotate(has_app=Exists(app))

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not request.user.is_superuser:
            return fieldsets
        return [
            (name, {"fields": [*options["fields"], "is_superuser"]} if "is_active" in options["fields"] else options)
            for name, options in fieldsets
        ]

    def formfield_for_manytomany(self, db_field, request=None, **options):
        if db_field.name == "groups":
            options |= {"widget": forms.CheckboxSelectMultiple, "label": "Roles", "help_text": ""}
        return super().formfield_for_manytomany(db_field, request, **options)

    def has_change_permission(self, request, obj=None):
        """Who has all rights is changed by nobody who has not: with their password all rights would be to be had."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def has_delete_permission(self, request, obj=None):
        return False

    def save_related(self, request, form, formsets, change):
        """Who has a role may use the admin, and nobody else."""
        super().save_related(request, form, formsets, change)
        user = form.instance
        user.is_staff = user.is_superuser or user.groups.exists()
        user.save(update_fields=["is_staff"])

    @admin.action(description="Reset the second factor", permissions=["change"])
    def reset_second_factor(self, request, queryset):
        for user in queryset:
            if not self.has_change_permission(request, user):
                messages.error(request, f"{user} has all rights, and so must whoever resets their second factor.")
            elif second_factor.reset(user):
                self.log_change(request, user, second_factor.RESET)
                messages.success(request, f"{user} sets up a new second factor at the next login.")
            else:
                messages.info(request, f"{user} has none.")

    @admin.display(description="roles")
    def roles(self, user):
        return ", ".join(group.name for group in user.groups.all()) or "–"

    @admin.display(description="second factor", boolean=True, ordering="has_app")
    def second_factor(self, user):
        return user.has_app


@admin.register(Group)
class RoleAdmin(admin.ModelAdmin):
    """The roles: to look at. What each may do is written in the archive's code."""

    fields = ["name", "may", "members"]
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="may")
    def may(self, group):
        return ", ".join(sorted(group.permissions.values_list("name", flat=True))) or "–"

    @admin.display(description="members")
    def members(self, group):
        return ", ".join(sorted(group.user_set.values_list("username", flat=True))) or "–"


@admin.register(AccessAttempt)
class AttemptAdmin(admin.ModelAdmin):
    """Failed logins; whose are all deleted here may try again at once."""

    list_display = ["username", "ip_address", "failures_since_start", "attempt_time", "is_locked"]
    search_fields = ["username", "ip_address"]
    fields = ["username", "ip_address", "user_agent", "failures_since_start", "attempt_time"]

    def get_queryset(self, request):
        return locking.with_locks(super().get_queryset(request))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description="locked out", boolean=True)
    def is_locked(self, attempt):
        return attempt.locked
