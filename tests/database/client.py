"""A process that uses the database as a web server does: reads requests (JSON lines), prints answers."""

import json
import os
import sys

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, close_old_connections, connection


def query(sql, values=()):
    """One web request: takes a connection, gives it back."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return {"rows": cursor.fetchall() if cursor.description else []}
    except (DatabaseError, ImproperlyConfigured) as error:
        return {"error": type(error).__name__, "message": str(error)}
    finally:
        close_old_connections()


def make_test_database():
    creation, name = connection.creation, connection.settings_dict["NAME"]
    creation.create_test_db(verbosity=0, serialize=False)
    rows = query("SELECT current_database()")["rows"]
    rows += query("SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1")["rows"]
    creation.destroy_test_db(name, verbosity=0)
    return {"rows": rows}


def main():
    settings.configure(DATABASES={"default": json.loads(sys.argv[1])})
    django.setup()
    for line in sys.stdin:
        request = json.loads(line)
        if "sql" in request:
            answer = query(request["sql"], request.get("values", ()))
        elif "test_database" in request:
            answer = make_test_database()
        elif "fork" in request:
            # The child answers from now on; the parent waits for it to end, or is killed.
            connection.close()
            if child := os.fork():
                os.waitpid(child, 0)
                return
            answer = {"pid": os.getpid()}
        print(json.dumps(answer, default=str), flush=True)


if __name__ == "__main__":
    main()
