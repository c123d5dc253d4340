"""Editors keep reports from readers, hidden or in the trash; of one that is purged a tombstone stays. Of the reports of
some outlets only extracts are shown.

The indexes of who is quoted hold the report too, so that a count leaves out those that are withheld.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0007_index_who_is_named'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tombstone',
            fields=[
                ('number', models.BigIntegerField(help_text="the report's, which its address begins with", primary_key=True, serialize=False)),
                ('reason', models.TextField(help_text='why it was put into the trash, as readers are told')),
                ('removed', models.DateTimeField(auto_now_add=True)),
                ('originals', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), help_text='what it was read from', size=None, verbose_name="originals' SHA-256")),
                ('quotes', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, help_text='the numbers of its quotes', size=None)),
                ('files', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, help_text='the SHA-256 of those whose files are yet to go', size=None)),
                ('lifted', models.DateTimeField(blank=True, help_text='when an editor let its originals come back', null=True)),
            ],
            options={
                'ordering': ['-removed', '-number'],
            },
        ),
        migrations.CreateModel(
            name='TombstoneEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('number', models.BigIntegerField(help_text="the report's, which its address begins with", serialize=False)),
                ('reason', models.TextField(help_text='why it was put into the trash, as readers are told')),
                ('removed', models.DateTimeField(auto_now_add=True)),
                ('originals', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), help_text='what it was read from', size=None, verbose_name="originals' SHA-256")),
                ('quotes', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, help_text='the numbers of its quotes', size=None)),
                ('files', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, help_text='the SHA-256 of those whose files are yet to go', size=None)),
                ('lifted', models.DateTimeField(blank=True, help_text='when an editor let its originals come back', null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='article',
            name='added_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='article',
            name='changed_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='article',
            name='deleted_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='outlet',
            name='added_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='outlet',
            name='changed_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='outlet',
            name='deleted_delete',
        ),
        migrations.RemoveConstraint(
            model_name='importline',
            name='import_line_failure_has_reason',
        ),
        migrations.RemoveIndex(
            model_name='quote',
            name='quote_spoken_by_person',
        ),
        migrations.RemoveIndex(
            model_name='quote',
            name='quote_spoken_by_body',
        ),
        migrations.AddField(
            model_name='article',
            name='hidden',
            field=models.DateTimeField(editable=False, help_text='since when an editor hides it from readers', null=True),
        ),
        migrations.AddField(
            model_name='article',
            name='hidden_reason',
            field=models.TextField(db_default='', default='', editable=False, help_text='why, as readers are told'),
        ),
        migrations.AddField(
            model_name='article',
            name='trashed',
            field=models.DateTimeField(editable=False, help_text='when an editor put it into the trash', null=True),
        ),
        migrations.AddField(
            model_name='article',
            name='trashed_reason',
            field=models.TextField(db_default='', default='', editable=False, help_text='why, as readers are told'),
        ),
        migrations.AddField(
            model_name='articleevent',
            name='hidden',
            field=models.DateTimeField(editable=False, help_text='since when an editor hides it from readers', null=True),
        ),
        migrations.AddField(
            model_name='articleevent',
            name='hidden_reason',
            field=models.TextField(db_default='', default='', editable=False, help_text='why, as readers are told'),
        ),
        migrations.AddField(
            model_name='articleevent',
            name='trashed',
            field=models.DateTimeField(editable=False, help_text='when an editor put it into the trash', null=True),
        ),
        migrations.AddField(
            model_name='articleevent',
            name='trashed_reason',
            field=models.TextField(db_default='', default='', editable=False, help_text='why, as readers are told'),
        ),
        migrations.AddField(
            model_name='outlet',
            name='extracts_only',
            field=models.BooleanField(db_default=False, default=False, help_text='of its reports readers see title, source and quotations, because the full text may not be shown', verbose_name='extracts only'),
        ),
        migrations.AddField(
            model_name='outletevent',
            name='extracts_only',
            field=models.BooleanField(db_default=False, default=False, help_text='of its reports readers see title, source and quotations, because the full text may not be shown', verbose_name='extracts only'),
        ),
        migrations.AlterField(
            model_name='importline',
            name='outcome',
            field=models.CharField(choices=[('imported', 'Imported'), ('unchanged', 'Unchanged'), ('failed', 'Failed'), ('refused', 'refused: its report was removed')], max_length=10),
        ),
        migrations.AlterField(
            model_name='importline',
            name='reason',
            field=models.TextField(blank=True, help_text='why it failed or was refused, or what an editor should know'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('hidden__isnull', False), ('trashed__isnull', False), _connector='OR'), fields=['id'], name='article_withheld'),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(condition=models.Q(models.Q(('state', 'rejected'), _negated=True), ('gone', ''), models.Q(('kind', 'reported'), _negated=True), ('speaker__isnull', False)), fields=['speaker', 'article'], name='quote_spoken_by_person'),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(condition=models.Q(models.Q(('state', 'rejected'), _negated=True), ('gone', ''), models.Q(('kind', 'reported'), _negated=True), ('organisation__isnull', False)), fields=['organisation', 'article'], name='quote_spoken_by_body'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_articleevent" ("author", "created", "edited", "hidden", "hidden_reason", "id", "identity", "import_id", "language", "outlet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_earliest", "published_latest", "slug", "title", "title_is_ours", "trashed", "trashed_reason", "url") VALUES (NEW."author", NEW."created", NEW."edited", NEW."hidden", NEW."hidden_reason", NEW."id", NEW."identity", NEW."import_id", NEW."language", NEW."outlet_id", _pgh_attach_context(), NOW(), \'added\', NEW."id", NEW."published_earliest", NEW."published_latest", NEW."slug", NEW."title", NEW."title_is_ours", NEW."trashed", NEW."trashed_reason", NEW."url"); RETURN NULL;', hash='d0969897db06c6f11cd349b5248002007d581a34', operation='INSERT', pgid='pgtrigger_added_insert_e54fc', table='archive_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "archive_articleevent" ("author", "created", "edited", "hidden", "hidden_reason", "id", "identity", "import_id", "language", "outlet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_earliest", "published_latest", "slug", "title", "title_is_ours", "trashed", "trashed_reason", "url") VALUES (NEW."author", NEW."created", NEW."edited", NEW."hidden", NEW."hidden_reason", NEW."id", NEW."identity", NEW."import_id", NEW."language", NEW."outlet_id", _pgh_attach_context(), NOW(), \'changed\', NEW."id", NEW."published_earliest", NEW."published_latest", NEW."slug", NEW."title", NEW."title_is_ours", NEW."trashed", NEW."trashed_reason", NEW."url"); RETURN NULL;', hash='b55e69b397b6858d055011df8f8f90164fc1bc8f', operation='UPDATE', pgid='pgtrigger_changed_update_2d14e', table='archive_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_articleevent" ("author", "created", "edited", "hidden", "hidden_reason", "id", "identity", "import_id", "language", "outlet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_earliest", "published_latest", "slug", "title", "title_is_ours", "trashed", "trashed_reason", "url") VALUES (OLD."author", OLD."created", OLD."edited", OLD."hidden", OLD."hidden_reason", OLD."id", OLD."identity", OLD."import_id", OLD."language", OLD."outlet_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."published_earliest", OLD."published_latest", OLD."slug", OLD."title", OLD."title_is_ours", OLD."trashed", OLD."trashed_reason", OLD."url"); RETURN NULL;', hash='c5683b14508426ffef979136b81f195a758ca89b', operation='DELETE', pgid='pgtrigger_deleted_delete_08805', table='archive_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outlet',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_outletevent" ("extracts_only", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "url") VALUES (NEW."extracts_only", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'added\', NEW."id", NEW."slug", NEW."url"); RETURN NULL;', hash='15ce032eb4097d77eef35fc4bfc8064a35e15246', operation='INSERT', pgid='pgtrigger_added_insert_c94d8', table='archive_outlet', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outlet',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "archive_outletevent" ("extracts_only", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "url") VALUES (NEW."extracts_only", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'changed\', NEW."id", NEW."slug", NEW."url"); RETURN NULL;', hash='7458910b071a14c97b89d8c3d2c4f8bf7fa7396c', operation='UPDATE', pgid='pgtrigger_changed_update_2f3a4', table='archive_outlet', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outlet',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_outletevent" ("extracts_only", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "url") VALUES (OLD."extracts_only", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."slug", OLD."url"); RETURN NULL;', hash='a89f7acd47d03ca30c90b9d3266e43bccd98569a', operation='DELETE', pgid='pgtrigger_deleted_delete_3c321', table='archive_outlet', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hidden', None), ('hidden_reason', '')), models.Q(('hidden__isnull', False), models.Q(('hidden_reason', ''), _negated=True)), _connector='OR'), name='article_hidden_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('trashed', None), ('trashed_reason', '')), models.Q(('trashed__isnull', False), models.Q(('trashed_reason', ''), _negated=True)), _connector='OR'), name='article_trashed_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='importline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['failed', 'refused']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='import_line_failure_has_reason'),
        ),
        migrations.AddIndex(
            model_name='tombstone',
            index=django.contrib.postgres.indexes.GinIndex(fields=['originals'], name='tombstone_originals'),
        ),
        migrations.AddIndex(
            model_name='tombstone',
            index=django.contrib.postgres.indexes.GinIndex(fields=['quotes'], name='tombstone_quotes'),
        ),
        migrations.AddConstraint(
            model_name='tombstone',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='tombstone_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tombstone',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_tombstoneevent" ("files", "lifted", "number", "originals", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotes", "reason", "removed") VALUES (NEW."files", NEW."lifted", NEW."number", NEW."originals", _pgh_attach_context(), NOW(), \'added\', NEW."number", NEW."quotes", NEW."reason", NEW."removed"); RETURN NULL;', hash='6d7320bb2593c4af972c3559ee96d2dacbb42f79', operation='INSERT', pgid='pgtrigger_added_insert_fa1af', table='archive_tombstone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tombstone',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "archive_tombstoneevent" ("files", "lifted", "number", "originals", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotes", "reason", "removed") VALUES (NEW."files", NEW."lifted", NEW."number", NEW."originals", _pgh_attach_context(), NOW(), \'changed\', NEW."number", NEW."quotes", NEW."reason", NEW."removed"); RETURN NULL;', hash='0ec93531f65c2047dd8fa1c60282b7ea30ec53b1', operation='UPDATE', pgid='pgtrigger_changed_update_4fbc2', table='archive_tombstone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tombstone',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_tombstoneevent" ("files", "lifted", "number", "originals", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotes", "reason", "removed") VALUES (OLD."files", OLD."lifted", OLD."number", OLD."originals", _pgh_attach_context(), NOW(), \'deleted\', OLD."number", OLD."quotes", OLD."reason", OLD."removed"); RETURN NULL;', hash='1d6060021b444c0f8e2a5b57276f9c959aaa1c50', operation='DELETE', pgid='pgtrigger_deleted_delete_26809', table='archive_tombstone', when='AFTER')),
        ),
        migrations.AddField(
            model_name='tombstoneevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='tombstoneevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='archive.tombstone'),
        ),
        # Without statistics of the new columns PostgreSQL takes nearly all reports for withheld, and reads whole tables.
        migrations.RunSQL('ANALYZE archive_article', migrations.RunSQL.noop),
    ]
