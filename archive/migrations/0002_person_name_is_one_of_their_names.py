"""Holds every person to a preferred name that is among their names; checked at commit, for both are written together."""

from django.db import migrations

ADD = """
ALTER TABLE archive_person ADD CONSTRAINT person_name_is_one_of_their_names
    FOREIGN KEY (id, name) REFERENCES archive_name (person_id, text) DEFERRABLE INITIALLY DEFERRED
"""
DROP = "ALTER TABLE archive_person DROP CONSTRAINT person_name_is_one_of_their_names"


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial")]
    operations = [migrations.RunSQL(ADD, DROP)]
