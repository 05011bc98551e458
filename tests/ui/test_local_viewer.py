"""Somebody at this machine is a lead; everybody else is nobody."""

from __future__ import annotations

import pytest

from civic_metrics.access import FORWARDED, local_viewer
from civic_metrics.model import Role, Viewer

LEAD = Viewer(Role.LEAD)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8501",
        "LOCALHOST:8501",
        "127.0.0.1",
        "127.0.0.1:8501",
        "[::1]",
        "[::1]:8501",
    ],
)
def test_a_request_made_on_this_machine_is_a_leads(host):
    assert local_viewer({"Host": host}) == LEAD


@pytest.mark.parametrize(
    "host",
    [
        "",
        ":8501",
        "civic.example.ac.uk",
        "localhost.example.ac.uk:8501",
        "example.ac.uk:localhost",
        "127.0.0.1.example.ac.uk",
        "127.0.0.2:8501",
        "10.0.0.5:8501",
        "0.0.0.0:8501",
        "[::2]:8501",
        "::1",
        "localhost,civic.example.ac.uk",
    ],
)
def test_a_request_to_any_other_name_is_nobodys(host):
    assert local_viewer({"Host": host}) is None


def test_a_request_without_a_host_is_nobodys():
    assert local_viewer({}) is None
    assert local_viewer({"User-Agent": "localhost"}) is None


@pytest.mark.parametrize("name", FORWARDED)
@pytest.mark.parametrize("value", ["127.0.0.1", "localhost", ""])
def test_a_request_passed_on_by_another_machine_is_nobodys(name, value):
    assert local_viewer({"Host": "localhost:8501", name: value}) is None
    assert local_viewer({"Host": "localhost:8501", name.title(): value}) is None


@pytest.mark.parametrize("setting", ["none", "NONE", " none "])
def test_the_setting_none_makes_everybody_nobody(setting):
    assert local_viewer({"Host": "localhost:8501"}, setting) is None


@pytest.mark.parametrize("setting", [None, ""])
def test_no_setting_leaves_it_to_the_request(setting):
    assert local_viewer({"Host": "localhost:8501"}, setting) == LEAD
    assert local_viewer({"Host": "civic.example.ac.uk"}, setting) is None


@pytest.mark.parametrize("setting", ["lead", "analyst", "partner:anybody"])
def test_no_setting_makes_somebody_of_a_request_from_elsewhere(setting):
    assert local_viewer({"Host": "civic.example.ac.uk"}, setting) is None
