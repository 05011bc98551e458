"""The share of hours given to partnerships that nobody paid for."""

from datetime import date

from civic_metrics.estimators import ratio
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per contribution of time
select
    partnership,
    organisation,
    role_group,
    activity,
    phase,
    worked_on as happened_on,
    case
        when paid_by = 'own employer' then 'paid by their own employer'
        when unpaid_because = 'pending' then 'payment still to come'
        when not is_unpaid and paid_gbp is null and paid_by is null then 'pay not stated'
        when hours is null or hours <= 0 then 'no hours recorded'
    end as left_out,
    case when is_unpaid then 'unpaid, reason: ' || coalesce(unpaid_because, 'not recorded') end
        as caution,
    case when is_unpaid then 0 else paid_gbp end as pounds,
    case when is_unpaid then hours else 0 end as numerator,
    hours as denominator,
    partnership as cluster,
from time_given
"""

INDICATOR = Indicator(
    id="unpaid_hours_share",
    name="Unpaid hours",
    question="What share of the hours given to partnerships did nobody pay for?",
    unit=Unit.SHARE,
    better=Better.LOWER,
    estimator=ratio(at_least=0, at_most=1),
    facts=FACTS,
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
        "phase",
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
        "Hours that were paid nothing, as a share of all hours recorded. Hours paid by a person's "
        "own employer and hours whose payment is still to come are left out and counted. The "
        "reasons for unpaid hours stand beside the figure."
    ),
    why=(
        "Staff in the room are paid; community partners and students are often not. Work that "
        "nobody pays for is the easiest to overlook."
    ),
    not_to_be_read_as=(
        "A judgement on volunteering: time that people chose to give is counted with its reason. "
        "Hours that nobody recorded are not in it."
    ),
    source=(
        "Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025); "
        "ratio of sums with linearised variance (Cochran 1977, section 6.3)"
    ),
    checked_on=date(2026, 11, 23),
    period_by="worked",
    partner_filter={"role_group": "partner"},
    others_filter={"role_group": "staff"},
)
