"""The share of partners' hours that were paid at or above the agreed rate card of the day."""

from datetime import date

from civic_metrics.estimators import ratio
from civic_metrics.model import Better, Indicator, Unit, Variant

FACTS = """
-- one row per contribution of a partner's time
with
    held as (
        select
            time_given.*,
            coalesce(pay_basis, 'gross') as compared_basis,
            (
                select arg_max(rate.hourly_gbp, (rate.from_on, rate.hourly_gbp))
                from rate
                where rate.kind = 'agreed rate card'
                    and coalesce(rate.role_group, 'partner') = 'partner'
                    and rate.activity = time_given.activity
                    and rate.basis = coalesce(time_given.pay_basis, 'gross')
                    and rate.from_on <= time_given.worked_on
                    and (rate.to_on is null or rate.to_on >= time_given.worked_on)
            ) as card_hourly_gbp,
        from time_given
        where role_group = 'partner'
    )
select
    partnership,
    organisation,
    activity,
    case when is_unpaid then compared_basis else pay_basis end as pay_basis,
    worked_on as happened_on,
    case
        when not_by_the_hour is not null then not_by_the_hour
        when card_hourly_gbp is null then 'no agreed rate for the activity on the day'{set_apart}
    end as left_out,
    case
        when is_given_freely then 'declined payment or gave time as a volunteer, counted at £0'
    end as caution,
    case when is_unpaid then 0 else paid_gbp end as pounds,
    -- to the penny: what the card gives for 20 minutes is not a whole number of pence
    case
        when not is_unpaid and paid_gbp::double >= round(hours * card_hourly_gbp::double, 2)
            then hours
        else 0
    end as numerator,
    hours as denominator,
    partnership as cluster,
from held
"""

SET_APART = """
        when is_given_freely then 'declined payment or gave time as a volunteer'"""

INDICATOR = Indicator(
    id="at_rate_card_share",
    name="Hours at the agreed rate",
    question="What share of partners' hours was paid at least the rate that was agreed?",
    unit=Unit.SHARE,
    better=Better.HIGHER,
    estimator=ratio(at_least=0, at_most=1),
    facts=FACTS.format(set_apart=""),
    splits=(
        "partnership",
        "organisation",
        "kind",
        "size",
        "theme",
        "lead_unit",
        "home_university",
        "activity",
        "pay_basis",
        "place",
        "region",
        "country",
        "deprivation_fifth",
        "month",
        "quarter",
        "academic_year",
        "financial_year",
        "calendar_year",
    ),
    counts="contributions",
    what=(
        "Partners' hours paid at or above the rate that the agreed rate card of the day gives for "
        "their activity and basis of pay, as a share of their hours for which a card gives one. "
        "Unpaid hours count as paid £0, so below it. Where several cards hold on a day the newest "
        "counts, and the highest of those."
    ),
    why="A rate card is a promise. This says how far it was kept.",
    not_to_be_read_as=(
        "A sign that the agreed rate is a good one: parity compares it with what the university "
        "pays its own people. Hours that no card speaks of are left out and counted."
    ),
    source=(
        "Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman "
        "2025); "
        "ratio of sums with linearised variance (Cochran 1977, section 6.3)"
    ),
    checked_on=date(2026, 11, 23),
    period_by="worked",
    variants=(
        Variant(
            "Without time partners declined payment for or gave as volunteers",
            FACTS.format(set_apart=SET_APART),
        ),
    ),
)
