"""The archive's records; what they hold is written beside each."""

from archive.models.article import Article, Reading, Version
from archive.models.bulk import BulkChange, BulkChangeRow
from archive.models.corrected_speaker import CorrectedSpeaker
from archive.models.duplicate import PossibleDuplicate
from archive.models.error_report import ErrorReport
from archive.models.imports import ImportLine, ImportRun, Upload
from archive.models.organisation import Organisation, OrganisationFormerSlug, OrganisationMention, OrganisationName
from archive.models.original import Original
from archive.models.outbox import OutboxEntry
from archive.models.outlet import Outlet
from archive.models.person import FormerSlug, Mention, Name, Person, Role
from archive.models.possible import PossibleCopy, PossibleNamesakes, ProposalMark, Sketch
from archive.models.proposal import Proposal
from archive.models.quote import Quote, QuoteCandidate
from archive.models.review import LeftAsItIs, ReviewClaim, ReviewSkip
from archive.models.tombstone import Tombstone
from archive.models.transfer import Transfer, TransferredRow
from archive.models.verification import Verification, VerificationFailure, VerificationRun

__all__ = [
    "Article",
    "BulkChange",
    "BulkChangeRow",
    "CorrectedSpeaker",
    "ErrorReport",
    "FormerSlug",
    "ImportLine",
    "ImportRun",
    "LeftAsItIs",
    "Mention",
    "Name",
    "Organisation",
    "OrganisationFormerSlug",
    "OrganisationMention",
    "OrganisationName",
    "Original",
    "OutboxEntry",
    "Outlet",
    "Person",
    "PossibleCopy",
    "PossibleDuplicate",
    "PossibleNamesakes",
    "Proposal",
    "ProposalMark",
    "Quote",
    "QuoteCandidate",
    "Reading",
    "ReviewClaim",
    "ReviewSkip",
    "Role",
    "Sketch",
    "Tombstone",
    "Transfer",
    "TransferredRow",
    "Upload",
    "Verification",
    "VerificationFailure",
    "VerificationRun",
    "Version",
]
