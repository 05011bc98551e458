"""What is installed is what the requirements say: figures are checked with those versions."""

import re
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PINNED = [
    pinned.groups()
    for file in ("requirements.txt", "requirements-dev.txt")
    for pinned in re.finditer(r"^([\w-]+)==([\w.]+)", (ROOT / file).read_text(), re.MULTILINE)
]


@pytest.mark.parametrize(("package", "pinned"), PINNED, ids=lambda text: text)
def test_the_installed_version_is_the_pinned_one(package, pinned):
    assert version(package) == pinned, f"pip install -r requirements-dev.txt ({package})"


def test_every_requirement_is_pinned_to_one_version():
    for file in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / file).read_text().splitlines():
            said = line.split("#")[0].strip()
            if said and not said.startswith("-r"):
                assert re.fullmatch(r"[\w-]+==[\w.]+", said), line
