"""The share of partnerships whose partners knew from the start how they would be paid."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per partnership
with
    dated as (
        select
            *,
            -- begun "in March" is begun by the end of March
            case started_on_precision
                when 'month' then last_day(started_on)
                when 'year' then make_date(year(started_on), 12, 31)
                else started_on
            end as last_on,
        from partnership
    )
select
    partnership,
    lead_organisation as organisation,
    started_on as happened_on,
    case
        when started_on is null then 'no start date'
        when not exists (select 1 from partnership where payment_terms_told_on is not null)
            then 'the records never say when partners were told'
    end as left_out,
    nullif(
        concat_ws(
            '; ',
            case
                when payment_terms_told_on is null then 'no day on record on which they were told'
                when payment_terms_told_on > last_on then 'told after it had begun'
            end,
            case
                when started_on_precision <> 'day'
                    then 'begun in a month or year, counted to the end of it'
            end
        ),
        ''
    ) as caution,
    null as pounds,
    coalesce(payment_terms_told_on <= last_on, false) as hit,
from dated
"""

INDICATOR = Indicator(
    id="payment_terms_told_share",
    name="Told up front how they are paid",
    question="In what share of partnerships were partners told by the start how they are paid?",
    unit=Unit.SHARE,
    better=Better.HIGHER,
    estimator=share(),
    facts=FACTS,
    splits=(
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
        "academic_year",
        "financial_year",
        "calendar_year",
    ),
    counts="partnerships",
    what=(
        "Partnerships whose partners were told how and when they would be paid on or before the "
        "day the partnership began, as a share of all that have begun. Those told later and those "
        "with no such day on record are counted apart beside the figure."
    ),
    why=(
        "A small organisation that does not know when money comes cannot say yes with open eyes. "
        "Being told costs nothing."
    ),
    not_to_be_read_as=(
        "That what was told was kept: time to payment says that. A talk that nobody recorded "
        "counts as not told. A partnership begun in a month or year counts as told in time up to "
        "the end of it."
    ),
    source=(
        "Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025), "
        "principle 7"
    ),
    checked_on=date(2026, 11, 23),
    period_by="started",
    through_membership=True,
)
