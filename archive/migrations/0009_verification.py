"""What the last verification of each text came to."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0008_hidden_and_removed_reports'),
    ]

    operations = [
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='verification', serialize=False, to='archive.version')),
                ('outcome', models.CharField(choices=[('verified', 'Verified'), ('failed', 'something is wrong'), ('nothing', 'no original to hold it against')], max_length=10)),
                ('checked', models.DateTimeField(help_text='when all that was checked was read from the database')),
                ('reader_version', models.PositiveIntegerField()),
                ('compared', models.PositiveIntegerField(help_text='how many originals could be read and compared')),
                ('readings', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, help_text='the keys of the readings that there were', size=None)),
                ('quotes', django.contrib.postgres.fields.ArrayField(base_field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=3), default=list, help_text='[key, start, end] of each quote checked', size=None)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('outcome', 'failed')), fields=['version'], name='verification_failed')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('compared__gt', 0), ('outcome', 'verified')), models.Q(('compared', 0), ('outcome', 'nothing')), ('outcome', 'failed'), _connector='OR'), name='verification_needs_an_original')],
            },
        ),
        migrations.CreateModel(
            name='VerificationRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started', models.DateTimeField()),
                ('finished', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('finished', None), ('finished__gte', models.F('started')), _connector='OR'), name='verification_run_ends_after_its_start')],
            },
        ),
        migrations.CreateModel(
            name='VerificationFailure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('missing', 'original missing'), ('damaged', 'original damaged'), ('unreadable', 'original no longer readable'), ('other_text', 'original gives another text'), ('no_original', 'no original recorded'), ('moved', 'quotation at another place'), ('not_found', 'quotation not found')], max_length=12)),
                ('start', models.PositiveIntegerField(blank=True, help_text='where the quote stood in the text then', null=True)),
                ('end', models.PositiveIntegerField(blank=True, null=True)),
                ('detail', models.TextField(help_text='what is wrong, in words')),
                ('original', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='archive.original')),
                ('quote', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='archive.quote')),
                ('verification', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='failures', to='archive.verification')),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(models.F('kind'), models.OrderBy(models.F('id'), descending=True), name='verification_failure_by_kind')],
                'constraints': [models.UniqueConstraint(fields=('verification', 'original', 'quote'), name='verification_failure_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('end__gt', models.F('start')), ('end__isnull', False), ('kind__in', ['moved', 'not_found']), ('quote__isnull', False), ('start__isnull', False)), models.Q(('kind__in', ['missing', 'damaged', 'unreadable', 'other_text']), ('original__isnull', False), ('quote', None)), models.Q(('kind', 'no_original'), ('original', None), ('quote', None)), _connector='OR'), name='verification_failure_of_quote_or_original')],
            },
        ),
    ]
