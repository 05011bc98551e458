"""The ways a figure can be split or filtered: a closed list, each with its SQL.

A direct split is a column of the facts. A joined split looks its value up: its relation has
two columns, `key` (matched with a column of the facts) and `value`, each pair once, so that a
partnership counts once in each theme or place it touches.
"""

from __future__ import annotations

from dataclasses import dataclass

from civic_metrics.periods import (
    ACADEMIC_YEAR,
    CALENDAR_YEAR,
    FINANCIAL_YEAR,
    MONTH,
    QUARTER,
    period_sql,
)

PERIODS = (MONTH, QUARTER, ACADEMIC_YEAR, FINANCIAL_YEAR, CALENDAR_YEAR)
INDIVIDUALS = "individuals"


@dataclass(frozen=True)
class Split:
    """One way to split. `missing` is what rows without a value are called."""

    name: str
    label: str
    missing: str
    column: str
    relation: str | None = None
    tables: tuple[str, ...] = ()
    names_from: str | None = None
    # A row may be in several groups, which then do not add up to the whole.
    overlaps: bool = False


def _direct(name: str, label: str, missing: str = "not stated") -> Split:
    return Split(name, label, missing, name)


_ORGANISATION = f"""
    select organisation as key,
        case when is_individual then '{INDIVIDUALS}' else organisation end as value,
    from organisation
"""
_MEMBER = f"""
    select distinct membership.partnership as key,
        case
            when organisation.is_individual then '{INDIVIDUALS}' else organisation.organisation
        end as value,
    from membership
    join organisation on organisation.organisation = membership.organisation
    where not coalesce(organisation.is_home_university, false)
"""
_MEMBER_KIND = """
    select distinct membership.partnership as key, organisation.kind as value,
    from membership
    join organisation on organisation.organisation = membership.organisation
    where not coalesce(organisation.is_home_university, false) and organisation.kind is not null
"""
_MEMBER_SIZE = """
    select distinct membership.partnership as key, organisation.size_band as value,
    from membership
    join organisation on organisation.organisation = membership.organisation
    where not coalesce(organisation.is_home_university, false)
        and organisation.size_band is not null
"""
# By name of its own: a partner sees no organisation but itself, and the university is not secret.
_HOME_UNIVERSITY = """
    select distinct membership.partnership as key, home_university.organisation as value,
    from membership
    join home_university on home_university.organisation = membership.organisation
"""

# A place that the records cannot follow upwards is said, never dropped.
_WITHIN = """
    select distinct footprint.partnership as key,
        coalesce(place_within.{column}, '{unknown}') as value,
    from footprint
    left join place_within on place_within.place_code = footprint.place
"""


def _within(name: str, label: str, unknown: str) -> Split:
    """By what a partnership's places lie in: it counts once in each that it touches."""
    return Split(
        name,
        label,
        "no place recorded",
        "partnership",
        _WITHIN.format(column=name, unknown=unknown),
        ("footprint", "place_within"),
        overlaps=True,
    )


SPLITS = {
    split.name: split
    for split in (
        Split(
            "partnership",
            "Partnership",
            "no partnership recorded",
            "partnership",
            names_from="partnership",
        ),
        Split(
            "organisation",
            "Organisation",
            "no organisation recorded",
            "organisation",
            _ORGANISATION,
            ("organisation",),
            names_from="organisation",
        ),
        Split(
            "kind",
            "Kind of organisation",
            "kind not stated",
            "organisation",
            "select organisation as key, kind as value from organisation",
            ("organisation",),
        ),
        Split(
            "size",
            "Size of organisation",
            "size not stated",
            "organisation",
            "select organisation as key, size_band as value from organisation",
            ("organisation",),
        ),
        Split(
            "lead_unit",
            "Lead unit",
            "no lead unit recorded",
            "partnership",
            "select partnership as key, lead_unit as value from partnership",
            ("partnership",),
        ),
        Split(
            "home_university",
            "University",
            "no university recorded",
            "partnership",
            _HOME_UNIVERSITY,
            ("membership", "home_university"),
            overlaps=True,
            names_from="organisation",
        ),
        Split(
            "theme",
            "Theme",
            "no theme recorded",
            "partnership",
            "select distinct partnership as key, theme as value from partnership_theme",
            ("partnership_theme",),
            overlaps=True,
        ),
        Split(
            "place",
            "Place",
            "no place recorded",
            "partnership",
            "select distinct partnership as key, place as value from footprint",
            ("footprint",),
            overlaps=True,
            names_from="place",
        ),
        _within("region", "Region", "region not known"),
        _within("country", "Country", "country not known"),
        _within("deprivation_fifth", "Fifth of deprivation", "deprivation not known"),
        _direct("payee_role", "Who was paid", "not known"),
        _direct("role_group", "Whose time"),
        _direct("activity", "Activity"),
        _direct("pay_basis", "Basis of pay"),
        _direct("phase", "Before or after the award"),
        _direct("unpaid_because", "Why it was unpaid"),
        _direct("payment_kind", "Kind of payment"),
        _direct("return_reason", "Why it was returned"),
        _direct("end_reason", "Why it ended"),
        _direct("principle", "Principle"),
        _direct("side", "Whose view"),
        _direct("framework", "Framework"),
        _direct("status", "Where it stands", "nobody has said"),
        _direct("heading", "Heading of the return"),
        _direct("measure", "Measure"),
        Split("table", "Table", "not stated", '"table"'),
        *(
            Split(
                period,
                period.replace("_", " ").capitalize(),
                "no date recorded",
                period_sql(period, "happened_on"),
            )
            for period in PERIODS
        ),
    )
}

# For figures about partnerships, organisations are those that belong to them.
THROUGH_MEMBERSHIP = {
    "organisation": Split(
        "organisation",
        "Organisation",
        "no member recorded",
        "partnership",
        _MEMBER,
        ("membership", "organisation"),
        overlaps=True,
        names_from="organisation",
    ),
    "kind": Split(
        "kind",
        "Kind of organisation",
        "no member's kind stated",
        "partnership",
        _MEMBER_KIND,
        ("membership", "organisation"),
        overlaps=True,
    ),
    "size": Split(
        "size",
        "Size of organisation",
        "no member's size stated",
        "partnership",
        _MEMBER_SIZE,
        ("membership", "organisation"),
        overlaps=True,
    ),
}


# Where the facts have a place of their own (`place`, null: none recorded), it is that which counts.
_OWN_WITHIN = """
    select place_code as key, coalesce({column}, '{unknown}') as value from place_within
"""


def _own_within(name: str, label: str, unknown: str) -> Split:
    return Split(
        name,
        label,
        "no place recorded",
        "place",
        _OWN_WITHIN.format(column=name, unknown=unknown),
        ("place_within",),
    )


OWN_PLACE = {
    split.name: split
    for split in (
        Split("place", "Place", "no place recorded", "place", names_from="place"),
        _own_within("region", "Region", "region not known"),
        _own_within("country", "Country", "country not known"),
        _own_within("deprivation_fifth", "Fifth of deprivation", "deprivation not known"),
    )
}


def split_of(name: str, *, through_membership: bool, has_own_place: bool = False) -> Split:
    """The split of that name, for facts about rows or about whole partnerships.

    `has_own_place` facts carry the place of each row, so that places come from there.
    """
    if has_own_place and name in OWN_PLACE:
        return OWN_PLACE[name]
    if through_membership and name in THROUGH_MEMBERSHIP:
        return THROUGH_MEMBERSHIP[name]
    return SPLITS[name]
