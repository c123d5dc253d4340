"""Fills in the admin's forms the way a browser does: every field as the page shows it, but for the changes."""

from django.forms import BaseForm

REASON = "The report says so."


def filled(response, **changes) -> dict:
    """What a browser would send from the page, with some fields changed and a reason where the page asks for one; the
    names are those of the HTML."""
    context = response.context_data  # not `context`, to which other threads' pages add
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {name: value for form in forms for name, value in _fields(form)}
    if "reason" in data:
        data["reason"] = REASON
    unknown = changes.keys() - data.keys()
    assert not unknown, f"the page has no fields {unknown}"
    return {name: as_sent(value) for name, value in (data | changes).items()}


def as_sent(value):
    """A browser ends the lines of a text with CR LF."""
    return value.replace("\n", "\r\n") if isinstance(value, str) else value


def _fields(form: BaseForm):
    for name, field in form.fields.items():
        value = form[name].value()
        if not field.disabled and value is not None and value is not False:
            yield form.add_prefix(name), value
        elif not field.disabled:
            yield form.add_prefix(name), ""
