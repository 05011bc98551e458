"""What partners are paid against what the same hours would have earned at the university's rate."""

from datetime import date

from civic_metrics.estimators import ratio
from civic_metrics.model import Better, Indicator, Target, Unit, Variant
from civic_metrics.periods import FINANCIAL_YEAR, period_sql

# Declined and volunteer hours are counted at £0 in the headline; the variant sets them apart.
GIVEN_FREELY = "unpaid_because in ('declined', 'volunteer')"

FACTS = """
-- one row per contribution of a partner's time, and one per payment to a partner without any
with
    partner_time as (
        select
            contribution.*,
            coalesce(paid_gbp = 0, false)
                or (
                    paid_gbp is null
                    and (coalesce(paid_by = 'nobody', false) or unpaid_because is not null)
                ) as is_unpaid,
            coalesce(pay_basis, 'gross') as compared_basis,
            {financial_year} as financial_year,
        from contribution
        where role_group = 'partner'
    ),
    compared as (
        select
            partner_time.*,
            coalesce(
                own_cell.paid_gbp / own_cell.hours,
                whole_cell.paid_gbp / whole_cell.hours,
                (
                    select arg_max(rate.hourly_gbp, (rate.from_on, rate.hourly_gbp))
                    from rate
                    where rate.kind = 'pay scale' and rate.role_group = 'staff'
                        and rate.activity = partner_time.activity
                        and rate.basis = partner_time.compared_basis
                        and rate.from_on <= partner_time.worked_on
                        and (rate.to_on is null or rate.to_on >= partner_time.worked_on)
                )
            ) as university_hourly_gbp,
        from partner_time
        left join comparator as own_cell
            on own_cell.partnership = partner_time.partnership
            and own_cell.activity = partner_time.activity
            and own_cell.financial_year = partner_time.financial_year
            and own_cell.pay_basis = partner_time.compared_basis
        left join comparator as whole_cell
            on whole_cell.partnership is null
            and whole_cell.activity = partner_time.activity
            and whole_cell.financial_year = partner_time.financial_year
            and whole_cell.pay_basis = partner_time.compared_basis
    )
select
    partnership,
    organisation,
    worked_on as happened_on,
    activity,
    case
        when paid_by = 'own employer' then 'paid by their own employer'
        when unpaid_because = 'pending' then 'payment still to come'
        when not is_unpaid and paid_gbp is null then 'pay not stated'
        when not is_unpaid and pay_basis is null then 'basis of pay not stated'
        when hours is null or hours <= 0 then 'no hours recorded'
        when university_hourly_gbp is null then 'no university rate to compare with'{set_apart}
    end as left_out,
    case
        when {given_freely} then 'declined payment or gave time as a volunteer, counted at £0'
    end as caution,
    case
        when paid_by = 'own employer' or unpaid_because = 'pending' then null
        when is_unpaid then 0
        else paid_gbp
    end as pounds,
    case when is_unpaid then 0 else paid_gbp end as numerator,
    hours * university_hourly_gbp as denominator,
    partnership as cluster,
from compared
union all
select
    partnership,
    payee as organisation,
    paid_on as happened_on,
    null as activity,
    'money paid with no time recorded' as left_out,
    null as caution,
    case when currency = 'GBP' then amount end as pounds,
    null as numerator,
    null as denominator,
    null as cluster,
from payment
where payee_role = 'partner' and paid_on is not null
    and not exists (
        select 1 from contribution
        where contribution.invoice_ref = payment.invoice_ref
            and contribution.organisation = payment.payee
    )
"""


def _facts(set_apart: str = "") -> str:
    return FACTS.format(
        financial_year=period_sql(FINANCIAL_YEAR, "worked_on"),
        given_freely=GIVEN_FREELY,
        set_apart=set_apart,
    )


INDICATOR = Indicator(
    id="compensation_parity",
    name="Compensation parity",
    question="What are partners paid for each £1 at the university's own rate?",
    unit=Unit.POUND_FOR_POUND,
    better=Better.HIGHER,
    estimator=ratio(),
    facts=_facts(),
    splits=(
        "partnership",
        "organisation",
        "kind",
        "theme",
        "activity",
        "place",
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
        "principle 7; ratio of sums with linearised variance (Cochran 1977, section 6.3)"
    ),
    checked_on=date(2026, 11, 22),
    period_by="worked",
    target=Target("compensation_parity"),
    variants=(
        Variant(
            "Without time partners declined payment for or gave as volunteers",
            _facts(
                f"\n        when {GIVEN_FREELY} then 'declined payment or gave time as a volunteer'"
            ),
        ),
    ),
)
