"""The list of people from A to Z, and a person with their quotes."""

from itertools import groupby
from string import ascii_uppercase

from django import forms
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive.models import Article, FormerSlug, Person
from archive.views.context import set_context
from archive.views.paging import list_page

PEOPLE_PER_PAGE = 60
QUOTES_PER_PAGE = 30
REPORTS_PER_PAGE = 20
NO_LETTER = "0"  # stands for all who are sorted before A


class PeopleFilter(forms.Form):
    """What the list can be narrowed to."""

    name = forms.CharField(required=False, max_length=300)
    letter = forms.ChoiceField(required=False, choices=[(letter, letter) for letter in (*ascii_uppercase, NO_LETTER)])


@require_safe
def people(request):
    narrowed = PeopleFilter(request.GET)
    if not narrowed.is_valid():
        raise Http404("There is no such list of people.")
    name, letter = narrowed.cleaned_data["name"], narrowed.cleaned_data["letter"]
    found = Person.objects.named(name)
    if letter == NO_LETTER:
        found = found.under_no_letter()
    elif letter:
        found = found.under_letter(letter)
    taken = Person.objects.first_letters()
    context = {
        "page": list_page(request, found.with_counts().order_by("sort_key", "pk"), PEOPLE_PER_PAGE),
        "name": name,
        "letter": letter,
        "letters": [(each, each in taken) for each in ascii_uppercase],
        "others": bool(taken - set(ascii_uppercase)),
    }
    return render(request, "people.html", context)


@require_safe
def person(request, slug):
    """A person's page; an old address of it leads to the new one."""
    found = Person.objects.filter(slug=slug).first()
    if found is None:
        former = get_object_or_404(FormerSlug.objects.select_related("person"), slug=slug)
        query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
        return HttpResponsePermanentRedirect(former.person.get_absolute_url() + query)

    quotes = found.quotes.standing().with_words().with_evidence().with_source().newest_first()
    spoken = list_page(request, quotes.spoken(), QUOTES_PER_PAGE)
    reported = list_page(request, quotes.reported(), QUOTES_PER_PAGE, "reported")
    mentioned_in = Article.objects.mentioning(found).newest_first().with_outlet()
    context = {
        "person": found,
        "spoken": spoken,
        "spoken_groups": by_article(spoken.rows),
        "reported": reported,
        "reported_groups": by_article(reported.rows),
        "reports": list_page(request, mentioned_in, REPORTS_PER_PAGE, "reports"),
        "roles": sorted(found.roles.once_each(), key=lambda role: -role.article_count),
        "other_names": [name for name in found.names.all() if name.text != found.name],
    }
    return render(request, "person.html", context)


def by_article(quotes):
    """The quotes in groups by their article, each with its context."""
    set_context(quotes)
    return [(article, list(group)) for article, group in groupby(quotes, key=lambda quote: quote.article)]
