"""How long ago going partnerships were last reviewed."""

from datetime import date

from civic_metrics.estimators import quantile
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per partnership
with
    last_review as (
        select
            partnership,
            max(reviewed_on) as reviewed_on,
            count(distinct side) as sides,
        from review
        group by partnership
    )
select
    partnership.partnership,
    lead_organisation as organisation,
    reviewed_on as happened_on,
    case
        when ended_on is not null then 'the partnership has ended'
        when reviewed_on is null then 'never reviewed, as far as the records go'
    end as left_out,
    case when sides < 2 then 'reviewed by one side only' end as caution,
    null as pounds,
    cast($as_of as date) - reviewed_on as value,
from partnership
left join last_review on last_review.partnership = partnership.partnership
"""

INDICATOR = Indicator(
    id="days_since_review",
    name="Days since the last review",
    question="How long ago was a partnership last reviewed?",
    unit=Unit.DAYS,
    better=Better.LOWER,
    estimator=quantile(0.5),
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
    ),
    counts="partnerships",
    what=(
        "Days from the last answer in a review, by either side, to the as-of date: the middle one "
        "of the partnerships that have not ended and were reviewed at least once."
    ),
    why="What was said two years ago says little about how partners are treated now.",
    not_to_be_read_as=(
        "A wait for the next review. Partnerships that were never reviewed have no such day: they "
        "are left out and counted, and the more there are, the better this looks."
    ),
    source="Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025)",
    checked_on=date(2026, 11, 23),
    period_by=None,
    through_membership=True,
    whole_only=True,
)
