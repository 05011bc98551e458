"""How much of the life of relationships was funded."""

from datetime import date

from civic_metrics.estimators import ratio
from civic_metrics.indicators.longevity import SPLITS
from civic_metrics.model import Better, Indicator, Unit, Variant

FACTS = """
-- one row per partnership, its calendar months from the first to the last
with
    lived as (
        select
            *,
            date_trunc('month', started_on)::date as first_month,
            -- an end known to the year may come before the start: they share a month
            date_trunc('month', greatest(coalesce({ended_on}, $as_of), started_on))::date
                as last_month,
        from relationship
    ),
    funded_month as (
        select
            lived.partnership,
            unnest(
                generate_series(
                    greatest(date_trunc('month', award.from_on)::date, lived.first_month),
                    least(date_trunc('month', award.to_on)::date, lived.last_month),
                    interval 1 month
                )
            ) as month,
        from award
        join lived on lived.partnership = award.partnership
        where award.left_out is null
    ),
    funded as (
        select partnership, count(distinct month) as months
        from funded_month
        group by partnership
    ),
    recorded as (
        select
            partnership,
            count(*) filter (where left_out is null) as dated,
            count(*) filter (where left_out is not null) as undated,
        from award
        group by partnership
    )
select
    lived.partnership,
    lived.lead_organisation as organisation,
    lived.started_on as happened_on,
    case
        when lived.left_out is not null then lived.left_out
        {unfunded}
        when recorded.dated = 0 then 'no funding with its first and last day'
    end as left_out,
    nullif(
        concat_ws(
            '; ',
            lived.quiet_caution,
            case
                when recorded.undated > 0 then 'some of its funding has no dates and is not counted'
            end
        ),
        ''
    ) as caution,
    null as pounds,
    -- funding is recorded, but none of it falls within the relationship: no month was funded
    coalesce(funded.months, 0) as numerator,
    date_diff('month', lived.first_month, lived.last_month) + 1 as denominator,
    lived.partnership as cluster,
from lived
left join funded on funded.partnership = lived.partnership
left join recorded on recorded.partnership = lived.partnership
"""
NEVER_FUNDED = "when recorded.partnership is null then 'no funding recorded'"

INDICATOR = Indicator(
    id="funded_months_share",
    name="Funded months",
    question="What share of the months of a relationship was funded?",
    unit=Unit.SHARE,
    better=Better.NEITHER,
    estimator=ratio(),
    facts=FACTS.format(ended_on="ended_on", unfunded=NEVER_FUNDED),
    splits=SPLITS,
    counts="partnerships",
    what=(
        "Calendar months in which some funding of the partnership ran, as a share of the calendar "
        "months from its beginning to its end or the as-of date. Bids do not count. Partnerships "
        "with no funding in the records are left out and counted."
    ),
    why=(
        "The relationship goes on between grants, and somebody carries it. Unfunded months are "
        "where a small partner gives for nothing."
    ),
    not_to_be_read_as=(
        "Good where it is high: a relationship that lives only on grants is fragile, one that "
        "lives without any may rest on unpaid work. Funding says who was granted money, not who "
        "was paid."
    ),
    source=(
        "Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025); "
        "ratio of sums with linearised variance (Cochran 1977, section 6.3)"
    ),
    checked_on=date(2026, 11, 23),
    period_by=None,
    through_membership=True,
    variants=(
        Variant(
            "Counting those with no funding recorded as unfunded throughout",
            FACTS.format(ended_on="ended_on", unfunded=""),
        ),
        Variant(
            "Counting those with no payment, hours, review or activity in 12 months as ended when "
            "last heard of",
            FACTS.format(ended_on="ended_or_quiet_on", unfunded=NEVER_FUNDED),
        ),
    ),
)
