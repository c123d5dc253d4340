"""What the database's own statistics, which it keeps up as tables change, know of the values in a column."""

from django.db import connection, models

COMMONEST = """
    SELECT most_common_vals::text::bigint[] FROM pg_stats
    WHERE schemaname = current_schema() AND tablename = %s AND attname = %s
"""


def commonest_values(model: type[models.Model], field: models.Field) -> list[int]:
    """The commonest values of a column of numbers, the commonest first; as of the last time that the database looked.

    None are known of a table that is new or has few rows, or where all values are as common.
    """
    with connection.cursor() as cursor:
        cursor.execute(COMMONEST, [model._meta.db_table, field.column])
        [values] = cursor.fetchone() or [None]
    return values or []
