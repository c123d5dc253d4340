"""Page furniture: teasers, share lines, calls to subscribe and other words that are the page's, not the report's.

It is marked, never deleted. A rule that could fit a sentence of a report is too wide: what is left unmarked costs a
reader a glance, what is marked wrongly hides a person who was named.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.reading.layout import Span, units


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of furniture: its name, the pattern that finds it, and for the ends of paragraphs how far in."""

    name: str
    pattern: re.Pattern[str]
    reach: int = 0


def _rule(name: str, pattern: str) -> Rule:
    return Rule(name, re.compile(pattern, re.IGNORECASE | re.VERBOSE | re.DOTALL))


def _head_rule(name: str, reach: int, pattern: str) -> Rule:
    return Rule(name, re.compile(pattern, re.VERBOSE), reach)


def _tail_rule(name: str, reach: int, pattern: str) -> Rule:
    return Rule(name, re.compile(rf"(?:{pattern})\s*\Z", re.VERBOSE | re.DOTALL), reach)


_TEASER_HEADING = r"""(?:more\ (?:news|stories|coverage|headlines|on\ this(?:\ story)?)
    |(?:read|see|watch)\ (?:more|also|next|too)|also\ (?:read|see)
    |related(?:\ (?:news|stor(?:y|ies)|articles?|coverage|content|links?|topics?|posts?|reading))?
    |recommended(?:\ for\ you|\ stories|\ reading)?|you\ (?:may|might)\ also\ like|don['’]?t\ miss
    |must[ -]reads?|top\ stories|most\ (?:read|popular|viewed)|trending(?:\ now)?
    |latest\ (?:news|stories|headlines)|editor['’]?s['’]?\ (?:picks?|choice)|in\ other\ news|further\ reading)"""
_SHARE_ACTION = r"(?:share|tweet|retweet|print|e-?mail|pin\ it|copy\ link|whats?app|facebook|twitter|font\ size)"
_SHARE_WORD = rf"""(?:{_SHARE_ACTION}|like|save|send|comments?|views?|x|telegram|linked\ ?in|reddit|pinterest
    |messenger|instagram|youtube|viber|vk|google\+?|tumblr|flipboard|pocket|short\ url|[0-9]+
    |this|article|story|page|post|on|via|by|with|to|your|friends|and|or)"""
_FOOTER_LINK = r"""(?:terms\ of\ (?:use|service)|privacy\ (?:policy|notice)|cookie\ (?:policy|settings)|contact\ us
    |about\ us|advertise(?:\ with\ us)?|careers|site\ ?map|accessibility)"""

# A whole line or paragraph is furniture if one of these fits all of it.
LINE_RULES = (
    _rule("teaser's heading", rf"{_TEASER_HEADING}\s*[:»>…]*"),
    _rule(
        "teaser with a label",
        rf"""(?:{_TEASER_HEADING}|more\ from\ [^.:]{{2,40}}|also\ on\ [^.:]{{2,40}}|read|watch|listen)
        \s*[:»>|]\s*\S.{{0,220}}""",
    ),
    _rule("read more", r"read\ (?:more|the\ full\ (?:story|article|report|text))\b(?!.*\b(?:said|says)\b).{0,200}"),
    _rule(
        "share line",
        rf"(?=\W*{_SHARE_WORD}\b)(?=.*\b{_SHARE_ACTION}\b)(?:[\s,;:|/·•()]*+{_SHARE_WORD}\b)++[\s,;:|/·•().!]*+",
    ),
    _rule(
        "follow us",
        r"""(?:(?:like|find|join|visit|watch|follow)\ (?:us|@\w+)|follow\ [\w@.\ '’-]{2,50}?(?=\ on\ [A-Z@]))
        (?:\ (?:on|at|via)\b.{0,160}|\ @\w+.{0,100}|\W*)""",
    ),
    _rule(
        "call to subscribe",
        r"""(?:please\ )?(?:subscribe|sign\ ?up|register)(?:\ (?:now|today|here|free))*
        (?:[.!:]|\ (?:to|for|with)\b.{0,200})?""",
    ),
    _rule("newsletter", r"(?:our\ |the\ |daily\ |weekly\ |free\ |e-?mail\ ){0,3}newsletters?(?:\ sign[- ]?up)?\W*"),
    _rule("call to click", r"(?:please\ )?(?:click|tap)\ (?:here|on|the|below|to)\b.{0,200}"),
    _rule(
        "call for the latest news", r"(?:get|receive)\ (?:all\ )?(?:the|our)\ (?:latest|top|best|breaking)\b.{0,200}"
    ),
    _rule("call for an app", r"download\ (?:the|our)\ (?:[\w-]+\ ){0,3}apps?\b.{0,160}"),
    _rule("call for support", r"(?:support|donate\ to)\ (?:us|our\ (?:work|journalism|reporting))\b.{0,160}"),
    _rule(
        "advertisement",
        r"""\W*(?:advertisements?|advertising|sponsored(?:\ (?:content|links?|post))?|promoted(?:\ content)?|ads?
        |(?:story|article)\ continues\ (?:below|after)(?:\ (?:this\ |the\ )?advertisement)?
        |continue\ reading(?:\ below)?|skip\ ad(?:vertisement)?)\W*""",
    ),
    _rule(
        "copyright",
        r"""(?:copyright\b\W*(?=©|\(c\)|[0-9]{4}|all\ rights|by\ |:)|©|\(c\)\s*(?:copyright\b|[0-9]{4})).{0,300}
        |(?-i:(?:[A-Z0-9(][\w.,&'’()-]*|of|and|the|for|[|–—-])\s+){0,8}all\ rights\ reserved\b.{0,200}
        |this\ material\ may\ not\ be\ published,\ broadcast.{0,100}""",
    ),
    _rule(
        "agency's credit",
        r"""\(?(?:additional\ )?(?:reporting|writing)\ by\ [^;]{3,200};
        .{0,20}\ ?(?:editing|writing|reporting)\ by\ .{3,200}
        |\(?editing\ by\ [^.]{3,100}\)?\.?|our\ standards:.{0,60}""",
    ),
    _rule(
        "picture's credit",
        r"""(?:image|photo(?:graph)?|picture|file\ (?:photo|picture))(?:\ (?:credit|source))?(?::|\ by:?)\s+
        [^\s.](?:(?!\ (?:said|says|told|shows?|was|were)\b).){1,80}""",
    ),
    _rule("tags", r"(?:tags|keywords|filed\ under)\s*:.{1,300}"),
    _rule(
        "navigation",
        rf"""(?:(?:skip|jump)\ to\ (?:the\ )?(?:main\ )?(?:content|navigation)
        |(?:back|return)\ to\ (?:the\ )?(?:top|home(?:\ ?page)?)
        |(?:next|previous)\ (?:article|story|post|page)|(?:load|show|view)\ (?:more|all)(?:\ (?:stories|comments|news))?
        |(?:view|leave|post|write|add)\ (?:a\ |your\ )?(?:comments?|reply)
        |comments?\ (?:\([0-9]+\)|are\ closed)|no\ comments(?:\ yet)?
        |get\ short\ url(?:\ [0-9]+)*|listen\ to\ (?:this\ )?(?:article|story)
        |{_FOOTER_LINK}(?:[\s|·•,/]+{_FOOTER_LINK})*
        |home(?:\s*[>»|/›]\s*[\w&'’\ -]{{2,30}}){{1,6}})\W*""",
    ),
    _rule(
        "notice of cookies",
        r"(?:we|this\ (?:web)?site)\ uses?\ cookies\b.{0,250}|by\ (?:continuing|using)\b.{0,60}\bcookies?\b.{0,150}",
    ),
)

_AFTER_SENTENCE = r"(?<=[.!?\"”)\]])\s+"
_SHARE_BUTTON = r"(?:Twitter|Facebook|Tweet|Share|Print)"

# The same where a page collapsed into one paragraph: only at its very end, and only what is certain there. Here
# capitals count.
TAIL_RULES = (
    _tail_rule(
        "related reports and footer",
        4100,
        r"Related\ (?:News|Stories|Articles)\ .{0,4000}\ (?:Cookie|Privacy)\ Policy",
    ),
    _tail_rule("footer with copyright", 480, r"Copyright\ \W{0,6}[0-9]{4}\b.{0,450}"),
    _tail_rule("rights", 60, rf"{_AFTER_SENTENCE}(?:Copyright\ (?:©\ )?)?All\ [Rr]ights\ [Rr]eserved\.?"),
    _tail_rule("counters and related reports", 1600, r"(?<=\.\.\.)(?:\ [0-9]+)+\ (?:Topic|Related|Tags)\ .{0,1500}"),
    _tail_rule(
        "comment box",
        200,
        r"(?:Community\ standards)?\ ?(?:Discussion\ ?)?(?:Comment\ via\ [A-Z]\w+(?:\ News)?\ ?)+",
    ),
    _tail_rule("share buttons", 80, rf"{_AFTER_SENTENCE}{_SHARE_BUTTON}(?:\ {_SHARE_BUTTON})*"),
    _tail_rule("teaser's heading", 20, rf"{_AFTER_SENTENCE}(?:Read|See)\ (?:Also|More)"),
    _tail_rule("time of the update", 110, rf"{_AFTER_SENTENCE}Last\ [Uu]pdated?:\ .{{5,80}}"),
    _tail_rule("agency's standards", 90, r"(?<=[\w.!?)\]])\s+Our\ Standards:\ ?.{5,60}"),
    _tail_rule(
        "agency's credit",
        560,
        rf"""{_AFTER_SENTENCE}\(?(?:Additional\ )?(?:[Rr]eporting|[Ww]riting)\ by\ [^.;]{{3,200}};
        \ [^.]{{0,200}}?[Ee]diting\ by\ [^.]{{3,120}}\)?\.?""",
    ),
    _tail_rule(
        "picture's credit",
        80,
        r"""\((?:Image|Photo):\ [^()\n]{1,60}\)
        |(?:(?<=[a-z.\"”)])|(?<=[a-z.\"”)]\s)|(?<=[a-z.\"”)]\s\s))(?:Image|Photo):\ [^\s.][^\n:]{1,60}""",
    ),
)

# At the beginning of a collapsed paragraph.
HEAD_RULES = (
    _head_rule("short address and counters", 80, r"Get\ short\ URL(?:\ 0)*(?:\ [1-9][0-9]*)?"),
    _head_rule("share words and counters", 250, r"Print\ Tweet\b(?:\ Views\ [0-9]+)?"),
    _head_rule("size of letters", 250, r"Twitter\ font\ size\b"),
)

# What is listed under it with bullets is furniture too.
_HEADING = LINE_RULES[0]
_BULLET = re.compile(r"[-–—•*·»>]\s*\S")

_LONGEST_LINE = 450
_MOST_TAILS = 5
_SHORTEST_COLLAPSED = 20


def furniture(text: str) -> tuple[Span, ...]:
    """The spans of `text` that are page furniture: sorted, not overlapping, without white space around them."""
    spans: list[Span] = []
    under_heading = False
    for unit in units(text):
        line = text[unit.start : unit.end]
        rule = rule_for(line)
        if rule or (under_heading and _BULLET.match(line)):
            under_heading = rule is None or rule is _HEADING
            spans.append(unit)
        else:
            under_heading = False
            spans.extend(_within(text, unit))
    return tuple(spans)


def is_furniture(line: str) -> bool:
    """Whether a whole line or paragraph is page furniture."""
    return rule_for(line) is not None


def rule_for(line: str) -> Rule | None:
    """The rule by which a whole line or paragraph is page furniture."""
    if len(line) > _LONGEST_LINE:
        return None
    folded = " ".join(line.split())
    return next((rule for rule in LINE_RULES if rule.pattern.fullmatch(folded)), None)


def _within(text: str, unit: Span) -> Iterator[Span]:
    """Furniture at the beginning and the end of a paragraph that is not furniture as a whole."""
    if unit.end - unit.start < _SHORTEST_COLLAPSED:
        return
    head_end = unit.start
    for rule in HEAD_RULES:
        match = rule.pattern.search(text, unit.start, min(unit.end, unit.start + rule.reach))
        if match and match.start() >= head_end:
            yield _trimmed(text, *match.span())
            head_end = match.end()
    tails: list[Span] = []
    end = unit.end
    while len(tails) < _MOST_TAILS and (found := _tail(text, head_end, end)):
        tails.append(found)
        end = head_end + len(text[head_end : found.start].rstrip())
    yield from reversed(tails)


def _tail(text: str, start: int, end: int) -> Span | None:
    for rule in TAIL_RULES:
        match = rule.pattern.search(text, max(start + 1, end - rule.reach), end)
        if match:
            return _trimmed(text, *match.span())
    return None


def _trimmed(text: str, start: int, end: int) -> Span:
    found = text[start:end]
    return Span(end - len(found.lstrip()), start + len(found.rstrip()))
