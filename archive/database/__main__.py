"""`python -m archive.database DIRECTORY status|stop`: look after a server without Django."""

import argparse
import sys

from archive.database.server import EmbeddedServer, ServerError


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m archive.database", description="The archive's own PostgreSQL.")
    parser.add_argument("directory", help="its directory, by default var/postgresql")
    parser.add_argument("action", choices=["status", "stop"], help="stop: unless somebody uses it")
    arguments = parser.parse_args()
    server = EmbeddedServer(arguments.directory)
    try:
        if arguments.action == "stop" and not server.stop():
            print("The server is in use and was not stopped.", file=sys.stderr)
            return 1
        host, port, user = server.address
        print(f"{server.status()}  (psql -h {host} -p {port} -U {user})")
    except (ServerError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
