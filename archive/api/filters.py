"""The forms of the parameters that narrow a list or a search."""

from typing import Annotated

from pydantic import StringConstraints

# An empty value is as none: a form sends it where nothing was chosen.
Slug = Annotated[str, StringConstraints(pattern=r"^[-a-zA-Z0-9_]{0,100}$")]
Period = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$")]

MEANS = "A year, a month or a day, such as 2018, 2018-05 or 2018-05-30: what may have been published then."
