"""The share of what is said to matter most that gets the most money, or the most time."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.model import Better, Indicator, Unit, Variant

TOP = 3  # how many of a ranking are its top
FEWEST = 2 * TOP  # ranked at least, so that chance alone puts no more than half at the top

FACTS = f"""
-- one row per subject among the first three of a ranking
with
    ranked as (
        select
            *,
            max(stated_on) over side_of as latest_on,
            count(stated_rank) over ranking as subjects,
            count(stated_rank) filter (where {{share}} is not null) over ranking as told,
            case
                when stated_rank is not null
                    then rank() over (
                        partition by partnership, side, organisation, stated_on,
                            stated_rank is not null
                        order by {{share}} desc nulls last
                    )
            end as rank_given,
        from value_priority
        window
            side_of as (partition by partnership, side, organisation),
            ranking as (partition by partnership, side, organisation, stated_on)
    )
select
    ranked.partnership,
    coalesce(ranked.organisation, lead_organisation) as organisation,
    stated_on as happened_on,
    side,
    case
        when stated_on < latest_on then 'ranked anew since'
        when subjects < {FEWEST} then 'fewer than {FEWEST} subjects were ranked'
        when told < subjects then 'what some of the subjects ranked get is not recorded'
    end as left_out,
    null as caution,
    null as pounds,
    rank_given <= {TOP} as hit,
from ranked
left join partnership on partnership.partnership = ranked.partnership
where stated_rank <= {TOP}
"""

INDICATOR = Indicator(
    id="priority_alignment",
    name="Priorities that get the money",
    question="Does what is said to matter most get the most money and time?",
    unit=Unit.SHARE,
    better=Better.HIGHER,
    estimator=share(),
    facts=FACTS.format(share="budget_share"),
    splits=(
        "side",
        "partnership",
        "theme",
        "lead_unit",
        "home_university",
        "place",
        "region",
        "country",
        "deprivation_fifth",
    ),
    counts="top priorities",
    what=(
        "Of the three subjects a side ranked first, the share that are also among the three with "
        "the largest parts of the budget, in the latest ranking of each side of a partnership. "
        "Beside it the same by time. Subjects with equal parts share their place."
    ),
    why="A budget says what is valued. The toolkit asks whether yours says what you say.",
    not_to_be_read_as=(
        "A measure that begins at nought: with six subjects ranked, half would agree by chance "
        "alone, so rankings of fewer than six are left out and counted. Some things that matter "
        "most cost little. It does not say how far apart rank and budget lie: a rank correlation "
        "within one partnership rests on six or seven subjects, too few to show."
    ),
    source=(
        "Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025), "
        "exercise 2. That the first three are compared, of six or more, is our own choice"
    ),
    checked_on=date(2026, 11, 23),
    period_by=None,
    variants=(Variant("By time instead of budget", FACTS.format(share="time_share")),),
)
