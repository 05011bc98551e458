"""Which of the claims of a sheet's headings are taken, which a person must choose between and
which are only offered: the surest first, each of our columns once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from civic_metrics.contracts import Contract
from civic_metrics.intake.matching.claims import (
    ALIAS,
    NAMED_SO,
    ROWS_FOR_NO_VARIATION,
    SIMILAR,
    VALUES,
    Claim,
    Sureness,
    claims_of,
    no_variation,
)
from civic_metrics.intake.matching.likeness import Agreement, Looks
from civic_metrics.intake.matching.resemblance import SAME
from civic_metrics.intake.naming import fold_heading
from civic_metrics.intake.sheet import Sheet

# A file may bring some columns of what these hold already, so only their key is asked for.
REGISTERS = ("organisation", "partnership", "place")
# Rules that need one of several columns, and which.
ONE_OF = {"received_or_paid": ("received_on", "paid_on")}
# At most so many columns are offered for one heading.
_OFFERED = 3

COMPETES, IGNORED = "competes", "ignored"


@dataclass(frozen=True)
class Match:
    """What one heading was taken for, how that was known, how sure it is and why; no column
    where left out. `offered` are columns it could be, best first."""

    column: str | None
    header: str
    how: str
    sureness: Sureness | None = None
    reason: str = ""
    offered: tuple[str, ...] = ()


class Deciding:
    """What has been decided of a sheet so far."""

    def __init__(
        self,
        sheet: Sheet,
        contract: Contract,
        looks: Looks,
        settled: Iterable[str] = (),
        rows_for_no_variation: int = ROWS_FOR_NO_VARIATION,
    ) -> None:
        self.sheet, self.contract, self.looks = sheet, contract, looks
        self.settled = set(settled)  # our columns that are filled, or wait for a choice
        self.matches: dict[str, Match] = {}
        self.competing: dict[str, tuple[str, ...]] = {}
        self.refused: dict[str, str] = {}
        self._rows = rows_for_no_variation

    def take_given(self, header: str, name: str | None, how: str, said: str) -> None:
        """What a person says of a heading, now or before, unless it cannot be."""
        if name is None:
            self.matches[header] = Match(None, header, IGNORED, None, f"left out: {said}")
            return
        column, look = self.contract.column(name), self.looks[header]
        barred = no_variation(self.sheet, header, column, look, self._rows)
        if barred:
            self.refused[header] = barred
            self.matches[header] = Match(None, header, IGNORED, None, "the same for every row")
        else:
            self.settled.add(name)
            reason = f"{look.in_words}; {said}"
            self.matches[header] = Match(name, header, how, Sureness.SURE, reason)

    def take_claims(self, only: Collection[str] | None = None) -> None:
        """What the headings and values say of the rest; where `only` is given, nothing but
        those columns is taken, and the others are offered."""
        claims = claims_of(
            self.sheet,
            self.contract,
            self.looks,
            headers=[header for header in self.sheet.header if header not in self.matches],
            columns=[c for c in self.contract.columns if c.name not in self.settled],
            lacking=self._lacking(),
            rows_for_no_variation=self._rows,
        )
        free = [claim for claim in claims if not claim.barred]
        able = [claim for claim in free if only is None or claim.column.name in only]
        for how in (NAMED_SO, ALIAS):
            for name, of_one in _by_column(self._open(able, how)).items():
                best = self._without_lesser(name, _filled(of_one))
                self._settle(name, [*best, *self._rivals(name, of_one, able)])
        # likeness alone fills no column of names but a needed one: it would add what is not ours
        likely = [
            claim
            for claim in self._open(able, SIMILAR)
            if claim.sureness is Sureness.LIKELY
            and (claim.column.required or not claim.column.reference)
        ]
        for name, of_one in _by_column(_best_of_each_heading(likely)).items():
            best = max(claim.score for claim in of_one)
            self._settle(name, [c for c in of_one if best - c.score <= SAME])
        for claim in claims:
            if claim.is_refused and claim.header not in self.matches:
                self.refused.setdefault(claim.header, claim.barred)
        self._leave(free)

    def _without_lesser(self, name: str, claims: list[Claim]) -> list[Claim]:
        """The claims but for headings that count only where there is no better: a supplier's
        number beside the supplier's name."""
        lesser = {fold_heading(one) for one in self.contract.column(name).fallbacks}
        own = self.sheet.own
        folded = {c.header: fold_heading(own.get(c.header, c.header)) for c in claims}
        return [claim for claim in claims if folded[claim.header] not in lesser] or claims

    def _lacking(self) -> list[str]:
        """The columns that the table cannot do without and that nothing fills yet."""
        wanted = needed_columns(self.contract)
        for rule in self.contract.rules:
            either = ONE_OF.get(rule, ())
            wanted += either if self.settled.isdisjoint(either) else ()
        return [name for name in wanted if name not in self.settled]

    def _open(self, claims: Iterable[Claim], how: str) -> list[Claim]:
        return [
            claim
            for claim in claims
            if claim.how == how
            and claim.header not in self.matches
            and claim.column.name not in self.settled
        ]

    def _rivals(self, name: str, taken: list[Claim], claims: list[Claim]) -> list[Claim]:
        """Headings that say all but the same as another name for the column, with values as
        good: which of them it is only a person can say."""
        if taken[0].how != ALIAS or taken[0].agreement is not Agreement.AGREES:
            return []
        return [
            claim
            for claim in self._open(claims, SIMILAR)
            if claim.column.name == name
            and claim.score >= 100 - SAME
            and claim.agreement is Agreement.AGREES
        ]

    def _settle(self, name: str, claims: list[Claim]) -> None:
        """Takes the one claim, or leaves several for a person to choose between."""
        self.settled.add(name)
        if len(claims) == 1:
            [c] = claims
            self.matches[c.header] = Match(name, c.header, c.how, c.sureness, c.reason)
            return
        self.competing[name] = tuple(claim.header for claim in claims)
        for c in claims:
            self.matches[c.header] = Match(
                None, c.header, COMPETES, Sureness.POSSIBLE, c.reason, (name,)
            )

    def _leave(self, claims: Iterable[Claim]) -> None:
        """The headings that are not taken, each with what it could be."""
        lacking = self._lacking()
        could_be = [
            claim
            for claim in sorted(claims, key=lambda claim: -claim.score)
            if claim.column.name not in self.settled
            and (claim.how != VALUES or claim.column.name in lacking)
        ]
        for header in self.sheet.header:
            if header in self.matches:
                continue
            best = [claim for claim in could_be if claim.header == header]
            offered = tuple(claim.column.name for claim in best[:_OFFERED])
            sureness = Sureness.POSSIBLE if best else None
            reason = best[0].reason if best else "not one of our columns"
            reason = self.refused.get(header, reason)
            self.matches[header] = Match(None, header, IGNORED, sureness, reason, offered)


def needed_columns(contract: Contract) -> tuple[str, ...]:
    """The columns without which no row of the table can load."""
    return tuple(
        column.name
        for column in contract.columns
        if column.required and (column.name in contract.key or contract.name not in REGISTERS)
    )


def _by_column(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """The claims on each column; a heading makes its first only."""
    found: dict[str, list[Claim]] = {}
    met: set[str] = set()
    for claim in claims:
        if claim.header not in met:
            found.setdefault(claim.column.name, []).append(claim)
            met.add(claim.header)
    return found


def _filled(claims: list[Claim]) -> list[Claim]:
    """Those with values, where any has: an empty column is nobody's rival."""
    filled = [claim for claim in claims if not claim.is_empty]
    return filled or claims


def _best_of_each_heading(claims: list[Claim]) -> list[Claim]:
    """The claim of each heading on the column it is most like; none where two are as like."""
    best = []
    for header in dict.fromkeys(claim.header for claim in claims):
        first, *others = sorted(
            (claim for claim in claims if claim.header == header), key=lambda c: -c.score
        )
        if not others or first.score - others[0].score > SAME:
            best.append(first)
    return best
