"""Imports are asked for in the admin, with files that are uploaded and kept until they are imported."""

import archive.models.imports
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0012_who_changed_it_by_plain_sql'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text='its place among those of the run')),
                ('name', models.TextField(help_text='as the browser gave it')),
                ('size', models.BigIntegerField(help_text='in bytes')),
                ('file', models.FileField(blank=True, storage=archive.models.imports.uploads, upload_to='')),
            ],
            options={
                'ordering': ['run', 'number'],
            },
        ),
        migrations.AddField(
            model_name='importrun',
            name='again',
            field=models.ForeignKey(blank=True, help_text='the run whose failed it does', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='retries', to='archive.importrun'),
        ),
        migrations.AddField(
            model_name='importrun',
            name='attempts',
            field=models.PositiveIntegerField(db_default=0, default=0, help_text='how often in a row it came no further'),
        ),
        migrations.AddField(
            model_name='importrun',
            name='consumed',
            field=models.BigIntegerField(db_default=0, default=0, help_text='bytes read'),
        ),
        migrations.AddField(
            model_name='importrun',
            name='date',
            field=models.TextField(blank=True, db_default='', default='', help_text='when that was published'),
        ),
        migrations.AddField(
            model_name='importrun',
            name='made_by',
            field=models.ForeignKey(blank=True, help_text='in the admin', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importrun',
            name='queued',
            field=models.DateTimeField(editable=False, help_text='since when it waits for its turn', null=True),
        ),
        migrations.AddField(
            model_name='importrun',
            name='size',
            field=models.BigIntegerField(db_default=0, default=0, help_text='bytes to read'),
        ),
        migrations.AddField(
            model_name='importrun',
            name='source',
            field=models.TextField(blank=True, db_default='', default='', help_text='who published what does not say it'),
        ),
        migrations.AlterField(
            model_name='importrun',
            name='command',
            field=models.TextField(help_text='the command as given, or what was uploaded'),
        ),
        migrations.AddIndex(
            model_name='importrun',
            index=models.Index(condition=models.Q(('finished', None), ('queued__isnull', False)), fields=['id'], name='import_run_waiting'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.UniqueConstraint(fields=('again',), name='import_run_done_again_once'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(('again', None), models.Q(('again', models.F('id')), _negated=True), _connector='OR'), name='import_run_not_of_itself'),
        ),
        migrations.AddField(
            model_name='upload',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='archive.importrun'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.UniqueConstraint(fields=('run', 'number'), name='upload_number_once'),
        ),
    ]
