"""Keeps why an editor changed something in its history, from which the public corrections are read."""

from contextlib import AbstractContextManager, nullcontext

import pghistory

UNSEEN = "unseen"  # in the context of a change of which readers see nothing


def giving(reason: str, *, unseen: bool = False) -> AbstractContextManager:
    """Whatever is changed in this context has the reason in its history; without one, none.

    With `unseen`, readers see nothing of what the page or command changes, such as a confirmation: there are thousands
    of these, and corrections are not looked for among them.
    """
    reason = reason.strip()
    return pghistory.context(reason=reason, **({UNSEEN: True} if unseen else {})) if reason else nullcontext()
