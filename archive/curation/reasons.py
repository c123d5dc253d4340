"""Keeps why an editor changed something in its history, from which the public corrections are read."""

from contextlib import AbstractContextManager, nullcontext

import pghistory


def giving(reason: str) -> AbstractContextManager:
    """Whatever is changed in this context has the reason in its history; without one, none."""
    reason = reason.strip()
    return pghistory.context(reason=reason) if reason else nullcontext()
