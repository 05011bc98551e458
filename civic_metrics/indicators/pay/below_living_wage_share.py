"""The share of individuals' hours paid below the Real Living Wage of the day."""

from datetime import date

from civic_metrics.estimators import ratio
from civic_metrics.model import Better, Indicator, Unit, Variant

FACTS = """
-- one row per contribution of a partner's, a student's or a member of the public's time
with
    held as (select time_and_wage_floor.*, {floor} as floor_gbp from time_and_wage_floor)
select
    partnership,
    organisation,
    role_group,
    activity,
    worked_on as happened_on,
    case
        when not_a_wage is not null then not_a_wage
        when not_by_the_hour is not null then not_by_the_hour
        when not is_unpaid and pay_basis <> 'gross' then 'full cost, which is not a wage'
        when floor_gbp is null then 'no Real Living Wage is held for the day'{set_apart}
    end as left_out,
    nullif(
        concat_ws(
            '; ',
            case when is_given_freely then
                'declined payment or gave time as a volunteer, counted at £0'
            end,
            area_doubt
        ),
        ''
    ) as caution,
    case when is_unpaid then 0 else paid_gbp end as pounds,
    -- to the penny: what the wage gives for 20 minutes is not a whole number of pence
    case
        when is_unpaid or paid_gbp::double < round(hours * floor_gbp::double, 2) then hours
        else 0
    end as numerator,
    hours as denominator,
    partnership as cluster,
from held
"""

SET_APART = """
        when is_given_freely then 'declined payment or gave time as a volunteer'"""

INDICATOR = Indicator(
    id="below_living_wage_share",
    name="Hours below the Real Living Wage",
    question="What share of the hours that individuals gave was paid below the Real Living Wage?",
    unit=Unit.SHARE,
    better=Better.LOWER,
    estimator=ratio(at_least=0, at_most=1),
    facts=FACTS.format(floor="living_wage_gbp", set_apart=""),
    splits=(
        "partnership",
        "organisation",
        "kind",
        "size",
        "theme",
        "lead_unit",
        "home_university",
        "role_group",
        "activity",
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
        "Hours of students, of the public and of partners who are individuals, paid less than the "
        "Real Living Wage, as a share of all such hours whose gross pay is known. The wage is the "
        "newest whose deadline for accredited employers had come on the day: London's where all "
        "the partnership's places are in London, else that of the UK. Unpaid hours count as £0."
    ),
    why=(
        "People who bring their lives to research are paid in vouchers and by the meeting. By the "
        "hour, with the reading and the travel, it may be less than anyone can live on."
    ),
    not_to_be_read_as=(
        "A breach of the law: the Real Living Wage is voluntary, is for those aged 18 and over, "
        "and volunteers are owed no wage. What an organisation charges for its people is not a "
        "wage, so it is left out and counted."
    ),
    source=(
        "Living Wage Foundation, rates and deadlines as recorded with each in the table of rates "
        "of pay; ratio of sums with linearised variance (Cochran 1977, section 6.3)"
    ),
    checked_on=date(2026, 11, 23),
    period_by="worked",
    variants=(
        Variant(
            "Held to the newest rate from the day it was announced",
            FACTS.format(floor="announced_living_wage_gbp", set_apart=""),
        ),
        Variant(
            "Without time people declined payment for or gave as volunteers",
            FACTS.format(floor="living_wage_gbp", set_apart=SET_APART),
        ),
    ),
)
