"""Whose quotes were changed for a reason, so that the page of a person finds the corrections of their quotes."""

import pgtrigger
from django.db import models
from pghistory.models import Context


class CorrectedSpeaker(models.Model):
    """A person or an organisation whose quote was changed for a reason that was given, or from whom or to whom it went.

    The events of quotes know that too, but those of one person are as many as their quotes, nearly all from imports;
    these are as many as an editor has touched. Triggers on the quotes write them, whatever path a change takes.
    """

    class Kind(models.TextChoices):
        PERSON = "person"
        ORGANISATION = "organisation"

    context = models.ForeignKey(Context, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    number = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number", "context"], name="correctedspeaker_once"),
        ]

    def __str__(self):
        return f"{self.kind} {self.number} in {self.context_id}"


CHANGES = {
    "insert": (pgtrigger.Insert, pgtrigger.Referencing(new="new_rows"), "SELECT * FROM new_rows"),
    "update": (
        pgtrigger.Update,
        pgtrigger.Referencing(old="old_rows", new="new_rows"),
        "SELECT * FROM new_rows UNION ALL SELECT * FROM old_rows",
    ),
}


def corrected_speaker_triggers() -> list[pgtrigger.Trigger]:
    """Statement triggers that enter the speakers of all changed quotes, where a reason is given for the change."""
    return [
        pgtrigger.Trigger(
            name=f"corrected_speaker_{change}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=rows,
            func=(
                "IF COALESCE("  # noqa: S608 - nothing in it is anybody else's
                "NULLIF(current_setting('pghistory.context_metadata', true), ''), '{}')::jsonb ? 'reason' THEN"
                " INSERT INTO archive_correctedspeaker (context_id, kind, number)"
                " SELECT DISTINCT _pgh_attach_context(), speaker.kind, speaker.number"
                f" FROM ({source}) AS quote CROSS JOIN LATERAL"
                " (VALUES ('person', quote.speaker_id), ('organisation', quote.organisation_id))"
                " AS speaker (kind, number)"
                " WHERE speaker.number IS NOT NULL ON CONFLICT DO NOTHING; END IF; RETURN NULL;"
            ),
        )
        for change, (operation, rows, source) in CHANGES.items()
    ]
