"""The share of partners' hours that no rate of the university's can be compared with."""

from datetime import date

from civic_metrics.estimators import ratio
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per contribution of a partner's time
select
    partnership,
    organisation,
    worked_on as happened_on,
    activity,
    case when is_unpaid then compared_basis else pay_basis end as pay_basis,
    not_by_the_hour as left_out,
    case
        when university_hourly_gbp is null and activity is null then 'no activity recorded'
    end as caution,
    paid_or_nought_gbp as pounds,
    case when university_hourly_gbp is null then hours else 0 end as numerator,
    hours as denominator,
    partnership as cluster,
from time_compared
"""

INDICATOR = Indicator(
    id="no_comparator_share",
    name="Hours with no comparator",
    question="What share of partners' hours has no rate of the university's to compare with?",
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
        "Partners' hours for which neither at least three people of the university, in the "
        "partnership or over all of it, nor a pay scale of the day gives a rate for the same "
        "activity and basis of pay, as a share of all partners' hours whose pay is known."
    ),
    why=(
        "Compensation parity says nothing of these hours. Where they are many, parity rests on "
        "the rest, and they are often the work that only partners do."
    ),
    not_to_be_read_as=(
        "Hours without pay, or badly paid hours: it says only that there is nothing to hold them "
        "against. Loading a pay scale for the activity lowers it."
    ),
    source=(
        "Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman "
        "2025); "
        "ratio of sums with linearised variance (Cochran 1977, section 6.3)"
    ),
    checked_on=date(2026, 11, 23),
    period_by="worked",
)
