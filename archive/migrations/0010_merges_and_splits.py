"""Keeps a ledger of merges and splits of people, by which they are undone; pairs outlive merges.

A Wikidata item is of one person, and of one organisation: where two have the same, this stops and names them, and one is
to be corrected first.
"""

from collections import defaultdict

import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.core.management import CommandError
from django.db import migrations, models

SHARED = """{count} {kind} have the Wikidata id {wikidata_id}, which can be of one only: {records}.
Take it out of those whose it is not, and migrate again. For {last} this does it:
  manage.py shell -c "from archive.models import {model}; {model}.objects.filter(pk={key}).update(wikidata_id='')"
"""


def refuse_shared_wikidata_ids(apps, schema_editor):
    """Says which records share an id, and what to do, before the database would refuse the constraint. Raises CommandError."""
    told = []
    for model, kind in (("Person", "people"), ("Organisation", "organisations")):
        bearers = defaultdict(list)
        for record in apps.get_model("archive", model).objects.exclude(wikidata_id="").order_by("pk"):
            bearers[record.wikidata_id].append(record)
        for wikidata_id, records in bearers.items():
            if len(records) > 1:
                named = [f"{record.name} (number {record.pk}, {record.slug})" for record in records]
                told.append(
                    SHARED.format(
                        count=len(records),
                        kind=kind,
                        wikidata_id=wikidata_id,
                        records=", ".join(named),
                        last=records[-1].name,
                        model=model,
                        key=records[-1].pk,
                    )
                )
    if told:
        raise CommandError("\n".join(told))


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0009_verification'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(refuse_shared_wikidata_ids, migrations.RunPython.noop, elidable=True),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('merge', 'merged'), ('split', 'split off')], max_length=5)),
                ('giver', models.BigIntegerField(help_text='key of the person who was merged, or from whom some was split off')),
                ('giver_name', models.CharField(max_length=300, verbose_name='from')),
                ('taker', models.BigIntegerField(help_text='key of the person who stayed, or who got what was split off')),
                ('taker_name', models.CharField(max_length=300, verbose_name='to')),
                ('giver_row', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, help_text="the merged person's own record", null=True)),
                ('filled', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, help_text='what the one who stayed lacked and took over', size=None)),
                ('made_taker', models.BooleanField(default=False, help_text='the split made the person who got what was split off')),
                ('first_reports', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, help_text="the merged person's first reports, which tell them from namesakes", size=None)),
                ('reason', models.TextField()),
                ('made', models.DateTimeField(default=django.utils.timezone.now)),
                ('undone', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'merge or split',
                'verbose_name_plural': 'merges and splits',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='TransferEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('merge', 'merged'), ('split', 'split off')], max_length=5)),
                ('giver', models.BigIntegerField(help_text='key of the person who was merged, or from whom some was split off')),
                ('giver_name', models.CharField(max_length=300, verbose_name='from')),
                ('taker', models.BigIntegerField(help_text='key of the person who stayed, or who got what was split off')),
                ('taker_name', models.CharField(max_length=300, verbose_name='to')),
                ('giver_row', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, help_text="the merged person's own record", null=True)),
                ('filled', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, help_text='what the one who stayed lacked and took over', size=None)),
                ('made_taker', models.BooleanField(default=False, help_text='the split made the person who got what was split off')),
                ('reason', models.TextField()),
                ('made', models.DateTimeField(default=django.utils.timezone.now)),
                ('undone', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TransferredRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('quote', 'quote'), ('candidate', 'possible speaker'), ('name', 'name'), ('role', 'role'), ('mention', 'mention'), ('address', 'former address'), ('first', 'first of a pair'), ('second', 'second of a pair')], max_length=9)),
                ('what', models.CharField(choices=[('moved', 'Moved'), ('removed', 'removed: the other one had the same'), ('made', 'Made')], max_length=7)),
                ('key', models.BigIntegerField(help_text="the row's id")),
                ('row', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, help_text='of what was removed the whole row; else what it is known by')),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='possibleduplicate',
            name='changed_update',
        ),
        migrations.RemoveConstraint(
            model_name='possibleduplicate',
            name='possible_duplicate_once',
        ),
        migrations.RemoveConstraint(
            model_name='possibleduplicate',
            name='possible_duplicate_in_order',
        ),
        migrations.AddField(
            model_name='possibleduplicate',
            name='shown',
            field=models.BooleanField(db_default=True, default=True, editable=False, help_text='no where a merge made it a pair that there is already, or of one person'),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='note',
            field=models.TextField(blank=True, help_text='who this is, and with whom not to be confused; readers see it below the name'),
        ),
        migrations.AlterField(
            model_name='organisationevent',
            name='note',
            field=models.TextField(blank=True, help_text='who this is, and with whom not to be confused; readers see it below the name'),
        ),
        migrations.AlterField(
            model_name='person',
            name='note',
            field=models.TextField(blank=True, help_text='who this is, and with whom not to be confused; readers see it below the name'),
        ),
        migrations.AlterField(
            model_name='personevent',
            name='note',
            field=models.TextField(blank=True, help_text='who this is, and with whom not to be confused; readers see it below the name'),
        ),
        migrations.AlterField(
            model_name='possibleduplicate',
            name='state',
            field=models.CharField(choices=[('open', 'Open'), ('different', 'different people')], default='open', max_length=10),
        ),
        migrations.AlterField(
            model_name='possibleduplicateevent',
            name='state',
            field=models.CharField(choices=[('open', 'Open'), ('different', 'different people')], default='open', max_length=10),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='possibleduplicate',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created" IS DISTINCT FROM (NEW."created") OR OLD."first_id" IS DISTINCT FROM (NEW."first_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."second_id" IS DISTINCT FROM (NEW."second_id") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func='INSERT INTO "archive_possibleduplicateevent" ("created", "first_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "second_id", "state") VALUES (NEW."created", NEW."first_id", NEW."id", _pgh_attach_context(), NOW(), \'changed\', NEW."id", NEW."reason", NEW."second_id", NEW."state"); RETURN NULL;', hash='cdd00432a3c635278b3ec1444a872da029fd20b9', operation='UPDATE', pgid='pgtrigger_changed_update_9ee3b', table='archive_possibleduplicate', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.UniqueConstraint(condition=models.Q(('wikidata_id', ''), _negated=True), fields=('wikidata_id',), name='organisation_wikidata_id_once', violation_error_message='Another record has this Wikidata id already.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(condition=models.Q(('wikidata_id', ''), _negated=True), fields=('wikidata_id',), name='person_wikidata_id_once', violation_error_message='Another record has this Wikidata id already.'),
        ),
        migrations.AddConstraint(
            model_name='possibleduplicate',
            constraint=models.UniqueConstraint(django.db.models.functions.comparison.Least('first', 'second'), django.db.models.functions.comparison.Greatest('first', 'second'), condition=models.Q(('shown', True)), name='possible_duplicate_once'),
        ),
        migrations.AddConstraint(
            model_name='possibleduplicate',
            constraint=models.CheckConstraint(condition=models.Q(('shown', False), models.Q(('first', models.F('second')), _negated=True), _connector='OR'), name='possible_duplicate_of_two'),
        ),
        migrations.AlterConstraint(
            model_name='organisation',
            name='organisation_wikidata_id',
            constraint=models.CheckConstraint(condition=models.Q(('wikidata_id__regex', '^(Q[1-9][0-9]*)?$')), name='organisation_wikidata_id', violation_error_message='A Wikidata id is Q and a number, such as Q42.'),
        ),
        migrations.AlterConstraint(
            model_name='person',
            name='person_wikidata_id',
            constraint=models.CheckConstraint(condition=models.Q(('wikidata_id__regex', '^(Q[1-9][0-9]*)?$')), name='person_wikidata_id', violation_error_message='A Wikidata id is Q and a number, such as Q42.'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='holder',
            field=models.ForeignKey(help_text='who bears by now what a merge brought; nobody once it is undone, and of a split', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mergers', to='archive.person'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='transfer',
            name='undone_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='transferevent',
            name='holder',
            field=models.ForeignKey(db_constraint=False, help_text='who bears by now what a merge brought; nobody once it is undone, and of a split', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='archive.person'),
        ),
        migrations.AddField(
            model_name='transferevent',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='transferevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='transferevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='archive.transfer'),
        ),
        migrations.AddField(
            model_name='transferevent',
            name='undone_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='transferredrow',
            name='transfer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='archive.transfer'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('giver', models.F('taker')), _negated=True), name='transfer_between_two'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='transfer_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('giver_row__isnull', True), ('holder', None), ('kind', 'split')), models.Q(('giver_row__isnull', False), ('holder__isnull', False), ('kind', 'merge'), ('undone', None)), models.Q(('giver_row__isnull', False), ('holder', None), ('kind', 'merge'), ('undone__isnull', False)), _connector='OR'), name='transfer_holder_of_a_standing_merge'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'merge'), ('undone', None)), fields=('giver',), name='transfer_merged_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transfer',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_transferevent" ("filled", "giver", "giver_name", "giver_row", "holder_id", "id", "kind", "made", "made_by_id", "made_taker", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "taker", "taker_name", "undone", "undone_by_id") VALUES (NEW."filled", NEW."giver", NEW."giver_name", NEW."giver_row", NEW."holder_id", NEW."id", NEW."kind", NEW."made", NEW."made_by_id", NEW."made_taker", _pgh_attach_context(), NOW(), \'added\', NEW."id", NEW."reason", NEW."taker", NEW."taker_name", NEW."undone", NEW."undone_by_id"); RETURN NULL;', hash='b0d6f5af510b2464f0ec8261e406245206871223', operation='INSERT', pgid='pgtrigger_added_insert_db311', table='archive_transfer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transfer',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."filled" IS DISTINCT FROM (NEW."filled") OR OLD."giver" IS DISTINCT FROM (NEW."giver") OR OLD."giver_name" IS DISTINCT FROM (NEW."giver_name") OR OLD."giver_row" IS DISTINCT FROM (NEW."giver_row") OR OLD."holder_id" IS DISTINCT FROM (NEW."holder_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."made" IS DISTINCT FROM (NEW."made") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."made_taker" IS DISTINCT FROM (NEW."made_taker") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."taker" IS DISTINCT FROM (NEW."taker") OR OLD."taker_name" IS DISTINCT FROM (NEW."taker_name") OR OLD."undone" IS DISTINCT FROM (NEW."undone") OR OLD."undone_by_id" IS DISTINCT FROM (NEW."undone_by_id"))', func='INSERT INTO "archive_transferevent" ("filled", "giver", "giver_name", "giver_row", "holder_id", "id", "kind", "made", "made_by_id", "made_taker", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "taker", "taker_name", "undone", "undone_by_id") VALUES (NEW."filled", NEW."giver", NEW."giver_name", NEW."giver_row", NEW."holder_id", NEW."id", NEW."kind", NEW."made", NEW."made_by_id", NEW."made_taker", _pgh_attach_context(), NOW(), \'changed\', NEW."id", NEW."reason", NEW."taker", NEW."taker_name", NEW."undone", NEW."undone_by_id"); RETURN NULL;', hash='a566b8c0a67dbd995dd82494cfe9e5cfa00d1d6c', operation='UPDATE', pgid='pgtrigger_changed_update_fa031', table='archive_transfer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transfer',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_transferevent" ("filled", "giver", "giver_name", "giver_row", "holder_id", "id", "kind", "made", "made_by_id", "made_taker", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "taker", "taker_name", "undone", "undone_by_id") VALUES (OLD."filled", OLD."giver", OLD."giver_name", OLD."giver_row", OLD."holder_id", OLD."id", OLD."kind", OLD."made", OLD."made_by_id", OLD."made_taker", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."reason", OLD."taker", OLD."taker_name", OLD."undone", OLD."undone_by_id"); RETURN NULL;', hash='3c0f851f968d44af7f32ed9ff2aad77607cfb31f', operation='DELETE', pgid='pgtrigger_deleted_delete_1ac2a', table='archive_transfer', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='transferredrow',
            constraint=models.UniqueConstraint(fields=('transfer', 'kind', 'key'), name='transferred_row_once'),
        ),
    ]
