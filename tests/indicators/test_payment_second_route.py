"""Every payment figure by every split on random small ledgers, counted a second way."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civic_metrics.compute import figure
from civic_metrics.indicators import BY_SUBJECT
from civic_metrics.ledger import open_ledger
from tests.indicators.payment import recount
from tests.rows import load_rows

AS_OF = date(2024, 3, 31)
NO_WORK = {"no day of work recorded": lambda one: one["worked_on"] is None}
NO_DATE = {"no date on the invoice recorded": lambda one: one["invoiced_on"] is None}


def _before(end, start):
    return lambda one: one[end] is not None and one[start] is not None and one[end] < one[start]


STAGES = {
    "days_work_to_paid": recount.stage(
        "worked_on",
        "paid_on",
        NO_WORK
        | {"paid before the work": lambda one: (one["paid_on"] or AS_OF) < one["worked_on"]},
        is_open=True,
    ),
    "days_work_to_invoice": recount.stage(
        "worked_on",
        "invoiced_on",
        NO_WORK | NO_DATE | {"invoiced before the work": _before("invoiced_on", "worked_on")},
        is_open=False,
    ),
    "days_invoice_to_received": recount.stage(
        "invoiced_on",
        "received_on",
        NO_DATE | {"received before the date on it": _before("received_on", "invoiced_on")},
        is_open=False,
    ),
    "days_received_to_approved": recount.stage(
        "received_on",
        "approved_on",
        {
            "paid with no day of approval recorded": lambda one: (
                one["paid_on"] and not one["approved_on"]
            ),
            "approved before it was received": _before("approved_on", "received_on"),
        },
        is_open=True,
    ),
    "days_approved_to_paid": recount.stage(
        "approved_on",
        "paid_on",
        {
            "no day of approval recorded": lambda one: one["approved_on"] is None,
            "paid before it was approved": _before("paid_on", "approved_on"),
        },
        is_open=True,
    ),
}


def _back_to_paid(one, as_of):
    faults = {"paid before it was sent back": _before("paid_on", "returned_on")}
    stage = recount.stage("returned_on", "paid_on", faults, is_open=True)
    return stage(one, as_of) if one["returned_on"] else None


def _sent_back(one, as_of):
    return recount.sent_back(lambda one: 1)(one, as_of) if one["returned_on"] else None


def _days(first, last):
    return recount.paid(lambda one, days: days is not None and first <= days <= last)


ALL_DAYS = recount.paid(lambda one, days: days)
EVER = 10**6
# Figure -> its population, then how it is concluded.
RECOUNTED = {
    "time_to_payment": (recount.waits, recount.gone_by(0.5)),
    "time_to_payment_quarter": (recount.waits, recount.gone_by(0.25)),
    "time_to_payment_three_quarters": (recount.waits, recount.gone_by(0.75)),
    "still_unpaid_at_30_days": (recount.waits, recount.open_at(30)),
    "still_unpaid_at_60_days": (recount.waits, recount.open_at(60)),
    "still_unpaid_at_90_days": (recount.waits, recount.open_at(90)),
    "overdue_now": (recount.overdue(in_pounds=False), recount.total),
    "overdue_pounds": (recount.overdue(in_pounds=True), recount.total),
    "average_days_to_pay": (ALL_DAYS, recount.mean),
    "median_days_to_pay": (ALL_DAYS, recount.middle),
    "paid_within_30_days": (_days(-EVER, 30), recount.share),
    "paid_31_to_60_days": (_days(31, 60), recount.share),
    "paid_after_60_days": (_days(61, EVER), recount.share),
    "paid_within_60_days": (_days(-EVER, 60), recount.share),
    "small_paid_within_30_days": (recount.small, recount.share),
    "paid_within_30_days_by_value": (recount.by_value(-EVER, 30), recount.ratio),
    "paid_31_to_60_days_by_value": (recount.by_value(31, 60), recount.ratio),
    "paid_after_60_days_by_value": (recount.by_value(61, EVER), recount.ratio),
    "paid_in_advance_share": (recount.in_advance, recount.share),
    "late_share": (recount.due(lambda one, late: late), recount.share),
    "late_because_disputed_share": (
        recount.due(lambda one, late: late and one["is_disputed"]),
        recount.share,
    ),
    "statutory_interest": (recount.debts(fixed=False), recount.total),
    "fixed_sums": (recount.debts(fixed=True), recount.total),
    **{name: (stage, recount.gone_by(0.5)) for name, stage in STAGES.items()},
    "days_work_to_invoice": (STAGES["days_work_to_invoice"], recount.middle),
    "days_invoice_to_received": (STAGES["days_invoice_to_received"], recount.middle),
    "days_returned_to_paid": (_back_to_paid, recount.gone_by(0.5)),
    "returned_share": (
        recount.sent_back(lambda one: one["returned_on"] is not None),
        recount.share,
    ),
    "returned_invoices": (_sent_back, recount.total),
    "grant_days_from_due": (recount.grants, recount.gone_by(0.5)),
}

# The registers, and what they say of a payee or a partnership, by hand.
ORGANISATIONS = {
    "ashby": {"kind": "charity", "size_band": "micro"},
    "burton": {"kind": "school"},
    "carr": {"is_individual": True},
    "uni": {"kind": "university", "is_home_university": True},
}
PARTNERSHIPS = {"p": {"lead_unit": "Law"}, "q": {}}
THEMES = {"p": ["arts", "health"], "q": ["health"]}
FOOTPRINT = {"p": ["north town", "south town"], "q": ["south town"]}
PLACES = {
    "eng": {"level": "country"},
    "north": {"level": "region", "parent_code": "eng"},
    "south": {"level": "region", "parent_code": "eng"},
    "north town": {"level": "local_authority", "parent_code": "north", "deprivation_extent": 0.6},
    "south town": {"level": "local_authority", "parent_code": "south", "deprivation_extent": 0.2},
}
# Of two districts the more deprived is in the first fifth, the other in the third.
FIFTH = {"north town": "1", "south town": "3"}


def _of_partnership(values):
    return lambda one, day: values.get(one["partnership"]) or [None]


def _year(first_month):
    def year(one, day):
        if day is None:
            return [None]
        begins = day.year - (day.month < first_month)
        return [f"{begins}/{(begins + 1) % 100:02d}"]

    return year


GROUPS = {
    "partnership": lambda one, day: [one["partnership"]],
    "organisation": lambda one, day: ["individuals" if one["payee"] == "carr" else one["payee"]],
    "kind": lambda one, day: [ORGANISATIONS[one["payee"]].get("kind")],
    "size": lambda one, day: [ORGANISATIONS[one["payee"]].get("size_band")],
    "theme": _of_partnership(THEMES),
    "lead_unit": _of_partnership({"p": ["Law"]}),
    "home_university": _of_partnership({"p": ["uni"]}),
    "payee_role": lambda one, day: [one["payee_role"]],
    "payment_kind": lambda one, day: [one["kind"]],
    "return_reason": lambda one, day: [one["return_reason"]],
    "place": _of_partnership(FOOTPRINT),
    "region": _of_partnership(
        {who: [place.split()[0] for place in where] for who, where in FOOTPRINT.items()}
    ),
    "country": _of_partnership({who: ["eng"] for who in FOOTPRINT}),
    "deprivation_fifth": _of_partnership(
        {who: [FIFTH[place] for place in where] for who, where in FOOTPRINT.items()}
    ),
    "month": lambda one, day: [day and f"{day:%Y-%m}"],
    "quarter": lambda one, day: [day and f"{day.year} Q{(day.month + 2) // 3}"],
    "academic_year": _year(8),
    "financial_year": _year(4),
    "calendar_year": lambda one, day: [day and str(day.year)],
}


DAYS = st.integers(0, 130).map(lambda back: AS_OF + timedelta(10 - back))


@st.composite
def payments(draw):
    """One to twenty lines of few invoices, with everything that may go missing missing."""
    rows = []
    for number in range(draw(st.integers(1, 20))):
        received, paid = draw(
            st.tuples(st.none() | DAYS, st.none() | DAYS).filter(lambda pair: any(pair))
        )
        if received and paid and paid < received and draw(st.booleans()):
            received, paid = paid, received
        row = {
            "payee": draw(st.sampled_from(["ashby", "ashby", "burton", "carr"])),
            "invoice_ref": draw(st.sampled_from("123456789")),
            "line_ref": str(number),
            "partnership": draw(st.sampled_from(["p", "q", None])),
            "received_on": received,
            "paid_on": paid,
            "amount": Decimal(draw(st.sampled_from([-50, 20, 20, 999, 1000, 12000]))),
            "vat": draw(st.sampled_from([0, 0, 0, None])),
            "currency": draw(st.sampled_from(["GBP", "GBP", "GBP", "EUR"])),
            "kind": draw(st.sampled_from(["supply", "supply", "supply", "grant", "access", None])),
            "payee_role": draw(st.sampled_from(["partner", "other supplier", None])),
            "payee_is_small": draw(st.sampled_from([True, False, None])),
            "is_disputed": draw(st.sampled_from([True, False, None])),
            "outcome": draw(st.sampled_from(["open", None, None, "rejected"])),
            "credits": draw(st.sampled_from([None, None, None, None, "1", "2"])),
            "return_reason": draw(st.sampled_from(["no order number", "wrong address", None])),
        }
        for name in ("worked_on", "invoiced_on", "returned_on", "approved_on", "due_on"):
            row[name] = draw(st.none() | DAYS)
        rows.append(row)
    return rows


@pytest.fixture(scope="module")
def registered(tmp_path_factory):
    """A ledger with the registers and one half-year's rate, to which payments are added."""
    ledger = open_ledger(tmp_path_factory.mktemp("payments") / "test.duckdb")
    named = {"organisation": ORGANISATIONS, "partnership": PARTNERSHIPS, "place": PLACES}
    for table, rows in named.items():
        key = "place_code" if table == "place" else table
        load_rows(ledger, table, [{key: name, "name": name} | row for name, row in rows.items()])
    pairs = [{"partnership": who, "theme": theme} for who in THEMES for theme in THEMES[who]]
    load_rows(ledger, "partnership_theme", pairs)
    pairs = [{"partnership": who, "place": place} for who in FOOTPRINT for place in FOOTPRINT[who]]
    load_rows(ledger, "footprint", pairs)
    load_rows(ledger, "membership", [{"partnership": "p", "organisation": "uni", "role": "lead"}])
    rate = {"ref_date": date(2023, 12, 31), "bank_rate": 5.25, "statutory_rate": 13.25}
    rate |= {"applies_from": recount.RATE_FROM, "applies_to": recount.RATE_TO}
    load_rows(ledger, "bank_rate", [rate])
    yield ledger
    ledger.close()


def again(name, rows, split):
    """The figure a second way: key of the group -> (rows counted, value, left out by reason)."""
    population, conclude = RECOUNTED[name]
    values, left_out = defaultdict(list), defaultdict(Counter)
    for invoice in recount.invoices(rows, AS_OF):
        fact = population(invoice, AS_OF)
        if fact is None:
            continue
        for key in dict.fromkeys(GROUPS[split](invoice, fact["day"]) if split else [()]):
            if fact["out"]:
                left_out[key][fact["out"]] += 1
            else:
                values[key].append(fact["value"])
    keys = {*values, *left_out}
    if not split:
        keys = {()}
    return {key: (*conclude(values[key]), dict(left_out[key])) for key in keys}


def answered(ledger, lead, name, split):
    found = {}
    for row in figure(ledger, lead, name, by=[split] if split else [], as_of=AS_OF).rows:
        key = row.keys[0] if split else ()
        if split == "deprivation_fifth" and key:
            key = key[0]
        out = {line.reason: line.n for line in row.left_out}
        found[key] = (row.figure.n, row.figure.value, out)
    return found


def test_every_payment_figure_has_a_second_route():
    assert set(RECOUNTED) == set(BY_SUBJECT["Payment"])


@pytest.mark.parametrize("name", RECOUNTED)
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=payments(), data=st.data())
def test_a_figure_is_the_same_counted_a_second_way(registered, lead, name, rows, data):
    splits = BY_SUBJECT["Payment"][name].splits
    registered.cursor().execute("delete from ledger.payment")
    load_rows(registered, "payment", rows)
    split = data.draw(st.sampled_from((None, *splits)))
    expected = again(name, rows, split)
    assert answered(registered, lead, name, split) == {
        key: (n, pytest.approx(value) if value is not None else None, out)
        for key, (n, value, out) in expected.items()
    }


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=st.lists(st.integers(0, 70), min_size=1, max_size=12),
    which=st.integers(0, 11),
    later=st.integers(1, 40),
)
def test_with_all_paid_delaying_one_never_improves_the_wait_nor_the_share_within_30_days(
    registered, lead, days, which, later
):
    worse = list(days)
    worse[which % len(days)] += later

    def asked(waits):
        registered.cursor().execute("delete from ledger.payment")
        start = AS_OF - timedelta(120)
        rows = [
            {"payee": "ashby", "invoice_ref": str(number), "amount": 1}
            | {"received_on": start, "paid_on": start + timedelta(wait)}
            for number, wait in enumerate(waits)
        ]
        load_rows(registered, "payment", rows)
        names = ("still_unpaid_at_30_days", "time_to_payment")
        return [figure(registered, lead, name, as_of=AS_OF).only.figure.value for name in names]

    unpaid, wait = asked(days)
    unpaid_then, wait_then = asked(worse)
    assert unpaid_then >= unpaid
    assert wait_then >= wait
