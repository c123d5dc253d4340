"""People and organisations are found by words of their names, and by names that are spelt alike.

The database's statistics of quotes name a thousand speakers instead of a hundred: suggestions take from them who is
quoted most.
"""

import archive.models.resemblance
import django.contrib.postgres.indexes
import pgtrigger
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

from archive.models.spelling import word_likeness

BATCH = 5000
FILL = """
    UPDATE archive_name SET word_likeness = filled.word_likeness
    FROM unnest(%s::bigint[], %s::text[]) AS filled (id, word_likeness) WHERE archive_name.id = filled.id
"""
STATISTICS = "ALTER TABLE archive_quote ALTER COLUMN {column} SET STATISTICS {most}"


def fill_word_likeness(apps, schema_editor):
    """Gives the names that are there their keys. Nothing that readers find has changed: the index need not know."""
    names = apps.get_model("archive", "Name").objects.order_by("pk").values_list("pk", "text")
    batch = names[:BATCH]
    while found := list(batch):
        keys, texts = zip(*found, strict=True)
        with pgtrigger.ignore("archive.Name:outbox_update"), schema_editor.connection.cursor() as cursor:
            cursor.execute(FILL, [list(keys), [word_likeness(text) for text in texts]])
        batch = names.filter(pk__gt=keys[-1])[:BATCH]


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0005_acronyms_without_dots'),
    ]

    operations = [
        TrigramExtension(),
        migrations.AddField(
            model_name='name',
            name='word_likeness',
            field=models.CharField(default='', editable=False, help_text="the key's words, each the same for spellings that may be one", max_length=300),
        ),
        migrations.RunPython(fill_word_likeness, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name='name',
            index=django.contrib.postgres.indexes.GinIndex(fields=['key'], name='name_trigrams', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='name',
            index=django.contrib.postgres.indexes.GinIndex(archive.models.resemblance.KeyWords('key'), name='name_words'),
        ),
        migrations.AddIndex(
            model_name='name',
            index=django.contrib.postgres.indexes.GinIndex(archive.models.resemblance.KeyWords('word_likeness'), name='name_word_likeness'),
        ),
        migrations.AddIndex(
            model_name='organisationname',
            index=django.contrib.postgres.indexes.GinIndex(fields=['key'], name='organisationname_trigrams', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='organisationname',
            index=django.contrib.postgres.indexes.GinIndex(archive.models.resemblance.KeyWords('key'), name='organisationname_words'),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(condition=models.Q(models.Q(('state', 'rejected'), _negated=True), ('gone', ''), models.Q(('kind', 'reported'), _negated=True), ('speaker__isnull', False)), fields=['speaker'], name='quote_spoken_by_person'),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(condition=models.Q(models.Q(('state', 'rejected'), _negated=True), ('gone', ''), models.Q(('kind', 'reported'), _negated=True), ('organisation__isnull', False)), fields=['organisation'], name='quote_spoken_by_body'),
        ),
        *(
            migrations.RunSQL(
                STATISTICS.format(column=column, most=1000), STATISTICS.format(column=column, most=-1)
            )
            for column in ("speaker_id", "organisation_id")
        ),
    ]
