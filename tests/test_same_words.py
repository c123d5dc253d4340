from archive.same_words import runs_of, share_in_common


def test_what_two_texts_have_in_common():
    assert len(runs_of("a b c d e f")) == 2
    assert runs_of("A, b: c d e") == {"a b c d e"}
    assert share_in_common(runs_of("a b c d e f"), runs_of("x a b c d e f g h")) == 1
    assert share_in_common(set(), runs_of("a b c d e")) == 0
