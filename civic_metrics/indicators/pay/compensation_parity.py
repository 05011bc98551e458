"""What partners are paid against what the same hours would have earned at the university's rate."""

from datetime import date

from civic_metrics.estimators import ratio
from civic_metrics.model import Better, Indicator, Target, Unit, Variant

FACTS = """
-- one row per contribution of a partner's time, and one per payment to a partner without any
select
    partnership,
    organisation,
    worked_on as happened_on,
    activity,
    case when is_unpaid then compared_basis else pay_basis end as pay_basis,
    {left_out} as left_out,
    given_freely as caution,
    paid_or_nought_gbp as pounds,
    case when is_unpaid then 0 else paid_gbp end as numerator,
    at_university_rate_gbp as denominator,
    partnership as cluster,
    rate_cell,
    rate_error_gbp as rate_error,
    rate_people,
from time_compared
union all
select
    partnership,
    payee as organisation,
    paid_on as happened_on,
    null as activity,
    null as pay_basis,
    'money paid with no time recorded' as left_out,
    null as caution,
    pounds,
    null as numerator,
    null as denominator,
    null as cluster,
    null as rate_cell,
    null as rate_error,
    null as rate_people,
from untimed_payment
"""

# Declined and volunteer hours are counted at £0 in the headline; the variant sets them apart.
WITHOUT_FREELY_GIVEN = """coalesce(
        not_compared,
        case when is_given_freely then 'declined payment or gave time as a volunteer' end
    )"""

INDICATOR = Indicator(
    id="compensation_parity",
    name="Compensation parity",
    question="What are partners paid for each £1 at the university's own rate?",
    unit=Unit.POUND_FOR_POUND,
    better=Better.HIGHER,
    estimator=ratio(estimated=True, at_least=0),
    facts=FACTS.format(left_out="not_compared"),
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
        "Everything paid to partners for their time, divided by what the same hours would have "
        "earned at the university's own rate for the same activity. The university's rate is the "
        "partnership's own where at least three people's time gives one, else the university's "
        "for that activity and financial year, else the highest pay scale in force on the day. Gross pay is "
        "compared with gross pay and full cost with full cost. Unpaid hours count as paid £0."
    ),
    why=(
        "Civic partners' time is too often costed at minimum wage, or not at all, beside staff "
        "who are paid to be in the same room."
    ),
    not_to_be_read_as=(
        "A measure of all money that goes to partners: grants and fixed sums with no time "
        "recorded stay out, and the figure says how much of the money it rests on. It is not a "
        "legal test: no UK law sets a pass mark between organisations."
    ),
    source=(
        "Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025), "
        "principle 7; ratio of sums with linearised variance (Cochran 1977, section 6.3), and "
        "degrees of freedom where two variances are added (Satterthwaite 1946)"
    ),
    checked_on=date(2026, 11, 23),
    period_by="worked",
    target=Target("compensation_parity"),
    variants=(
        Variant(
            "Without time partners declined payment for or gave as volunteers",
            FACTS.format(left_out=WITHOUT_FREELY_GIVEN),
        ),
    ),
)
