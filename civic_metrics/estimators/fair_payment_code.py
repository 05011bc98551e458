"""Which award of the Fair Payment Code three shares reach. Imports the standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# Every award asks for 95% (Fair Payment Code, smallbusinesscommissioner.gov.uk/fpc/faqs;
# launched December 2024). Held against the share as it is, before any rounding.
AWARD_SHARE = 0.95


class Award(StrEnum):
    """The awards, best first, and what is said where none can be named."""

    GOLD = "gold"
    SILVER = "silver"
    BRONZE = "bronze"
    NONE = "none"
    NOT_ASSESSABLE = "not assessable"


@dataclass(frozen=True)
class Band:
    """The award that the shares reach, with the reason in words."""

    award: Award
    words: str


def band(
    *, within_30: float | None, within_60: float | None, small_within_30: float | None
) -> Band:
    """The award reached by shares, 0 to 1, of invoices paid within 30 and 60 days.

    Gold: all invoices within 30 days. Silver: all within 60, and those of businesses with fewer
    than 50 employees within 30. Bronze: all within 60. `small_within_30` is None where nobody
    recorded which payees are small: between silver and bronze nothing can then be said. Raises
    ValueError for a share outside 0 to 1.
    """
    shares = (within_30, within_60, small_within_30)
    if any(share is not None and not 0 <= share <= 1 for share in shares):
        raise ValueError("a share lies between 0 and 1")
    if within_30 is None or within_60 is None:
        return Band(Award.NOT_ASSESSABLE, "no payments to assess")
    if within_30 >= AWARD_SHARE:
        return Band(Award.GOLD, "at least 95% of invoices were paid within 30 days")
    if within_60 < AWARD_SHARE:
        return Band(Award.NONE, "fewer than 95% of invoices were paid within 60 days")
    if small_within_30 is None:
        return Band(
            Award.NOT_ASSESSABLE,
            "at least 95% of invoices were paid within 60 days, but the records do not say which "
            "payees have fewer than 50 employees, so silver cannot be told from bronze",
        )
    if small_within_30 >= AWARD_SHARE:
        return Band(
            Award.SILVER,
            "at least 95% of invoices were paid within 60 days, and at least 95% of those of "
            "businesses with fewer than 50 employees within 30",
        )
    return Band(
        Award.BRONZE,
        "at least 95% of invoices were paid within 60 days, but fewer than 95% of those of "
        "businesses with fewer than 50 employees within 30",
    )
