"""What becomes of what an editor asked for and the records, or somebody else's change of this moment, do not allow."""

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, connection

from archive.importing.run import ATTEMPTS, persistently

Result = TypeVar("Result")


class Refused(Exception):
    """Nothing was changed; `reasons` are whole sentences that say why, and what can be done about it."""

    def __init__(self, *reasons: str):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def unhindered(write: Callable[[], Result]) -> Result:
    """What `write`, one transaction, returns; done again where another one came in between: a deadlock, or a record
    that was given to somebody whom it takes away.

    Raises Refused where that goes on, and whatever else `write` raises.
    """
    for _ in range(ATTEMPTS):
        try:
            return persistently(write)
        except IntegrityError:
            if connection.in_atomic_block:
                raise
            time.sleep(0.05)
    raise Refused("Others are changing the same records just now. Nothing was changed: try again.")
