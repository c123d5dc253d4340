"""Says in words how a quote's speaker is known."""

from django import template

register = template.Library()

# The rules of extraction, each as a reader can check it in the text.
RULES = {
    "cue-after": "the speaker and a word of saying follow the quote",
    "inverted-cue": "a word of saying and then the speaker follow the quote",
    "cue-before": "the speaker and a word of saying stand right before the quote",
    "cue-before-far": "the speaker and a word of saying stand earlier in the same sentence",
    "according-to": "the sentence says “according to” the speaker",
    "cue-inside": "the speaker and a word of saying interrupt the quote",
    "lead-in-colon": "words that end in a colon lead in to the quote",
    "reopened": "the quote goes on in a new paragraph that opens with quote marks again",
    "same-sentence": "another quote in the same sentence has this speaker",
    "next-quotation": "the quote that follows has this speaker and belongs to it",
    "continuation": "the quote goes on from the one before it",
    "sentence-before": "the sentence before names who speaks",
    "last-speaker": "nobody else is named since this speaker's last quote",
    "subject": "the speaker is the subject of the sentence",
    "reported-before": "the sentence before tells in its own words what this speaker said",
    "passive-agent": "the sentence says by whom the words were used",
    "answer": "the quotes before it are a dialogue, and this is the next turn",
    "echo": "the same words stand in a quote further on, which has this speaker",
    "reported-after": "the speaker and a word of saying stand before the clause",
    "reported-sentence": "the speaker and a word of saying follow the clause",
    "reported-according-to": "the sentence says “according to” the speaker",
    "none": "nothing in the text tells who speaks",
}


@register.filter
def rule_words(rule: str) -> str:
    """The rule in words; one that has none here, by its name."""
    return RULES.get(rule) or rule.replace("-", " ")


@register.filter
def confidence_words(confidence: float | None) -> str:
    """A word and the number.

    >>> confidence_words(0.92)
    'high, 0.92'
    """
    if confidence is None:
        return "not measured"
    word = "high" if confidence >= 0.9 else "good" if confidence >= 0.75 else "moderate" if confidence >= 0.5 else "low"
    return f"{word}, {confidence:.2f}"
