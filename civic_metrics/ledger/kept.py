"""The uploaded files as they came, each kept under its SHA-256 beside the records.

Imports nothing of ours.
"""

from __future__ import annotations

import hashlib
import os
import re
import uuid
from pathlib import Path

_KEPT = re.compile(r"[0-9a-f]{64}(\.[^.]+)?")
_DRAFT = ".part"


def hash_of(content: bytes) -> str:
    """The SHA-256 of a file's content."""
    return hashlib.sha256(content).hexdigest()


def kept_name(content: bytes, file_name: str) -> str:
    """What a file is called where it is kept: its hash, with the ending of its own name."""
    return f"{hash_of(content)}{Path(file_name).suffix.lower()}"


def write(folder: Path, content: bytes, file_name: str) -> Path | None:
    """The file as kept, written whole or not at all; None where it was there already."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / kept_name(content, file_name)
    if target.exists():
        return None
    draft = target.with_suffix(f".{uuid.uuid4().hex}{_DRAFT}")
    try:
        with draft.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return target


def files(folder: Path) -> list[Path]:
    """Every file kept in the folder, by name; half-written drafts are none."""
    if not folder.is_dir():
        return []
    return sorted(one for one in folder.iterdir() if _KEPT.fullmatch(one.name) and one.is_file())


def sweep(folder: Path) -> None:
    """Removes what a stop half-way left of files that were being written."""
    for draft in folder.glob(f"*{_DRAFT}"):
        draft.unlink(missing_ok=True)
