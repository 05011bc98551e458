"""The share of funding bids that was awarded."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per funding
select
    funding.partnership,
    partnership.lead_organisation as organisation,
    from_on as happened_on,
    case
        when status is null then 'status not stated'
    end as left_out,
    null as caution,
    amount_gbp as pounds,
    status in ('awarded', 'received') as hit,
from funding
left join partnership on partnership.partnership = funding.partnership
"""

INDICATOR = Indicator(
    id="funding_awarded_share",
    name="Bids awarded",
    question="What share of funding bids was awarded?",
    unit=Unit.SHARE,
    better=Better.HIGHER,
    estimator=share(),
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
        "Of the funding in the records, bids among it, the share that was awarded or has been "
        "received since. A row of funding has one status, the stage it has reached: what was "
        "received was awarded before, and what was awarded was bid for."
    ),
    why=(
        "Bids are written on partners' time as well as the university's, mostly unpaid until an "
        "award. What never comes of them is a cost that partners carry."
    ),
    not_to_be_read_as=(
        "A success rate. A bid that still waits for its answer and one that was turned down look "
        "the same here, and bids that nobody wrote down are not there at all, so it is best read "
        "by year and against how complete the records are."
    ),
    source="Wilson 1927",
    checked_on=date(2026, 11, 23),
    period_by="first funded day",
    through_membership=True,
)
