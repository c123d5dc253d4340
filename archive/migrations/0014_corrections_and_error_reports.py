"""The errors that readers report, and what leads quickly to the corrections that the history holds."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0013_imports_in_the_admin'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='CorrectedSpeaker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('person', 'Person'), ('organisation', 'Organisation')], max_length=12)),
                ('number', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='ErrorReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('report', 'Report'), ('quote', 'Quote'), ('person', 'Person'), ('organisation', 'Organisation')], help_text='what is wrong', max_length=12)),
                ('number', models.BigIntegerField(help_text='the number of that record')),
                ('text', models.TextField(help_text='what is wrong, as the reader wrote it', max_length=2000)),
                ('received', models.DateTimeField(auto_now_add=True)),
                ('state', models.CharField(choices=[('open', 'Open'), ('accepted', 'Accepted'), ('declined', 'Declined')], default='open', max_length=8)),
                ('answer', models.TextField(blank=True, help_text='what readers are told', max_length=1000)),
                ('answered', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'error report',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ErrorReportEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('report', 'Report'), ('quote', 'Quote'), ('person', 'Person'), ('organisation', 'Organisation')], help_text='what is wrong', max_length=12)),
                ('number', models.BigIntegerField(help_text='the number of that record')),
                ('received', models.DateTimeField(auto_now_add=True)),
                ('state', models.CharField(choices=[('open', 'Open'), ('accepted', 'Accepted'), ('declined', 'Declined')], default='open', max_length=8)),
                ('answer', models.TextField(blank=True, help_text='what readers are told', max_length=1000)),
                ('answered', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['giver'], name='transfer_by_giver'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['taker'], name='transfer_by_taker'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='corrected_speaker_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF COALESCE(NULLIF(current_setting('pghistory.context_metadata', true), ''), '{}')::jsonb ? 'reason' THEN INSERT INTO archive_correctedspeaker (context_id, kind, number) SELECT DISTINCT _pgh_attach_context(), speaker.kind, speaker.number FROM (SELECT * FROM new_rows) AS quote CROSS JOIN LATERAL (VALUES ('person', quote.speaker_id), ('organisation', quote.organisation_id)) AS speaker (kind, number) WHERE speaker.number IS NOT NULL ON CONFLICT DO NOTHING; END IF; RETURN NULL;", hash='b6e5175702417ee554aa639e792ef27185c9aae4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_corrected_speaker_insert_d9caf', referencing='REFERENCING NEW TABLE AS new_rows ', table='archive_quote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='corrected_speaker_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF COALESCE(NULLIF(current_setting('pghistory.context_metadata', true), ''), '{}')::jsonb ? 'reason' THEN INSERT INTO archive_correctedspeaker (context_id, kind, number) SELECT DISTINCT _pgh_attach_context(), speaker.kind, speaker.number FROM (SELECT * FROM new_rows UNION ALL SELECT * FROM old_rows) AS quote CROSS JOIN LATERAL (VALUES ('person', quote.speaker_id), ('organisation', quote.organisation_id)) AS speaker (kind, number) WHERE speaker.number IS NOT NULL ON CONFLICT DO NOTHING; END IF; RETURN NULL;", hash='a1da02be464520c328cea93d8afaa5af85f363f6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_corrected_speaker_update_b620b', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='archive_quote', when='AFTER')),
        ),
        migrations.AddField(
            model_name='correctedspeaker',
            name='context',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='pghistory.context'),
        ),
        migrations.AddIndex(
            model_name='errorreport',
            index=models.Index(fields=['kind', 'number'], name='errorreport_of_record'),
        ),
        migrations.AddIndex(
            model_name='errorreport',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['id'], name='errorreport_open'),
        ),
        migrations.AddConstraint(
            model_name='errorreport',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='errorreport_has_text'),
        ),
        migrations.AddConstraint(
            model_name='errorreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered', None), ('state', 'open')), models.Q(('answered__isnull', False), ('state__in', ['accepted', 'declined']), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='errorreport_answered_or_open'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='errorreport',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_errorreportevent" ("answer", "answered", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received", "state") VALUES (NEW."answer", NEW."answered", NEW."id", NEW."kind", NEW."number", _pgh_attach_context(), NOW(), \'added\', NEW."id", NEW."received", NEW."state"); RETURN NULL;', hash='d9add67299ae56f087ea9fd354fb466265dd67f9', operation='INSERT', pgid='pgtrigger_added_insert_70ca7', table='archive_errorreport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='errorreport',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."answer" IS DISTINCT FROM (NEW."answer") OR OLD."answered" IS DISTINCT FROM (NEW."answered") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."received" IS DISTINCT FROM (NEW."received") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func='INSERT INTO "archive_errorreportevent" ("answer", "answered", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received", "state") VALUES (NEW."answer", NEW."answered", NEW."id", NEW."kind", NEW."number", _pgh_attach_context(), NOW(), \'changed\', NEW."id", NEW."received", NEW."state"); RETURN NULL;', hash='cdcfd678e5e00d2ab71920f9ec8734877540a280', operation='UPDATE', pgid='pgtrigger_changed_update_58de7', table='archive_errorreport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='errorreport',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_errorreportevent" ("answer", "answered", "id", "kind", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received", "state") VALUES (OLD."answer", OLD."answered", OLD."id", OLD."kind", OLD."number", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."received", OLD."state"); RETURN NULL;', hash='f604a9bbcb5998d0642328a65f134eb76f861a79', operation='DELETE', pgid='pgtrigger_deleted_delete_20113', table='archive_errorreport', when='AFTER')),
        ),
        migrations.AddField(
            model_name='errorreportevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='errorreportevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='archive.errorreport'),
        ),
        migrations.AddConstraint(
            model_name='correctedspeaker',
            constraint=models.UniqueConstraint(fields=('kind', 'number', 'context'), name='correctedspeaker_once'),
        ),
        # The changes for which a reason was given: few among those of imports. The table is pghistory's own.
        migrations.RunSQL(
            """
            CREATE INDEX archive_context_with_reason ON pghistory_context (created_at DESC, id DESC)
            WHERE metadata ? 'reason'
            """,
            "DROP INDEX archive_context_with_reason",
        ),
    ]
