"""What a name that scope offers beside the tables is made of. Imports nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Derived:
    """A SELECT that scope offers under a name, as if it were a table.

    `needs` are the tables and other derived names it reads, each as the viewer may see it, and it
    may name `$as_of`. `everybodys` are tables it reads whole, whoever is looking, under the name
    `everybodys_<table>`: what it gives must then be the same for every viewer and tell of nobody.
    `of_the_records` reads the ledger's own account of loads and of rows set aside (schema and
    all), which those alone see who see everything; for anybody else it has no rows.
    """

    sql: str
    needs: tuple[str, ...] = ()
    everybodys: tuple[str, ...] = ()
    of_the_records: bool = False
