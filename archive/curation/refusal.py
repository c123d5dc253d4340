"""What becomes of what an editor asked for and the records, or somebody else's change of this moment, do not allow."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, connection

from archive.importing.run import ATTEMPTS, persistently

log = logging.getLogger(__name__)
Result = TypeVar("Result")


class Refused(Exception):
    """Nothing was changed; `reasons` are whole sentences that say why, and what can be done about it."""

    def __init__(self, *reasons: str):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class NoLongerSo(Refused):
    """The record is not as the editor saw it: somebody else, or an import, has changed it meanwhile."""


def unhindered(write: Callable[[], Result]) -> Result:
    """What `write`, one transaction, returns; done again where another one came in between: a deadlock, or a record
    that was given to somebody whom it takes away.

    Raises Refused where records stay in its way, and whatever else `write` raises.
    """
    in_the_way = None
    for _ in range(ATTEMPTS):
        try:
            return persistently(write)
        except IntegrityError as error:
            if connection.in_atomic_block:
                raise
            in_the_way = error
            time.sleep(0.05)
    # Should it be nobody's change but a constraint that always refuses this, whoever runs the archive has to know.
    log.error("Given up after %d attempts", ATTEMPTS, exc_info=in_the_way)
    raise Refused("Others are changing the same records just now. Nothing was changed: try again.")
