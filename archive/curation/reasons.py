"""Keeps, in the history of whatever is changed, why an editor changed it; the public corrections are read from there."""

from contextlib import AbstractContextManager, nullcontext

import pghistory


def giving(reason: str) -> AbstractContextManager:
    """Whatever is changed in this context has the reason in its history; without one, none."""
    reason = reason.strip()
    return pghistory.context(reason=reason) if reason else nullcontext()
