"""How long a session lasts: so long after the last page, and never longer than so long after the login."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

BEGAN = "began"
STEP = timedelta(minutes=1)  # a page moves the end only where it moves by this much: a session is not written each time


def prolong(session: SessionBase, now: datetime | None = None) -> None:
    """Moves the end of a session of somebody who has logged in; the session's store refuses it after that."""
    now = now or timezone.now()
    began = session.get(BEGAN)
    if began is None:
        began = session[BEGAN] = now.isoformat()
        session.set_expiry(end_of(now, now))
        return
    end = end_of(datetime.fromisoformat(began), now)
    if end - session.get_expiry_date() >= STEP:
        session.set_expiry(end)


def end_of(began: datetime, now: datetime) -> datetime:
    return min(now + settings.SESSION_IDLE, began + settings.SESSION_LONGEST)
