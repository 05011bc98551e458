"""Published rules for small numbers, by name, and this project's own for organisations.

Imports nothing of ours.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Profile:
    """One set of rules. Counts are rounded to the nearest `counts_to`, halves up.

    The `people` thresholds apply where most who contribute are individuals: how many a
    percentage and an average must rest on. `contributors` is the fewest organisations (or
    partnerships, where the figure is about those) of any cell, individuals among them.
    """

    name: str
    title: str
    counts_to: int
    people_in_a_percentage: int
    people_in_an_average: int
    contributors: int
    source: str


# Whoever looks may know their own rows, so five others is six in all. The rule that none is over
# half is in safety.py. It is this project's own: no published profile is about organisations
# (NHS Digital, Hospital Episode Statistics, leaves counts of providers as they are).
FEWEST_CONTRIBUTORS = 6

HESA = Profile(
    name="hesa",
    title="HESA rounding and suppression",
    counts_to=5,
    people_in_a_percentage=23,  # those on fewer than 22.5 individuals are suppressed
    people_in_an_average=8,  # those on 7 or fewer are suppressed
    contributors=FEWEST_CONTRIBUTORS,
    source=(
        "HESA's rules for rounding and suppression (hesa.ac.uk, data intelligence): counts to "
        "the nearest 5, percentages based on fewer than 22.5 individuals and averages based on 7 "
        "or fewer suppressed"
    ),
)
OFQUAL = Profile(
    name="ofqual",
    title="Ofqual rounding",
    counts_to=5,
    people_in_a_percentage=5,  # 1 to 4 are shown as "fewer than 5"
    people_in_an_average=5,
    contributors=FEWEST_CONTRIBUTORS,
    source=(
        "Ofqual, statistical releases on gov.uk, 30 October 2025: counts to the nearest 5, those "
        "under 5 not shown, percentages worked out before rounding"
    ),
)
PROFILES = {profile.name: profile for profile in (HESA, OFQUAL)}
