"""The editors' queue: one doubtful item a screen, decided with one key, and the next one at once.

A further kind of item is a `Kind` of its own, added to `KINDS`.
"""

from archive.admin.review.copies import Copies
from archive.admin.review.kinds import Kind
from archive.admin.review.lost import Gone, Unverified
from archive.admin.review.people import Namesakes, SamePerson
from archive.admin.review.quotes import Candidates, NotKnown, SurnameOnly, Unsure
from archive.admin.review.told import Proposed, ReportedErrors

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Candidates(),
        NotKnown(),
        SurnameOnly(),
        Unsure(),
        SamePerson(),
        Namesakes(),
        Gone(),
        Unverified(),
        Copies(),
        ReportedErrors(),
        Proposed(),
    )
}
