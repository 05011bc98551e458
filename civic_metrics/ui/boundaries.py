"""True shapes of places: GeoJSON files that somebody put into data/reference/boundaries."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from civic_metrics.charts.boundary_map import NotBoundaries, Shape, shapes_of

FOLDER = Path(__file__).parents[2] / "data" / "reference" / "boundaries"
ENDINGS = (".geojson", ".json")
# Full-resolution outlines of every district are larger, and no screen shows what they add.
MOST_BYTES = 60_000_000
TOO_LARGE = "it is larger than 60 MB: take the generalised edition, which the ONS calls BUC or BSC"


def shapes(codes: Iterable[str]) -> tuple[tuple[Shape, ...], tuple[str, ...]]:
    """The shapes of those places, and what is wrong with files that could not be read.

    Both are empty where no file is there. The first file that has a place gives its shape.
    """
    found: dict[str, Shape] = {}
    wrong = []
    wanted = tuple(sorted(set(codes)))
    for file in _files():
        try:
            stat = file.stat()
            for shape in _read(str(file), stat.st_mtime_ns, stat.st_size, wanted):
                found.setdefault(shape.code, shape)
        except (OSError, UnicodeDecodeError, json.JSONDecodeError):
            wrong.append(f"{file.name} cannot be drawn: it cannot be read as GeoJSON")
        except NotBoundaries as error:
            wrong.append(f"{file.name} cannot be drawn: {error}")
    return tuple(found.values()), tuple(wrong)


def _files() -> list[Path]:
    if not FOLDER.is_dir():
        return []
    return sorted(file for file in FOLDER.iterdir() if file.suffix.lower() in ENDINGS)


@st.cache_resource(max_entries=16, ttl=3600, show_spinner=False)
def _read(path: str, changed: int, size: int, codes: tuple[str, ...]) -> tuple[Shape, ...]:
    """The shapes in a file as it stands; public outlines, the same for every viewer."""
    if size > MOST_BYTES:
        raise NotBoundaries(TOO_LARGE)
    try:
        return shapes_of(json.loads(Path(path).read_text("utf-8-sig")), codes)
    except (TypeError, IndexError, AttributeError):
        raise NotBoundaries("its areas are not lists of points") from None
