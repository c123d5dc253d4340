"""The admin: every record found, read and, where an editor may, corrected."""

from django.contrib import admin

from archive.admin.articles import ArticleAdmin, OutletAdmin, VersionAdmin
from archive.admin.duplicates import PossibleDuplicateAdmin
from archive.admin.imports import ImportRunAdmin, OriginalAdmin
from archive.admin.merging import TransferAdmin
from archive.admin.organisations import OrganisationAdmin
from archive.admin.people import PersonAdmin
from archive.admin.quotes import QuoteAdmin
from archive.admin.review.pages import ReviewAdmin
from archive.admin.tombstones import TombstoneAdmin
from archive.admin.verification import VerificationFailureAdmin

__all__ = [
    "ArticleAdmin",
    "ImportRunAdmin",
    "OrganisationAdmin",
    "OriginalAdmin",
    "OutletAdmin",
    "PersonAdmin",
    "PossibleDuplicateAdmin",
    "QuoteAdmin",
    "ReviewAdmin",
    "TombstoneAdmin",
    "TransferAdmin",
    "VerificationFailureAdmin",
    "VersionAdmin",
]

admin.site.site_header = "Conflict archive"
admin.site.site_title = "Conflict archive"
admin.site.index_title = "Records"
