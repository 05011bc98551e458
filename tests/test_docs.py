"""The manuals say what the code does."""

import importlib.util
import re
from pathlib import Path

import pytest

from civic_metrics.indicators import BY_SUBJECT, INDICATORS

ROOT = Path(__file__).parent.parent


def _generator():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["indicators.md", "tables.md", "command-line.md"])
def test_a_manual_is_what_the_code_would_write_today(page):
    written = (ROOT / "docs" / page).read_text("utf-8")
    assert written == _generator().PAGES[page](), "run: python docs/generate.py"


def test_every_link_of_the_readme_leads_somewhere():
    text = (ROOT / "README.md").read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_subject_is_in_the_readme_and_every_figure_in_its_manual():
    text = (ROOT / "README.md").read_text("utf-8")
    assert [title for title in BY_SUBJECT if f"| {title} |" not in text] == []
    manual = (ROOT / "docs" / "indicators.md").read_text("utf-8")
    assert [one.id for one in INDICATORS.values() if f"`{one.id}`" not in manual] == []
