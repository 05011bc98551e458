"""The hours given to partnerships that nobody paid for."""

from datetime import date

from civic_metrics.estimators import total
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per contribution of time that was not paid for, or may not have been
select
    partnership,
    organisation,
    role_group,
    unpaid_because,
    activity,
    phase,
    worked_on as happened_on,
    case
        when paid_by = 'own employer' then 'paid by their own employer'
        when unpaid_because = 'pending' then 'payment still to come'
        when not is_unpaid then 'pay not stated'
        when hours is null or hours <= 0 then 'no hours recorded'
    end as left_out,
    case when unpaid_because = 'unknown' or unpaid_because is null then
        'nobody knows why it was unpaid'
    end as caution,
    null as pounds,
    hours as value,
from time_given
where is_unpaid or paid_by = 'own employer' or (paid_gbp is null and paid_by is null)
"""

INDICATOR = Indicator(
    id="unpaid_hours",
    name="Hours given unpaid",
    question="How many hours given to partnerships did nobody pay for, whose and why?",
    unit=Unit.HOURS,
    better=Better.NEITHER,
    estimator=total(),
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
        "unpaid_because",
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
        "The hours of partners, staff, students and the public that were paid nothing, in all and "
        "by the reason recorded: not offered, declined, volunteer, forbidden by the funder, or "
        "unknown. Hours paid by a person's own employer and hours whose payment is still to come "
        "are left out and counted."
    ),
    why=(
        "A share hides how much time it is. Hours nobody offered to pay for are another matter "
        "than hours people chose to give."
    ),
    not_to_be_read_as=(
        "More or fewer hours as better or worse: a partnership that records its volunteers well "
        "shows more of them. Hours that nobody recorded are not in it."
    ),
    source="Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025)",
    checked_on=date(2026, 11, 23),
    period_by="worked",
    partner_filter={"role_group": "partner"},
)
