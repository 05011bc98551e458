"""The share of partnerships still going five years after they began."""

from datetime import date

from civic_metrics.estimators import survival
from civic_metrics.model import Better, Indicator, Unit, Variant

DAYS_A_YEAR = 365.25
FIVE_YEARS = 5 * DAYS_A_YEAR

FACTS = """
-- one row per partnership
select
    partnership,
    lead_organisation as organisation,
    started_on as happened_on,
    coalesce(
        left_out,
        case
            when recorded_from_on > coalesce({ended_on}, $as_of)
                then 'not in the register on that day'
        end
    ) as left_out,
    coalesce(quiet_caution, date_caution) as caution,
    null as pounds,
    greatest(coalesce({ended_on}, $as_of) - started_on, 0) as days,
    {ended_on} is not null as observed,
    entered,
from relationship
"""

INDICATOR = Indicator(
    id="five_year_survival",
    name="Five-year survival",
    question="What share of partnerships are still going after five years?",
    unit=Unit.SHARE,
    better=Better.NEITHER,
    estimator=survival(scale=DAYS_A_YEAR, at=FIVE_YEARS),
    facts=FACTS.format(ended_on="ended_on"),
    splits=(
        "partnership",
        "organisation",
        "kind",
        "size",
        "theme",
        "lead_unit",
        "home_university",
        "place",
        "region",
        "country",
        "deprivation_fifth",
    ),
    counts="partnerships",
    what=(
        "The share of partnerships expected to reach their fifth birthday, worked out with those "
        "still going counted for as long as they have lasted."
    ),
    why="Five years is longer than most funding: what reaches it has outlived its first grant.",
    not_to_be_read_as=(
        "The share of today's partnerships that are five years old. Partnerships may end because "
        "their purpose is met."
    ),
    source="Kaplan and Meier 1958; log-log limits: Kalbfleisch and Prentice 2002, section 1.4",
    checked_on=date(2026, 11, 23),
    period_by=None,
    through_membership=True,
    variants=(
        Variant(
            "Counting those with no payment, hours, review or activity in 12 months as ended when "
            "last heard of",
            FACTS.format(ended_on="ended_or_quiet_on"),
        ),
    ),
)
