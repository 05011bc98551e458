"""How far partners' mean hourly pay lies below the university's, by the gender-pay-gap formula."""

from datetime import date

from civic_metrics.estimators.mean_gap import mean_gap
from civic_metrics.model import Better, Indicator, Target, Unit

FACTS = """
-- one row per contribution of a partner's or the university's staff's time
select
    partnership,
    organisation,
    activity,
    worked_on as happened_on,
    coalesce(
        not_by_the_hour,
        case when not is_unpaid and pay_basis <> 'gross' then
            'full cost, which gross pay is not compared with'
        end
    ) as left_out,
    null as caution,
    case when is_unpaid then 0 else paid_gbp end as pounds,
    case when role_group = 'staff' then 'university' else 'partner' end as side,
    case when is_unpaid then 0 else paid_gbp end as value,
    hours as weight,
    partnership as cluster,
from time_given
where role_group in ('partner', 'staff')
"""

INDICATOR = Indicator(
    id="mean_hourly_gap",
    name="Mean hourly gap",
    question="How much less is a partner's hour paid on average than the university's?",
    unit=Unit.GAP,
    better=Better.LOWER,
    estimator=mean_gap(),
    facts=FACTS,
    splits=(
        "partnership",
        "theme",
        "lead_unit",
        "home_university",
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
        "The mean pay of the university's hours less the mean pay of partners' hours, as a share "
        "of the university's: the gender-pay-gap formula, with hours as weights and unpaid hours "
        "at £0. Above zero the partner's hour is paid less on average. Only gross pay is in it."
    ),
    why=(
        "Boards already know how to read it, and unlike the median it moves with every unpaid hour."
    ),
    not_to_be_read_as=(
        "Equal pay for the same work: it compares all hours with all hours, whatever was done in "
        "them. Compensation parity compares like with like."
    ),
    source=(
        "Gender pay gap reporting: make your calculations (gov.uk); linearised variance over "
        "partnerships (Cochran 1977, section 6.3)"
    ),
    checked_on=date(2026, 11, 23),
    period_by="worked",
    target=Target("median_hourly_gap"),
)
