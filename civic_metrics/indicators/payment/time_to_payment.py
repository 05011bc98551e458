"""How long partners wait for their money, with invoices still unpaid counted."""

from datetime import date

from civic_metrics.estimators import survival
from civic_metrics.model import Better, Indicator, Target, Unit

FACTS = """
-- one row per invoice, paid or still open on the as-of date
select
    partnership,
    payee as organisation,
    payee_role,
    received_on as happened_on,
    left_out,
    -- both may hold of one invoice; concat_ws skips what is null
    nullif(
        concat_ws(
            '; ',
            'receipt date taken from the ' || receipt_taken_from,
            case
                when paid_on is null and outcome_recorded is null
                    then 'unpaid, and the records do not say whether it still waits or was rejected or withdrawn: '
                        || 'any that were make the wait look longer than it is'
            end
        ),
        ''
    ) as caution,
    pounds,
    coalesce(paid_on, $as_of) - received_on as days,
    paid_on is not null as observed,
    null::integer as entered,
from invoice
"""

INDICATOR = Indicator(
    id="time_to_payment",
    name="Time to payment",
    question="How long do partners wait to be paid?",
    unit=Unit.DAYS,
    better=Better.LOWER,
    estimator=survival(),
    facts=FACTS,
    splits=(
        "partnership",
        "organisation",
        "kind",
        "theme",
        "payee_role",
        "place",
        "month",
        "quarter",
        "academic_year",
        "financial_year",
        "calendar_year",
    ),
    counts="invoices",
    what=(
        "Days from the day the university first received an invoice to the day it was paid, "
        "counted as the reporting regulations count them. Half of invoices are paid by then. "
        "Invoices still unpaid on the as-of date count for as long as they have waited so far."
    ),
    why=(
        "A small organisation lives on its cash. Counting only paid invoices hides the ones that "
        "wait longest."
    ),
    not_to_be_read_as=(
        "The legal 'average time to pay', which is a mean over paid invoices and stands beside "
        "it. Grants run from their due date and are shown apart, as are payments made before "
        "receipt and credit notes."
    ),
    source=(
        "Kaplan and Meier 1958; day counting: Reporting on Payment Practices and Performance "
        "Regulations 2017 (SI 2017/395), schedule, paragraph 14"
    ),
    checked_on=date(2026, 11, 22),
    period_by="received",
    target=Target("time_to_payment_days"),
    partner_filter={"payee_role": "partner"},
    others_filter={"payee_role": "other supplier"},
)
