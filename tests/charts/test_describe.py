"""Those who do not see a chart are told what it shows."""

from civic_metrics.charts import describe, describe_curve, describe_hex_map
from civic_metrics.model import Figure, Unit
from tests.charts.small import indicator, point, result, row, whole

YEARS = [
    row("2023/24", Figure(n=9, value=41)),
    row("2024/25", Figure(n=9, value=34)),
    row("2022/23", Figure(n=1, note="too few")),
]


def test_a_trend_or_ranking_names_its_lowest_and_highest_and_the_target():
    ours = result(indicator(), YEARS, target=30.0)
    theirs = result(indicator(), YEARS[:1])
    assert describe(ours, theirs) == (
        "Chart of time to payment by financial year: from 34 days (2024/25) to 41 days (2023/24), "
        "1 without a figure; the target is 30 days; those compared with: 41 days."
    )


def test_a_result_with_one_row_or_none_is_described_too():
    assert describe(whole(indicator(), Figure(n=9, value=34))) == (
        "Chart of time to payment: 34 days."
    )
    assert describe(result(indicator(name="HE-BCI income"), [])) == (
        "Chart of HE-BCI income by financial year: no figure to draw."
    )


def test_a_curve_says_when_half_were_left_and_where_it_ends():
    half = row("Partners", Figure(n=4, curve=(point(10, 0.5, 0, 1), point(40, 0.25, 0, 1))))
    most = row("Others", Figure(n=4, curve=(point(9, 0.75, 0, 1),)))
    none = row("Nobody", Figure(n=0))
    assert describe_curve(result(indicator(), [half, most, none])) == (
        "Chart of the share still waiting as time passes; Partners: half after 10 days, 25% after "
        "40 days; Others: more than half to the end, 75% after 9 days; Nobody: nothing to draw."
    )
    assert describe_curve([most], ["Partnerships"], time=Unit.YEARS) == (
        "Chart of the share still going as time passes; Partnerships: more than half to the end, "
        "75% after 9 years."
    )


def test_a_map_says_how_many_places_have_a_figure():
    values = {"E1": (34.0, ""), "E2": (20.0, ""), "E3": (None, "")}
    assert describe_hex_map(values, Unit.DAYS, title="Time to payment") == (
        "Map of places by time to payment; 2 places have a figure, from 20 days to 34 days."
    )
    assert describe_hex_map({"E1": (34.0, "")}, Unit.DAYS) == (
        "Map of places; 1 place has a figure, 34 days."
    )
    assert describe_hex_map({}, Unit.DAYS) == "Map of places; no place has a figure."
