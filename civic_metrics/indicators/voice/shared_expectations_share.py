"""How much of what is expected of partnerships both sides expect."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per partnership and expectation, however many stated it
with
    stated as (
        select
            partnership,
            lower(trim(expectation)) as expected,
            bool_or(side in ('university', 'shared')) as is_ours,
            bool_or(side in ('partner', 'shared')) as is_theirs,
            min(stated_on) as stated_on,
        from expectation
        group by partnership, lower(trim(expectation))
    ),
    heard as (
        select
            *,
            bool_or(is_ours) over (partition by partnership)
                and bool_or(is_theirs) over (partition by partnership) as are_both_heard,
        from stated
    )
select
    heard.partnership,
    lead_organisation as organisation,
    stated_on as happened_on,
    case when not are_both_heard then 'only one side has said what it expects' end as left_out,
    case
        when not is_theirs then 'expected by the university only'
        when not is_ours then 'expected by a partner only'
    end as caution,
    null as pounds,
    is_ours and is_theirs as hit,
from heard
left join partnership on partnership.partnership = heard.partnership
"""

INDICATOR = Indicator(
    id="shared_expectations_share",
    name="Expectations in common",
    question="What share of the expectations stated do both sides have?",
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
    counts="expectations",
    what=(
        "Expectations of a partnership stated by both sides, as a share of all that were stated by "
        "either (the Jaccard index of the two lists). One that both sides wrote in the same words "
        "is shared, as is one they stated together. Those of one side only are counted beside the "
        "figure."
    ),
    why=(
        "Partnerships come apart over what was never said. Expectations of one side only are where "
        "to begin talking."
    ),
    not_to_be_read_as=(
        "A mark: each side may rightly want things of its own. The same wish in other words counts "
        "as two. Partnerships in which only one side was asked are left out and counted."
    ),
    source=(
        "Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025), "
        "exercise 3; Jaccard 1912, New Phytologist 11:37-50"
    ),
    checked_on=date(2026, 11, 23),
    period_by="stated",
    through_membership=True,
)
