"""The history names who changed a record also where no page or command did: the database's own user and application.
Former addresses are on record too.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# In the place of pghistory's own function, which every trigger of the history calls, and which gives NULL where there
# is no context. To what the archive says of a change it adds whom the database took the change from; of plain SQL that
# is all there is, and the transaction gets a context of its own. One that is there as it is, as for all but the first
# change of an import, is only read.
ATTACH_CONTEXT = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS pghistory_context.id%TYPE AS $$
DECLARE
    context UUID := NULLIF(current_setting('pghistory.context_id', true), '');
    told JSONB := COALESCE(NULLIF(current_setting('pghistory.context_metadata', true), ''), '{}');
BEGIN
    IF context IS NULL THEN
        context := gen_random_uuid();
        PERFORM set_config('pghistory.context_id', context::text, true);
    END IF;
    told := told || jsonb_build_object(
        'database',
        jsonb_strip_nulls(
            jsonb_build_object(
                'user', session_user,
                'role', NULLIF(current_user, session_user),
                'application', NULLIF(current_setting('application_name'), ''),
                'address', host(inet_client_addr())
            )
        )
    );
    IF NOT EXISTS (SELECT FROM pghistory_context WHERE id = context AND metadata = told) THEN
        INSERT INTO pghistory_context (id, metadata, created_at, updated_at) VALUES (context, told, NOW(), NOW())
        ON CONFLICT (id) DO UPDATE SET metadata = EXCLUDED.metadata, updated_at = EXCLUDED.updated_at;
    END IF;
    RETURN context;
END;
$$ LANGUAGE plpgsql;
"""


def give_back_its_own(apps, schema_editor):
    from pghistory.models import Context

    Context.install_pgh_attach_context_func(using=schema_editor.connection.alias)


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0011_lists_of_a_million'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.RunSQL(ATTACH_CONTEXT, migrations.RunSQL.noop),
        migrations.RunPython(migrations.RunPython.noop, give_back_its_own),
        migrations.CreateModel(
            name='FormerSlugEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.SlugField(db_index=False, max_length=100)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OrganisationFormerSlugEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.SlugField(db_index=False, max_length=100)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='formerslug',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_formerslugevent" ("id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'added\', NEW."id", NEW."slug"); RETURN NULL;', hash='987e031a48b81a30bf590678a46143b27910dab1', operation='INSERT', pgid='pgtrigger_added_insert_5ed02', table='archive_formerslug', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='formerslug',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "archive_formerslugevent" ("id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'changed\', NEW."id", NEW."slug"); RETURN NULL;', hash='003efade0c3f5f74bc7b84cf1cf49b8425fabbfe', operation='UPDATE', pgid='pgtrigger_changed_update_72abc', table='archive_formerslug', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='formerslug',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_formerslugevent" ("id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."slug"); RETURN NULL;', hash='e2c5a7fce1bcde74d449bf23941be8e44d7e45d6', operation='DELETE', pgid='pgtrigger_deleted_delete_122c3', table='archive_formerslug', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisationformerslug',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_organisationformerslugevent" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'added\', NEW."id", NEW."slug"); RETURN NULL;', hash='cbe379802a1b2b982e6563f80c8301f60726ed43', operation='INSERT', pgid='pgtrigger_added_insert_c450e', table='archive_organisationformerslug', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisationformerslug',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "archive_organisationformerslugevent" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'changed\', NEW."id", NEW."slug"); RETURN NULL;', hash='9c558faffc59659e32c224bfcfd2b2525e6f2aca', operation='UPDATE', pgid='pgtrigger_changed_update_09dad', table='archive_organisationformerslug', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisationformerslug',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "archive_organisationformerslugevent" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug") VALUES (OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'deleted\', OLD."id", OLD."slug"); RETURN NULL;', hash='627af4461335eba390114bca65c80c0b457f22e3', operation='DELETE', pgid='pgtrigger_deleted_delete_737c8', table='archive_organisationformerslug', when='AFTER')),
        ),
        migrations.AddField(
            model_name='formerslugevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='archive.person'),
        ),
        migrations.AddField(
            model_name='formerslugevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='formerslugevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='archive.formerslug'),
        ),
        migrations.AddField(
            model_name='organisationformerslugevent',
            name='organisation',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='archive.organisation'),
        ),
        migrations.AddField(
            model_name='organisationformerslugevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='organisationformerslugevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='archive.organisationformerslug'),
        ),
    ]
