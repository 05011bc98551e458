"""The demo's published statistics of its places, as somebody else would publish them."""

from random import Random

import world
from register import Row

COMPARATOR = "Marrowland average (fictional)"
SOURCE = "Marrowland Household Survey (fictional)"
NOT_COUNTED = "the number asked in each district is not published"
# measure, period, percent in Marrowland, how far deprivation moves it, whether counts are published
PERCENTAGES = (
    ("adults who volunteer at least once a month", "2023", 22.6, -14, True),
    ("adults who volunteer at least once a month", "2025", 24.1, -16, True),
    ("residents who feel they can influence local decisions", "2025", 31.4, -22, True),
    ("households without a fixed internet connection", "2025", 8.7, 13, False),
)
MIDDLE_EXTENT = 0.24
YEARS = ("healthy life expectancy", "2022 to 2024", 61.8, -14)


def place_statistic_rows(rng: Random) -> list[Row]:
    """One row a measure, district and period; of one measure nobody says how many were asked."""
    rows = [
        _percentage(rng, *said, code=code, extent=extent)
        for said in PERCENTAGES
        for code, _, _, _, extent, *_ in world.DISTRICTS
    ]
    measure, period, average, pull = YEARS
    for code, _, _, _, extent, *_ in world.DISTRICTS:
        value = average + pull * (extent - MIDDLE_EXTENT) + rng.gauss(0, 0.6)
        within = rng.uniform(1.1, 2.2)
        limits = (f"{value - within:.1f}", f"{value + within:.1f}")
        rows.append(
            _row(measure, code, period, f"{value:.1f}", limits, ("", ""), "years", average, "")
        )
    return rows


def _percentage(
    rng: Random,
    measure: str,
    period: str,
    average: float,
    pull: float,
    has_counts: bool,
    *,
    code: str,
    extent: float,
) -> Row:
    asked = rng.randint(310, 940)
    chance = (average + pull * (extent - MIDDLE_EXTENT)) / 100
    yes = sum(rng.random() < chance for _ in range(asked))
    counts = (str(yes), str(asked)) if has_counts else ("", "")
    note = "" if has_counts else NOT_COUNTED
    value = f"{100 * yes / asked:.1f}"
    return _row(measure, code, period, value, ("", ""), counts, "percent", average, note)


def _row(
    measure: str,
    code: str,
    period: str,
    value: str,
    limits: tuple[str, str],
    counts: tuple[str, str],
    unit: str,
    average: float,
    note: str,
) -> Row:
    return {
        "measure": measure,
        "place": code,
        "period": period,
        "value": value,
        "lower": limits[0],
        "upper": limits[1],
        "numerator": counts[0],
        "denominator": counts[1],
        "unit": unit,
        "comparator": COMPARATOR,
        "comparator_value": f"{average:.1f}",
        "note": note,
        "source": SOURCE,
    }
