"""The share of awards that has been received."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per funding that is more than a bid
select
    funding.partnership,
    partnership.lead_organisation as organisation,
    from_on as happened_on,
    case
        when status is null then 'status not stated'
    end as left_out,
    null as caution,
    amount_gbp as pounds,
    status = 'received' as hit,
from funding
left join partnership on partnership.partnership = funding.partnership
where status is distinct from 'bid'
"""

INDICATOR = Indicator(
    id="funding_received_share",
    name="Awards received",
    question="What share of awards has been received?",
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
        "Of the funding that was awarded, the share whose status says that it has been received. "
        "A row of funding has one status, the stage it has reached: what was received was "
        "awarded before."
    ),
    why=(
        "An award on paper pays nobody. Partners who spend before it arrives lend to the project."
    ),
    not_to_be_read_as=(
        "Money lost: an award may run for years and be paid in parts, and a row says received or "
        "not, never how much of it. It is as new as the last time somebody changed the status."
    ),
    source="Wilson 1927",
    checked_on=date(2026, 11, 23),
    period_by="first funded day",
    through_membership=True,
)
