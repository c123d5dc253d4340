"""The admin, with the site that asks for a second factor."""

from django.contrib.admin.apps import AdminConfig


class ArchiveAdminConfig(AdminConfig):
    default_site = "archive.accounts.site.ArchiveAdminSite"
