"""Keeps every state of a record, whoever changed it and by whatever path: triggers write the events."""

import pghistory


def recorded(**options):
    """Class decorator: inserts, updates and deletions of the model's rows leave an event with its context."""
    return pghistory.track(
        pghistory.InsertEvent("added"),
        pghistory.UpdateEvent("changed"),
        pghistory.DeleteEvent("deleted"),
        **options,
    )
