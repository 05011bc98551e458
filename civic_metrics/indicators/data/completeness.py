"""How much of what the figures need is filled in."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per cell that a figure may need
with
    payment_line as (
        select
            payment.partnership,
            payee as organisation,
            coalesce(received_on, paid_on) as happened_on,
            case
                when outcome in ('withdrawn', 'rejected') then 'not needed: withdrawn or rejected'
                when credits is not null or amount < 0 then 'not needed: a credit note'
            end as left_out,
            coalesce(kind = 'grant', false) as is_grant,
            coalesce(payee_role = 'other supplier', false) as is_other_supplier,
            received_on is not null and receipt_taken_from is null as has_receipt,
            due_on is not null as has_due,
            payment.partnership is not null as has_partnership,
            coalesce(payee_role <> 'not known', false) as has_role,
        from payment
    ),
    given as (
        select
            *,
            paid_gbp is not null
                or coalesce(paid_by in ('nobody', 'own employer'), false)
                or unpaid_because is not null as has_pay,
        from contribution
    ),
    cell as (
        select partnership, organisation, happened_on, 'Payments' as "table",
            case
                when is_grant then 'Payments: day a grant fell due'
                else 'Payments: day the invoice was received'
            end as measure,
            left_out,
            case when is_grant then has_due else has_receipt end as hit,
        from payment_line
        union all
        select partnership, organisation, happened_on, 'Payments',
            'Payments: partnership it was for',
            coalesce(
                left_out,
                case when is_other_supplier then 'not needed: to a supplier that is no partner' end
            ),
            has_partnership,
        from payment_line
        union all
        select partnership, organisation, happened_on, 'Payments',
            'Payments: who was paid, a partner or another', left_out, has_role,
        from payment_line
        union all
        select partnership, organisation, worked_on, 'Contributions of time',
            'Contributions of time: hours', null, hours is not null,
        from given
        union all
        select partnership, organisation, worked_on, 'Contributions of time',
            'Contributions of time: what was paid, or that nothing was', null, has_pay,
        from given
        union all
        select partnership, organisation, worked_on, 'Contributions of time',
            'Contributions of time: gross pay or full cost',
            case when paid_gbp is null or paid_gbp = 0 then 'not needed: no pay recorded' end,
            pay_basis is not null,
        from given
        union all
        select partnership, organisation, worked_on, 'Contributions of time',
            'Contributions of time: activity', null, activity is not null,
        from given
        union all
        select partnership, lead_organisation, started_on, 'Partnerships',
            'Partnerships: when it began', null, started_on is not null,
        from partnership
        union all
        select partnership, lead_organisation, started_on, 'Partnerships',
            'Partnerships: why it ended',
            case when ended_on is null then 'not needed: still going' end,
            coalesce(end_reason <> 'not known', false),
        from partnership
        union all
        select partnership, null, from_on, 'Funding',
            'Funding: first and last day', null, from_on is not null and to_on is not null,
        from funding
        union all
        select partnership, null, from_on, 'Funding',
            'Funding: amount', null, amount_gbp is not null,
        from funding
        union all
        select partnership, null, from_on, 'Funding',
            'Funding: bid, awarded or received', null, status is not null,
        from funding
    )
select
    partnership,
    organisation,
    happened_on,
    "table",
    measure,
    left_out,
    null as caution,
    null as pounds,
    hit,
from cell
"""

INDICATOR = Indicator(
    id="completeness",
    name="Completeness of the records",
    question="How much of what the figures need is filled in?",
    unit=Unit.SHARE,
    better=Better.HIGHER,
    estimator=share(),
    facts=FACTS,
    splits=(
        "table",
        "measure",
        "partnership",
        "organisation",
        "kind",
        "size",
        "theme",
        "lead_unit",
        "home_university",
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
    counts="cells",
    what=(
        "Of the cells that a figure on these pages needs, those that are filled: for a payment the "
        "day its invoice was received (for a grant the day it fell due), the partnership and who "
        "was paid; for a contribution its hours, its pay or that nothing was paid, the basis of "
        "the pay and the activity; for a partnership when it began and why it ended; for funding "
        "its days, amount and status. A day of receipt taken from the invoice is not a day of "
        "receipt. Split by measure to see each."
    ),
    why=(
        "A figure can only be about what was written down. Where receipt dates are missing, the "
        "wait of those invoices is missing too, and they may be the ones that waited longest."
    ),
    not_to_be_read_as=(
        "How many rows there should be: what was never recorded has no cells. A filled cell can be "
        "wrong. Cells that a row does not need are left out and counted. The whole is mostly "
        "about the table with most rows."
    ),
    source="Wilson 1927",
    checked_on=date(2026, 11, 23),
    period_by="received or paid, worked, started or first funded",
)
