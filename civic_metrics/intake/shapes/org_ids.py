"""Numbers of charities and companies as files have them -> org-id.guide identifiers.

Imports nothing of ours.
"""

from __future__ import annotations

import re

# The register each shape of charity number belongs to: England and Wales, Scotland, Northern
# Ireland (org-id.guide). A number of Northern Ireland without its letters looks like one of
# England, and is read as such.
_CHARITIES = (
    ("GB-CHC", re.compile(r"(\d{6,7})(?:-\d{1,2})?")),
    ("GB-SC", re.compile(r"(SC\d{6})")),
    ("GB-NIC", re.compile(r"NIC(\d{6})")),
)
_COMPANY = re.compile(r"\d{8}|[A-Z]{2}\d{6}|[A-Z]{2}\d{5}[A-Z]")
COMPANY_DIGITS = 8
# A spreadsheet drops noughts before a number, but never so many.
FEWEST_DIGITS = 6


def mended(number: str | None) -> str | None:
    """The number without blanks or the “.0” a spreadsheet puts behind a number."""
    if number is None:
        return None
    plain = re.sub(r"\s+", "", number).upper()
    return re.sub(r"^(\d+)\.0+$", r"\1", plain) or None


def charity_id(number: str | None) -> str | None:
    """The identifier of the charity with that number; None where it has no charity's shape."""
    plain = mended(number)
    if not plain or re.fullmatch(r"0+", plain):
        return None
    for register, shape in _CHARITIES:
        if found := shape.fullmatch(plain):
            return f"{register}-{found[1]}"
    return None


def company_number(number: str | None) -> str | None:
    """The company number with the noughts it has lost; as it stands where it is none."""
    plain = mended(number)
    if plain and plain.isdigit() and FEWEST_DIGITS <= len(plain) < COMPANY_DIGITS:
        return plain.zfill(COMPANY_DIGITS)
    return plain


def company_id(number: str | None) -> str | None:
    """The identifier of the company with that number; None where it has no company's shape."""
    plain = company_number(number)
    if plain and _COMPANY.fullmatch(plain) and plain.strip("0"):
        return f"GB-COH-{plain}"
    return None


def tidied_id(text: str | None) -> str | None:
    """An org-id as published, with the “.0” of a number and lost noughts mended."""
    plain = mended(text)
    if plain and (found := re.fullmatch(r"GB-COH-(\d{6,7})", plain)):
        return f"GB-COH-{found[1].zfill(COMPANY_DIGITS)}"
    if plain and (found := re.fullmatch(r"((?:GB|XI)-[A-Z]+-[A-Z0-9]+)\.0+", plain)):
        return found[1]
    return re.sub(r"\s+", "", text) if text else None
