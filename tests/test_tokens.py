"""The colours of the design: every pair of text and background can be read in both themes, and the speakers' hues are
told apart by those too who see fewer colours."""

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest
import tinycss2

TOKENS = Path(__file__).parent.parent / "static" / "css" / "tokens.css"
LIGHT, DARK_BY_SYSTEM, DARK_BY_CHOICE = "light", "dark by the system", "dark by choice"
BLOCKS = {
    ":root": LIGHT,
    ':root:not([data-theme="light"])': DARK_BY_SYSTEM,
    ':root[data-theme="dark"]': DARK_BY_CHOICE,
}
HUES = range(1, 9)

# What stands on what, as the style sheets put them; `found` stands on the washes with an ink of its own.
TEXT = [
    *((text, back) for text in ("ink", "ink-soft", "link", "link-visited", "problem") for back in ("paper", "surface")),
    ("accent", "paper"),
    ("paper", "link"),  # buttons, and the way to the content
    ("paper", "ink"),  # buttons that are pointed at
    ("found-ink", "found"),
    ("found-ink", "found-here"),
    *((text, back) for text in ("ink", "link", "link-visited") for back in ("quote", "target", "speaker", "cue")),
    *((f"hue-{number}", "paper") for number in HUES),
]
LINES = [
    *(("line-strong", back) for back in ("paper", "surface")),
    *(("focus", back) for back in ("paper", "surface", "quote")),
    ("accent", "paper"),
    ("quote-line", "paper"),
    *((f"hue-{number}", f"hue-{number}-wash") for number in HUES),
]
WASHES = [("ink", f"hue-{number}-wash") for number in range(0, 9)]


def blocks(text: str) -> dict[str, dict[str, str]]:
    """The colours that each block of tokens sets, by the block's name."""
    found: dict[str, dict[str, str]] = {}

    def read(rules) -> None:
        for rule in rules:
            if rule.type == "at-rule" and rule.lower_at_keyword in ("layer", "media") and rule.content:
                read(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
            elif rule.type == "qualified-rule" and (selector := tinycss2.serialize(rule.prelude).strip()) in BLOCKS:
                declared = tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True)
                assert [one.message for one in declared if one.type == "error"] == []
                values = {
                    one.name[2:]: tinycss2.serialize(one.value).strip() for one in declared if one.name[:2] == "--"
                }
                found.setdefault(BLOCKS[selector], {}).update(values)

    read(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))
    return found


SET = blocks(TOKENS.read_text(encoding="utf-8"))
THEMES = {"light": SET[LIGHT], "dark": SET[LIGHT] | SET[DARK_BY_CHOICE]}


def colour(theme: str, name: str) -> tuple[float, float, float]:
    """Red, green and blue from 0 to 1 of a token, which may stand for another."""
    value = THEMES[theme][name]
    if other := re.fullmatch(r"var\(--([a-z0-9-]+)\)", value):
        return colour(theme, other[1])
    digits = re.fullmatch(r"#([0-9a-f]{3}|[0-9a-f]{6})", value)
    assert digits, f"--{name}: {value} is no colour that this test can read"
    pairs = [one * 2 for one in digits[1]] if len(digits[1]) == 3 else re.findall("..", digits[1])
    return tuple(int(pair, 16) / 255 for pair in pairs)


def linear(rgb) -> list[float]:
    return [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in rgb]


def contrast(one, other) -> float:
    """As WCAG 2 counts it: from 1 to 21."""
    light = sorted(0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in (linear(one), linear(other)))
    return (light[1] + 0.05) / (light[0] + 0.05)


def too_faint(theme: str, pairs, least: float) -> list[str]:
    found = []
    for front, back in pairs:
        measured = contrast(colour(theme, front), colour(theme, back))
        if measured < least:
            found.append(f"{front} on {back}: {measured:.2f}")
    return found


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read_on_each_surface(theme):
    assert too_faint(theme, TEXT, 4.5) == []


@pytest.mark.parametrize("theme", THEMES)
def test_lines_and_the_focus_stand_out(theme):
    assert too_faint(theme, LINES, 3) == []


@pytest.mark.parametrize("theme", THEMES)
def test_quoted_words_are_read_as_well_as_all_others(theme):
    assert too_faint(theme, WASHES, 7) == []


def test_the_dark_of_the_system_and_the_dark_of_the_reader_are_one():
    assert SET[DARK_BY_SYSTEM] == SET[DARK_BY_CHOICE]


def test_the_dark_sets_every_colour():
    colours = {name for name, value in SET[LIGHT].items() if value.startswith(("#", "var(--"))}
    assert colours - SET[DARK_BY_CHOICE].keys() == set()


# How colours look to those who lack one kind of cone, in linear RGB: Machado, Oliveira and Fernandes, "A
# Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, for a severity of 1.
VISION = {
    "all cones": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}

# CIE ΔE 1976, of which 2.3 can just be told apart on large patches side by side. A speaker's hue is a thin line and a
# name in small letters, some lines away from the next: it takes about five times that. Hues are given in their order,
# and most reports have few speakers, so neighbours have to differ most; any two also have the names beside them.
NEIGHBOURS = 12
ANY_TWO = 9


def lab(rgb, matrix) -> tuple[float, float, float]:
    """L*, a*, b* (D65) of what somebody sees of a colour."""
    seen = [min(1, max(0, sum(weight * part for weight, part in zip(row, linear(rgb), strict=True)))) for row in matrix]
    to_xyz = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
    xyz = [sum(weight * part for weight, part in zip(row, seen, strict=True)) for row in to_xyz]
    parts = [value / white for value, white in zip(xyz, (0.95047, 1.0, 1.08883), strict=True)]
    x, y, z = (part ** (1 / 3) if part > (6 / 29) ** 3 else part / (3 * (6 / 29) ** 2) + 4 / 29 for part in parts)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(theme: str, one: int, other: int, vision: str) -> float:
    first, second = (lab(colour(theme, f"hue-{number}"), VISION[vision]) for number in (one, other))
    return sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("theme", THEMES)
def test_the_hues_of_speakers_are_told_apart(theme, vision):
    neighbours = [*pairwise(HUES), (8, 1)]
    apart = {pair: difference(theme, *pair, vision) for pair in combinations(HUES, 2)}
    near = {pair: round(apart[min(pair), max(pair)], 1) for pair in neighbours}
    assert {pair: value for pair, value in near.items() if value < NEIGHBOURS} == {}
    assert {pair: round(value, 1) for pair, value in apart.items() if value < ANY_TWO} == {}
