"""Arguments that several commands take."""

import argparse
import os


def add_jobs(parser: argparse.ArgumentParser, does: str) -> None:
    """Adds --jobs: as many processes as the machine has cores, unless told otherwise."""
    parser.add_argument(
        "--jobs", type=positive, default=os.cpu_count() or 1, help=f"processes that {does} (default: all cores)"
    )


def positive(value: str) -> int:
    """A number of processes. Raises ArgumentTypeError, or ValueError for what is no number."""
    number = int(value)
    if number < 1:
        raise argparse.ArgumentTypeError("expected a number of processes, 1 or more")
    return number
