"""Debts under the Late Payment of Commercial Debts (Interest) Act 1998, with what they have earned.

Indicative: the Act holds between businesses for the price of goods or services, so only payments
recorded as supply are counted, and only where the debt with its VAT is known.
"""

from civic_metrics.derived.model import Derived

# Section 4: the 30 days begin with the later of receipt and performance, so the last of them is
# that day + 29. An agreed day goes before it, except that a public authority may not agree to a
# later one (4(2D)): whether a university is one is not settled, so both are here.
# Section 5A: the fixed sum of a debt under £1,000, under £10,000, and above.
# SI 2002/1675, article 4: the rate is fixed by the day interest starts, the day after the relevant
# day, as Bank Rate stood on the 31 December or 30 June before it.
# Interest is whole pence, halves up, in whole numbers throughout: pence × rate in ten-thousandths
# of a percent × days, over 365 days × 100 percent × 10,000.
SQL = """
    -- one row per invoice due by the as-of date (twice: the payer no public authority, and one)
    with
        dated as (
            select
                invoice.*,
                payer.is_public,
                case
                    when received_on is not null
                        then greatest(received_on, last_worked_on) + 29
                end as last_of_30_days,
            from invoice
            cross join (values (false), (true)) as payer(is_public)
        ),
        due as (
            select
                *,
                case
                    when due_on is null then last_of_30_days
                    when is_public then least(due_on, last_of_30_days)
                    else due_on
                end as relevant_on,
            from dated
        ),
        late as (
            select
                *,
                greatest(coalesce(paid_on, $as_of) - relevant_on, 0) as days_late,
                case
                    when month(relevant_on + 1) <= 6
                        then make_date(year(relevant_on + 1) - 1, 12, 31)
                    else make_date(year(relevant_on + 1), 6, 30)
                end as ref_date,
            from due
            where relevant_on is null or relevant_on <= $as_of
        ),
        told as (
            select
                late.* exclude (left_out),
                bank_rate.statutory_rate,
                case
                    when set_apart is not null then set_apart
                    when kind is null then 'kind of payment not stated'
                    when kind <> 'supply' then 'not for goods or services supplied'
                    when relevant_on is null then 'no receipt or due date'
                    when pounds is null then 'not in pounds'
                    when debt_pounds is null then 'VAT not known'
                end as left_out,
                nullif(
                    concat_ws(
                        '; ',
                        case
                            when days_late > 0
                                then outcome_doubt || ': any that were are not owed'
                        end,
                        case
                            when days_late > 0 and is_disputed
                                then 'disputed, and interest may not run on what is rightly disputed'
                        end,
                        case
                            when days_late > 0 and is_paid_in_parts
                                then 'paid in parts, and counted whole until the last was paid'
                        end
                    ),
                    ''
                ) as caution,
            from late
            left join bank_rate on bank_rate.ref_date = late.ref_date
        )
    select
        partnership,
        payee as organisation,
        payee_role,
        is_public,
        relevant_on,
        coalesce(relevant_on, paid_on) as happened_on,
        days_late,
        statutory_rate,
        left_out,
        caution,
        debt_pounds as pounds,
        case
            when days_late = 0 or debt_pounds <= 0 then 0
            else (
                2 * (debt_pounds * 100)::hugeint * round(statutory_rate * 10000)::hugeint * days_late
                + 365000000
            ) // 730000000
        end::decimal(18, 0) * 0.01::decimal(3, 2) as interest_gbp,
        case
            when days_late = 0 or debt_pounds <= 0 then 0
            when debt_pounds < 1000 then 40
            when debt_pounds < 10000 then 70
            else 100
        end as fixed_sum_gbp,
    from told
"""

DEBT = Derived(SQL, needs=("bank_rate", "invoice"))
