"""Makes the readable part of an address from a title or a name in any script."""

from anyascii import anyascii
from django.utils.text import slugify

LONGEST = 80


def slug_of(text: str, otherwise: str) -> str:
    """`text` as lower-case ASCII words joined by hyphens, at most 80 characters; `otherwise` where nothing is left."""
    slug = slugify(anyascii(text))
    if len(slug) > LONGEST:
        slug = slug[: LONGEST + 1].rsplit("-", 1)[0][:LONGEST]
    return slug.strip("-") or otherwise
