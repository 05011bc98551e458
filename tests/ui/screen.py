"""The Upload and History pages used as a person does: files given, boxes ticked, cells typed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from tests.ui.reading import said_by


class Screen:
    """One person's page; what is typed into a table stays until the table is another one."""

    def __init__(self, shown: AppTest, page: str) -> None:
        self.shown = shown.switch_page(f"pages/{page}.py")
        self.typed: dict[str, str] = {}
        self.run()

    def run(self) -> Screen:
        """Lets the page answer."""
        tree = self.shown._tree
        states = tree.get_widget_states()
        here = {table.proto.id for table in self.shown.dataframe}
        for id, text in self.typed.items():
            if id in here:
                states.widgets.append(WidgetState(id=id, string_value=text))
        tree.get_widget_states = lambda: states
        self.shown = self.shown.run()
        assert not self.shown.exception, self.shown.exception[0].value
        return self

    def give(self, name: str, content: bytes) -> Screen:
        """Chooses a file."""
        self.shown.file_uploader[0].upload(name, content)
        return self.run()

    def tick(self, label: str) -> Screen:
        """Ticks the box whose label begins so."""
        _labelled(self.shown.checkbox, label).check()
        return self.run()

    def pick(self, label: str, *options: Any) -> Screen:
        """Chooses in the picker whose label begins so: several options where it takes several."""
        for kind in ("selectbox", "radio", "multiselect"):
            found = [one for one in self.shown.get(kind) if one.label.startswith(label)]
            if found:
                found[0].set_value(list(options) if kind == "multiselect" else options[0])
                return self.run()
        raise AssertionError(f"no picker {label!r} in {said_by(self.shown)}")

    def write(self, label: str, value: Any) -> Screen:
        """Writes into the field of that label."""
        for kind in ("text_input", "date_input"):
            found = [one for one in self.shown.get(kind) if one.label.startswith(label)]
            if found:
                found[0].set_value(value)
                return self.run()
        raise AssertionError(f"no field {label!r} in {said_by(self.shown)}")

    def type_into(self, table: str, cells: Mapping[int, Mapping[str, str]]) -> Screen:
        """Types into cells by row, from 0, and heading; a form takes them when it is submitted."""
        found = next(one for one in self.shown.dataframe if table in one.proto.alt)
        edited = {str(row): dict(columns) for row, columns in cells.items()}
        self.typed[found.proto.id] = json.dumps(
            {"edited_rows": edited, "added_rows": [], "deleted_rows": []}
        )
        return self if found.proto.form_id else self.run()

    def press(self, label: str) -> Screen:
        """Presses the button whose label begins so."""
        _labelled(self.shown.button, label).click()
        return self.run()

    def can_press(self, label: str) -> bool:
        """Whether such a button is there and may be pressed."""
        found = [one for one in self.shown.button if one.label.startswith(label)]
        return bool(found) and not found[0].disabled

    def counts(self) -> dict[str, int]:
        """What would become of the rows of the first table, by what is counted."""
        return {one.label: int(one.value.replace(",", "")) for one in self.shown.metric[:6]}

    def table(self, called: str) -> pd.DataFrame:
        """The table of that name."""
        found = [one for one in self.shown.dataframe if called in one.proto.alt]
        assert found, f"no table {called!r} among {[t.proto.alt for t in self.shown.dataframe]}"
        return found[0].value

    @property
    def said(self) -> str:
        """Everything on the page."""
        return said_by(self.shown)


def _labelled(widgets: Any, label: str) -> Any:
    found = [one for one in widgets if one.label.startswith(label)]
    assert found, f"nothing called {label!r} among {[one.label for one in widgets]}"
    return found[0]
