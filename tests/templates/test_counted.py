from archive.templatetags.counted import bars, bars_as_list, values
from archive.views.facets import Value
from archive.views.timeline import Bar, Shape

HOSTILE = """<i>&"'"""
ESCAPED = "&lt;i&gt;&amp;&quot;&#x27;"


def bar(name="2018", count=1234, address="/search/?q=a&published=2018", selected=False):
    shapes = (Shape("bar", 40, 60),)
    return Bar(name, name, (count,), f"{count:,}", address, selected, x=10, shapes=shapes)


def test_a_bar_is_a_link_that_tells_its_count():
    assert bars([bar()]) == (
        '<a href="/search/?q=a&amp;published=2018" aria-label="2018: 1,234"><title>2018: 1,234</title>'
        '<rect class="bar-room" x="10" y="0" width="8" height="100" />'
        '<rect class="bar" x="10" y="40" width="8" height="60" /></a>'
    )
    assert bars_as_list([bar()]) == (
        '<li><a href="/search/?q=a&amp;published=2018">2018 <span class="count">1,234</span></a></li>'
    )


def test_the_bar_that_is_chosen_is_marked():
    assert '<rect class="bar selected" x="10"' in bars([bar(selected=True)])
    assert ' aria-current="true">2018 ' in bars_as_list([bar(selected=True)])


def test_a_bar_that_stands_for_nothing_is_not_drawn():
    assert bars([bar("2017", 0, ""), bar()]) == bars([bar()])
    assert bars_as_list([bar("2017", 0, ""), bar()]) == bars_as_list([bar()])


def test_a_value_leads_to_what_it_counts():
    assert values([Value("Wire", 1234, False, "/search/?q=a&outlet=wire")]) == (
        '<li><a href="/search/?q=a&amp;outlet=wire"><span class="facet-label" dir="auto">Wire</span> '
        '<span class="count">1,234</span></a></li>'
    )


def test_a_value_that_is_chosen_says_that_it_can_be_taken_away():
    assert values([Value("Wire", 2, True, "/search/")]) == (
        '<li><a href="/search/" aria-current="true"><span class="facet-label" dir="auto">Wire</span> '
        '<span class="count">2</span><span class="visually-hidden">, chosen: take away</span></a></li>'
    )


def test_nothing_of_a_record_or_an_address_is_read_as_html():
    written = bars([bar(HOSTILE, address=HOSTILE)]) + bars_as_list([bar(HOSTILE, address=HOSTILE)])
    written += values([Value(HOSTILE, 1, False, HOSTILE)])
    assert "<i>" not in written
    assert written.count(ESCAPED) == 7
