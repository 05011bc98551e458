"""The indicators, one module each, in a folder a subject. Adding one costs its module and its test.

A module says what is counted and which estimator concludes; it knows no other indicator, no
viewer and no database. A folder says what its subject is called and the order people read it in.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from civic_metrics.model import Indicator

SUBJECTS = ("pay", "payment", "longevity", "voice", "reach", "place", "data")


def _subject(name: str) -> tuple[str, dict[str, Indicator]]:
    """The subject's title and its indicators by id, those in its reading order first."""
    folder = import_module(f"{__name__}.{name}")
    found = {
        module.name: import_module(f"{folder.__name__}.{module.name}").INDICATOR
        for module in iter_modules(folder.__path__)
    }
    first = {one: found.pop(one) for one in folder.READING_ORDER}
    return folder.TITLE, {**first, **dict(sorted(found.items()))}


BY_SUBJECT = {title: found for title, found in map(_subject, SUBJECTS) if found}
INDICATORS = {one: indicator for found in BY_SUBJECT.values() for one, indicator in found.items()}
