"""Keeps apart people of one name whom something speaks against, and proposes pairs that may be one person.

What an archive holds already gets its likeness keys and the pairs of names that are spelt alike; people whom it has joined
by then stay joined.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import pgtrigger
from django.db import migrations, models

from archive.models.spelling import likeness_key

BATCH = 5000
PAIRS = """
    INSERT INTO archive_possibleduplicate (first_id, second_id, reason, state, created)
    SELECT DISTINCT ON (one.person_id, other.person_id)
        one.person_id, other.person_id, 'spelt alike: ' || one.text || ', ' || other.text, 'open', now()
    FROM archive_name AS one
    JOIN archive_name AS other ON other.likeness = one.likeness AND one.person_id < other.person_id
    WHERE one.likeness <> '' AND one.key <> other.key AND one.identifies AND other.identifies
    ORDER BY one.person_id, other.person_id, one.id, other.id
    ON CONFLICT DO NOTHING
"""


def fill_likeness(apps, schema_editor):
    """Gives the names that are there their keys. Nothing that readers find has changed: the index need not know."""
    names = apps.get_model("archive", "Name").objects.order_by("pk")
    batch = names[:BATCH]
    while found := list(batch.only("pk", "text")):
        for name in found:
            name.likeness = likeness_key(name.text)
        with pgtrigger.ignore("archive.Name:outbox_update"):
            names.bulk_update(found, ["likeness"])
        batch = names.filter(pk__gt=found[-1].pk)[:BATCH]


def propose_pairs(apps, schema_editor):
    schema_editor.execute(PAIRS)


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0002_person_name_is_one_of_their_names'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='PossibleDuplicate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(help_text='why they may be one, or may not')),
                ('state', models.CharField(choices=[('open', 'Open'), ('same', 'the same person'), ('different', 'different people')], default='open', max_length=10)),
                ('created', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PossibleDuplicateEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reason', models.TextField(help_text='why they may be one, or may not')),
                ('state', models.CharField(choices=[('open', 'Open'), ('same', 'the same person'), ('different', 'different people')], default='open', max_length=10)),
                ('created', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='name',
            name='changed_update',
        ),
        migrations.AddField(
            model_name='name',
            name='likeness',
            field=models.CharField(default='', editable=False, help_text='the same for spellings of a whole name that may be one; empty for a single word', max_length=300),
        ),
        migrations.RunPython(fill_likeness, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='mention',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='archive.person'),
        ),
        migrations.AddIndex(
            model_name='mention',
            index=models.Index(fields=['person', 'article'], name='mention_by_person'),
        ),
        migrations.AddIndex(
            model_name='name',
            index=models.Index(fields=['likeness'], name='name_likeness'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='name',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."identifies" IS DISTINCT FROM (NEW."identifies") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."text" IS DISTINCT FROM (NEW."text"))', func='INSERT INTO "archive_nameevent" ("id", "identifies", "key", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (NEW."id", NEW."identifies", NEW."key", NEW."person_id", _pgh_attach_context(), NOW(), \'changed\', NEW."id", NEW."text"); RETURN NULL;', hash='c56af4936b52403ac1eefc4aa0f2cc8a54795c9d', operation='UPDATE', pgid='pgtrigger_changed_update_3f99b', table='archive_name', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='name',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('likeness', ''), _negated=True), models.Q(('key__contains', ' '), _negated=True), _connector='OR'), name='name_likeness'),
        ),
        migrations.AddField(
            model_name='possibleduplicate',
            name='first',
            field=models.ForeignKey(help_text='the one who came first', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='archive.person'),
        ),
        migrations.AddField(
            model_name='possibleduplicate',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='archive.person'),
        ),
        migrations.AddField(
            model_name='possibleduplicateevent',
            name='first',
            field=models.ForeignKey(db_constraint=False, help_text='the one who came first', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='archive.person'),
        ),
        migrations.AddField(
            model_name='possibleduplicateevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='possibleduplicateevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='archive.possibleduplicate'),
        ),
        migrations.AddField(
            model_name='possibleduplicateevent',
            name='second',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='archive.person'),
        ),
        migrations.AddIndex(
            model_name='possibleduplicate',
            index=models.Index(fields=['state', '-id'], name='possible_duplicate_state'),
        ),
        migrations.AddConstraint(
            model_name='possibleduplicate',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='possible_duplicate_once'),
        ),
        migrations.AddConstraint(
            model_name='possibleduplicate',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='possible_duplicate_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='possibleduplicate',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_possibleduplicateevent" ("created", "first_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "second_id", "state") VALUES (NEW."created", NEW."first_id", NEW."id", _pgh_attach_context(), NOW(), \'added\', NEW."id", NEW."reason", NEW."second_id", NEW."state"); RETURN NULL;', hash='e5b2d17a8245155da150630a7d4e97c61f16a1d7', operation='INSERT', pgid='pgtrigger_added_insert_08195', table='archive_possibleduplicate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='possibleduplicate',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "archive_possibleduplicateevent" ("created", "first_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "second_id", "state") VALUES (NEW."created", NEW."first_id", NEW."id", _pgh_attach_context(), NOW(), \'changed\', NEW."id", NEW."reason", NEW."second_id", NEW."state"); RETURN NULL;', hash='58479390fcace5e4cabdab71ea19a83fb084ed5c', operation='UPDATE', pgid='pgtrigger_changed_update_9ee3b', table='archive_possibleduplicate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='possibleduplicate',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_possibleduplicateevent" ("created", "first_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "second_id", "state") VALUES (OLD."created", OLD."first_id", OLD."id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."reason", OLD."second_id", OLD."state"); RETURN NULL;', hash='62e88d6335f4e123cfd7e6ccb1cc629a1b777cdf', operation='DELETE', pgid='pgtrigger_deleted_delete_bd061', table='archive_possibleduplicate', when='AFTER')),
        ),
        migrations.RunPython(propose_pairs, migrations.RunPython.noop, elidable=True),
    ]
