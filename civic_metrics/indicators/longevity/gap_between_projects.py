"""How long partnerships wait without funding between two projects."""

from datetime import date

from civic_metrics.estimators import survival
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per gap: before each funding after the first, and since the last where none followed
with
    begun as (
        select
            partnership,
            from_on,
            to_on,
            max(to_on) over (
                partition by partnership
                order by from_on, to_on, reference
                rows between unbounded preceding and 1 preceding
            ) as funded_to_on,
        from award
        where left_out is null and from_on <= $as_of
    ),
    gap as (
        select partnership, funded_to_on, from_on as next_from_on
        from begun
        where funded_to_on is not null
        union all
        select partnership, max(to_on) as funded_to_on, null as next_from_on
        from begun
        group by partnership
        having max(to_on) < $as_of
    )
select
    gap.partnership,
    relationship.lead_organisation as organisation,
    gap.funded_to_on as happened_on,
    null as left_out,
    case when gap.next_from_on is null then relationship.quiet_caution end as caution,
    null as pounds,
    case
        when gap.next_from_on is null
            then coalesce(relationship.ended_on, $as_of) - gap.funded_to_on
        else greatest(gap.next_from_on - gap.funded_to_on - 1, 0)
    end as days,
    gap.next_from_on is not null as observed,
    null::integer as entered,
from gap
left join relationship on relationship.partnership = gap.partnership
-- one that ended with its last funding waits for no other
where gap.next_from_on is not null
    or relationship.ended_on is null
    or relationship.ended_on > gap.funded_to_on
union all
select
    award.partnership,
    relationship.lead_organisation as organisation,
    award.to_on as happened_on,
    award.left_out,
    null as caution,
    null as pounds,
    null as days,
    null as observed,
    null as entered,
from award
left join relationship on relationship.partnership = award.partnership
where award.left_out is not null
"""

INDICATOR = Indicator(
    id="gap_between_projects",
    name="Gap between projects",
    question="How long are partnerships without funding between two projects?",
    unit=Unit.DAYS,
    better=Better.LOWER,
    estimator=survival(),
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
    counts="gaps between fundings",
    what=(
        "Days without funding from the end of one project to the beginning of the next of the same "
        "partnership: half of gaps are closed by then. A project that begins the day after, or "
        "before the other ends, leaves a gap of no days. Gaps still open on the as-of date count "
        "for as long as they have lasted, those that the partnership's end cut off until that end."
    ),
    why=(
        "Between projects the university's staff are paid and the small partner is not. Counting "
        "only gaps that were closed would hide the ones that never are."
    ),
    not_to_be_read_as=(
        "Days without any money: only funding in the records counts, from the first to the last "
        "day it covers. Bids do not count until they are awarded."
    ),
    source="Kaplan and Meier 1958",
    checked_on=date(2026, 11, 23),
    period_by="ended",
    through_membership=True,
)
