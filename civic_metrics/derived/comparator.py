"""What the university pays its own people, in cells of at least three of them."""

from civic_metrics.derived.model import Derived
from civic_metrics.periods import FINANCIAL_YEAR, period_sql

# Below this many people a cell would tell what a colleague earns (DESIGN.md, Scope).
MINIMUM_PEOPLE = 3

SQL = f"""
    -- one row per cell of the university's own paid time, by partnership and over all of them
    select
        partnership,
        activity,
        financial_year,
        pay_basis,
        sum(person_hours) as hours,
        sum(person_paid_gbp) as paid_gbp,
        count(*) as people,
        -- standard error of paid_gbp / hours, people as clusters (Cochran 1977, section 6.3)
        sqrt(
            people / (people - 1)
            * greatest(
                0,
                sum(person_paid_gbp::double * person_paid_gbp::double)
                - 2 * (paid_gbp / hours) * sum(person_paid_gbp::double * person_hours)
                + (paid_gbp / hours) * (paid_gbp / hours) * sum(person_hours * person_hours)
            )
        ) / hours as rate_error_gbp,
    from (
        select
            partnership,
            activity,
            {period_sql(FINANCIAL_YEAR, "worked_on")} as financial_year,
            pay_basis,
            coalesce(person_ref, 'organisation ' || coalesce(organisation, '')) as person,
            grouping(partnership) as is_whole,
            sum(hours) as person_hours,
            sum(paid_gbp) as person_paid_gbp,
        from everybodys_contribution
        where role_group = 'staff' and paid_gbp > 0 and hours > 0 and activity is not null
        group by grouping sets (
            (partnership, activity, financial_year, pay_basis, person),
            (activity, financial_year, pay_basis, person)
        )
    ) as by_person
    group by is_whole, partnership, activity, financial_year, pay_basis
    having count(*) >= {MINIMUM_PEOPLE}
"""

COMPARATOR = Derived(SQL, everybodys=("contribution",))
