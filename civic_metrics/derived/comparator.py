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
        {period_sql(FINANCIAL_YEAR, "worked_on")} as financial_year,
        pay_basis,
        sum(hours) as hours,
        sum(paid_gbp) as paid_gbp,
        count(distinct coalesce(person_ref, 'organisation ' || coalesce(organisation, ''))) as people,
    from everybodys_contribution
    where role_group = 'staff' and paid_gbp > 0 and hours > 0 and activity is not null
    group by grouping sets (
        (partnership, activity, financial_year, pay_basis),
        (activity, financial_year, pay_basis)
    )
    having people >= {MINIMUM_PEOPLE}
"""

COMPARATOR = Derived(SQL, everybodys=("contribution",))
