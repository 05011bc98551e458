"""How many organisations the university works with, each once."""

from datetime import date

from civic_metrics.estimators.recorded import distinct
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per member of a partnership, and one per partnership that names none
select
    partnership.partnership,
    organisation.organisation,
    membership.joined_on as happened_on,
    case
        when membership.organisation is null then 'partnership that names no partner'
        when partnership.ended_on is not null then 'the partnership has ended'
        when membership.left_on is not null then 'has left the partnership'
        when organisation.is_individual then 'a person, not an organisation'
    end as left_out,
    null as caution,
    null as pounds,
    membership.organisation as value,
from partnership
left join (
    select membership.*
    from membership
    left join organisation on organisation.organisation = membership.organisation
    where not coalesce(organisation.is_home_university, false)
) as membership on membership.partnership = partnership.partnership
left join organisation on organisation.organisation = membership.organisation
"""

INDICATOR = Indicator(
    id="partner_mix",
    name="Partner organisations",
    question="Whom do we work with?",
    unit=Unit.NUMBER,
    better=Better.NEITHER,
    estimator=distinct(),
    facts=FACTS,
    splits=(
        "partnership",
        "kind",
        "size",
        "theme",
        "lead_unit",
        "home_university",
        "place",
        "region",
        "country",
        "deprivation_fifth",
    ),
    counts="memberships",
    what=(
        "Organisations that belong to a partnership on the day, each counted once however many "
        "partnerships it belongs to; the university itself and single people are left out. By "
        "theme or place an organisation counts once in each that its partnerships touch."
    ),
    why=(
        "Large institutions find each other easily. The mix shows whether small and community "
        "organisations are in the room."
    ),
    not_to_be_read_as=(
        "A share of the work, the money or the say: a partner on paper counts as much as one met "
        "every week."
    ),
    source="Count of members; asked for by Civic University Agreements and the toolkit",
    checked_on=date(2026, 11, 23),
    period_by=None,
)
