"""Checks of a page's HTML as it was sent. Each gives what is wrong, a line each."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

import html5lib
from html5lib.constants import E as MESSAGES

# A day, a month, a year or a moment; of a second no more than three places, which Django's format "c" does not keep to.
MOMENT = re.compile(r"\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)?)?)?)?")
REFERRING = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-details", "headers")


class Markup:
    """A page's elements, and what a strict parser of HTML has against it."""

    def __init__(self, html: str) -> None:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.root = parser.parse(html)
        self.errors = [
            f"line {line}: {MESSAGES[code] % details if code in MESSAGES else code}"
            for (line, _), code, details in parser.errors
        ]

    @cached_property
    def elements(self) -> list:
        return [element for element in self.root.iter() if isinstance(element.tag, str)]

    def of(self, *tags: str) -> list:
        return [element for element in self.elements if element.tag in tags]

    @property
    def title(self) -> str:
        return text_of(self.of("title")[0])

    @property
    def description(self) -> str:
        return self.meta("description")

    @property
    def indexed(self) -> bool:
        """Whether search engines may list it."""
        return "noindex" not in self.meta("robots")

    def meta(self, name: str) -> str:
        return next((one.get("content", "") for one in self.of("meta") if one.get("name") == name), "")

    def problems(self) -> Iterator[str]:
        """All that is wrong with the page as it was sent."""
        yield from self.errors
        yield from self._headings()
        yield from self._ids()
        yield from self._landmarks()
        if not self.root.get("lang"):
            yield "the page has no language"
        if len(self.of("title")) != 1 or not self.title or self.title.startswith("–"):
            yield "the page has no title of its own"
        if not self.description.strip():
            yield "the page has no description"
        moments = [element.get("datetime") for element in self.of("time", "ins", "del") if element.get("datetime")]
        yield from (f"{moment!r} is no time as HTML has it" for moment in moments if not MOMENT.fullmatch(moment))
        for element in self.elements:
            if "style" in element.attrib or any(name.startswith("on") for name in element.attrib):
                yield f"<{element.tag}> has a style or a script in an attribute"

    def _headings(self) -> Iterator[str]:
        levels = [int(element.tag[1]) for element in self.elements if re.fullmatch("h[1-6]", element.tag)]
        if levels.count(1) != 1:
            yield f"{levels.count(1)} headings of the first level"
        if levels and levels[0] != 1:
            yield "the first heading is not of the first level"
        for before, after in zip(levels, levels[1:], strict=False):
            if after > before + 1:
                yield f"a heading of level {after} follows one of level {before}"
        yield from (f"<{element.tag}> says nothing" for element in self.of("h1", "h2", "h3") if not text_of(element))

    def _ids(self) -> Iterator[str]:
        ids = Counter(element.get("id") for element in self.elements if element.get("id") is not None)
        yield from (f"the id {name!r} stands {times} times" for name, times in ids.items() if times > 1)
        yield from (f"the id {name!r} is none" for name in ids if not name or re.search(r"\s", name))
        for element in self.elements:
            named = [one for name in REFERRING for one in element.get(name, "").split()]
            if element.tag == "label" and element.get("for"):
                named.append(element.get("for"))
            if element.tag == "a" and element.get("href", "").startswith("#") and len(element.get("href")) > 1:
                target = element.get("href")[1:]
                if not target.startswith(":~:"):
                    named.append(target)
            yield from (f"<{element.tag}> refers to #{one}, which there is not" for one in named if one not in ids)

    def _landmarks(self) -> Iterator[str]:
        for tag in ("main", "header", "footer", "nav"):
            if not self.of(tag):
                yield f"there is no <{tag}>"
        if len(self.of("main")) != 1:
            yield "there is not one <main>"
        names = Counter(
            (one.tag, one.get("aria-label") or one.get("aria-labelledby")) for one in self.of("nav", "search")
        )
        yield from (f"{times} <{tag}> have one name" for (tag, _), times in names.items() if times > 1 and tag == "nav")
        reached = [one for one in self.elements if one.tag in ("a", "button", "input", "select", "textarea")]
        first = reached[0] if reached else None
        if first is None or first.get("href") != "#content" or self.of("main")[0].get("id") != "content":
            yield "the first thing that the keyboard reaches is not a link to the content"


def text_of(element) -> str:
    return " ".join("".join(element.itertext()).split())
