"""The share of the hours given before an award that were paid for."""

from datetime import date

from civic_metrics.estimators import ratio
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per contribution of time before an award
select
    partnership,
    organisation,
    role_group,
    activity,
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
    case when is_unpaid then 0 else hours end as numerator,
    hours as denominator,
    partnership as cluster,
from time_given
where phase = 'pre-award'
"""

INDICATOR = Indicator(
    id="pre_award_paid_share",
    name="Hours before the award that were paid",
    question="What share of the hours that went into a bid, before any award, was paid for?",
    unit=Unit.SHARE,
    better=Better.HIGHER,
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
        "Hours before the award that were paid anything, as a share of all hours recorded as "
        "before the award. Hours paid by a person's own employer and hours whose payment is still "
        "to come are left out and counted."
    ),
    why=(
        "Shaping a bid is work. Staff do it on a salary; a small partner does it at its own cost "
        "and risk, and is paid only if the bid succeeds."
    ),
    not_to_be_read_as=(
        "Hours paid well: any pay counts here, however little. Time whose phase nobody recorded "
        "is not in it."
    ),
    source=(
        "Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman "
        "2025); "
        "ratio of sums with linearised variance (Cochran 1977, section 6.3)"
    ),
    checked_on=date(2026, 11, 23),
    period_by="worked",
    partner_filter={"role_group": "partner"},
    others_filter={"role_group": "staff"},
)
