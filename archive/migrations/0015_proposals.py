"""What contributors propose, and its history."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0014_corrections_and_error_reports'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('article', 'report'), ('quote', 'quote'), ('person', 'person'), ('organisation', 'organisation')], max_length=12)),
                ('key', models.BigIntegerField(help_text="the record's id")),
                ('subject', models.CharField(help_text='what the record was called then', max_length=300)),
                ('changes', models.JSONField(help_text="for each field of the editor's form: what it showed (from), what it shall show (to), and the value")),
                ('seen', models.BigIntegerField(help_text="the last event in the record's history when it was proposed")),
                ('reason', models.TextField()),
                ('made', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(choices=[('open', 'open'), ('accepted', 'accepted'), ('declined', 'declined')], default='open', max_length=8)),
                ('decided', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True, help_text='what the editor said to it')),
                ('article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='archive.article')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposals', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ProposalEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('article', 'report'), ('quote', 'quote'), ('person', 'person'), ('organisation', 'organisation')], max_length=12)),
                ('key', models.BigIntegerField(help_text="the record's id")),
                ('subject', models.CharField(help_text='what the record was called then', max_length=300)),
                ('changes', models.JSONField(help_text="for each field of the editor's form: what it showed (from), what it shall show (to), and the value")),
                ('seen', models.BigIntegerField(help_text="the last event in the record's history when it was proposed")),
                ('reason', models.TextField()),
                ('made', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(choices=[('open', 'open'), ('accepted', 'accepted'), ('declined', 'declined')], default='open', max_length=8)),
                ('decided', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True, help_text='what the editor said to it')),
                ('article', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='archive.article')),
                ('by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='archive.proposal')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['id'], name='proposal_open'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='proposal_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('changes', {}), _negated=True), name='proposal_changes_something'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('article__isnull', False), ('kind__in', ['article', 'quote'])), models.Q(('article', None), ('kind__in', ['person', 'organisation'])), _connector='OR'), name='proposal_goes_with_its_report'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('decided', None), ('decided_by', None), ('state', 'open')), models.Q(('decided__isnull', False), ('state', 'accepted')), models.Q(('decided__isnull', False), ('state', 'declined'), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='proposal_is_open_or_decided'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('by', 'kind', 'key'), name='proposal_open_once_of_each'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_proposalevent" ("answer", "article_id", "by_id", "changes", "decided", "decided_by_id", "id", "key", "kind", "made", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "seen", "state", "subject") VALUES (NEW."answer", NEW."article_id", NEW."by_id", NEW."changes", NEW."decided", NEW."decided_by_id", NEW."id", NEW."key", NEW."kind", NEW."made", _pgh_attach_context(), NOW(), \'added\', NEW."id", NEW."reason", NEW."seen", NEW."state", NEW."subject"); RETURN NULL;', hash='759e82148255db58c232fb3183592fe120ceca4c', operation='INSERT', pgid='pgtrigger_added_insert_1cb2c', table='archive_proposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "archive_proposalevent" ("answer", "article_id", "by_id", "changes", "decided", "decided_by_id", "id", "key", "kind", "made", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "seen", "state", "subject") VALUES (NEW."answer", NEW."article_id", NEW."by_id", NEW."changes", NEW."decided", NEW."decided_by_id", NEW."id", NEW."key", NEW."kind", NEW."made", _pgh_attach_context(), NOW(), \'changed\', NEW."id", NEW."reason", NEW."seen", NEW."state", NEW."subject"); RETURN NULL;', hash='6924dff70565221355c7b9fffd504cd0035db9cc', operation='UPDATE', pgid='pgtrigger_changed_update_1b0b2', table='archive_proposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='proposal',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_proposalevent" ("answer", "article_id", "by_id", "changes", "decided", "decided_by_id", "id", "key", "kind", "made", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "seen", "state", "subject") VALUES (OLD."answer", OLD."article_id", OLD."by_id", OLD."changes", OLD."decided", OLD."decided_by_id", OLD."id", OLD."key", OLD."kind", OLD."made", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."reason", OLD."seen", OLD."state", OLD."subject"); RETURN NULL;', hash='48cad605b5841511216d7305318343b2fd73afe0', operation='DELETE', pgid='pgtrigger_deleted_delete_ce821', table='archive_proposal', when='AFTER')),
        ),
    ]
