"""Text from files and records made safe to show."""

from __future__ import annotations

# What Streamlit's Markdown gives a meaning: an image in a name would ask another machine for it.
_MEANT = "\\`*_[]<>#$:~|!"


def plain(text: object) -> str:
    """The text with nothing in it that Markdown would act on."""
    said = str(text)
    for mark in _MEANT:
        said = said.replace(mark, f"\\{mark}")
    return said
