"""What makes a document one article and not another."""

from archive.reading import Reading


def identities_of(read: Reading, sha256: str) -> list[str]:
    """The strongest first: its import id, else its URL, else its hash."""
    stated = [f"id:{read.import_id}" if read.import_id else "", f"url:{read.url}" if read.url else ""]
    return [identity for identity in stated if identity] or [f"sha256:{sha256}"]
