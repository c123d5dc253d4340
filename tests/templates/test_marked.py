from archive.search import Piece
from archive.templatetags.marked import lacking, pieces


def test_the_words_found_are_marked_and_nothing_of_a_report_is_read_as_html():
    found = (Piece("A <b> & ", False), Piece("“<i>”", True), Piece('"', False))
    assert pieces(found) == 'A &lt;b&gt; &amp; <mark class="found">“&lt;i&gt;”</mark>&quot;'


def test_the_words_that_are_lacking_are_struck_out():
    assert lacking(()) == ""
    assert lacking(("mill", "<i>")) == (
        '<p class="lacking">Without: <s dir="auto">mill</s>, <s dir="auto">&lt;i&gt;</s></p>'
    )
