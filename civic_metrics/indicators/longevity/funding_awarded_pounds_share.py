"""The share of the pounds bid for that was awarded."""

from datetime import date

from civic_metrics.estimators import ratio
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per funding
select
    funding.partnership,
    partnership.lead_organisation as organisation,
    from_on as happened_on,
    case
        when status is null then 'status not stated'
        when amount_gbp is null then 'no amount'
    end as left_out,
    case
        when qualifier <> 'exactly' then 'amount is a ceiling or an estimate: ' || qualifier
    end as caution,
    amount_gbp as pounds,
    case when status in ('awarded', 'received') then amount_gbp else 0 end as numerator,
    amount_gbp as denominator,
    funding.partnership as cluster,
from funding
left join partnership on partnership.partnership = funding.partnership
"""

INDICATOR = Indicator(
    id="funding_awarded_pounds_share",
    name="Bids awarded, in pounds",
    question="What share of the pounds bid for was awarded?",
    unit=Unit.SHARE,
    better=Better.HIGHER,
    estimator=ratio(),
    facts=FACTS,
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
        "academic_year",
        "financial_year",
        "calendar_year",
    ),
    counts="funding rows",
    what=(
        "Of the amounts of the funding in the records, bids among it, the share that was awarded "
        "or has been received since. A row of funding has one status, the stage it has reached: "
        "what was received was awarded before, and what was awarded was bid for."
    ),
    why=(
        "Bids are written on partners' time as well as the university's, mostly unpaid until an "
        "award. What never comes of them is a cost that partners carry."
    ),
    not_to_be_read_as=(
        "A success rate. A bid that still waits for its answer and one that was turned down look "
        "the same here, and bids that nobody wrote down are not there at all, so it is best read "
        "by year and against how complete the records are. "
        "Amounts are those in the records; an award is not compared with what was asked for."
    ),
    source="ratio of sums with linearised variance (Cochran 1977, section 6.3)",
    checked_on=date(2026, 11, 23),
    period_by="first funded day",
    through_membership=True,
)
