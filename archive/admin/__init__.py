"""The admin: every record found, read and, where an editor may, corrected."""

from django.contrib import admin

from archive.admin.articles import ArticleAdmin, OutletAdmin, VersionAdmin
from archive.admin.bulk import BulkChangeAdmin
from archive.admin.duplicates import PossibleDuplicateAdmin
from archive.admin.error_reports import ErrorReportAdmin
from archive.admin.imports import ImportRunAdmin, OriginalAdmin
from archive.admin.merging import TransferAdmin
from archive.admin.organisations import OrganisationAdmin
from archive.admin.people import PersonAdmin
from archive.admin.proposals import ProposalAdmin
from archive.admin.quotes import QuoteAdmin
from archive.admin.review.pages import ReviewAdmin
from archive.admin.tombstones import TombstoneAdmin
from archive.admin.users import AttemptAdmin, RoleAdmin, UserAdmin
from archive.admin.verification import VerificationFailureAdmin

__all__ = [
    "ArticleAdmin",
    "AttemptAdmin",
    "BulkChangeAdmin",
    "ErrorReportAdmin",
    "ImportRunAdmin",
    "OrganisationAdmin",
    "OriginalAdmin",
    "OutletAdmin",
    "PersonAdmin",
    "PossibleDuplicateAdmin",
    "ProposalAdmin",
    "QuoteAdmin",
    "ReviewAdmin",
    "RoleAdmin",
    "TombstoneAdmin",
    "TransferAdmin",
    "UserAdmin",
    "VerificationFailureAdmin",
    "VersionAdmin",
]

admin.site.site_header = "Conflict archive"
admin.site.site_title = "Conflict archive"
admin.site.index_title = "Records"
