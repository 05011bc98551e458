"""Who is looking. Until sign-in is set up, somebody at this machine, and nobody else.

Imports only the model.
"""

from __future__ import annotations

from collections.abc import Mapping

from civic_metrics.model import Role, Viewer

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
# A request that carries one of these came through another machine.
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")


def local_viewer(headers: Mapping[str, str], setting: str | None = None) -> Viewer | None:
    """A lead where the request was made on this machine, else None: nobody.

    `setting` is CIVIC_METRICS_VIEWER: anything but `lead`, such as `none`, makes everybody
    nobody. A request without a Host,
    with another machine's Host, or passed on by a proxy is nobody's.
    """
    if setting and setting.strip().lower() != Role.LEAD.value:
        return None
    given = {name.lower(): value for name, value in headers.items()}
    if any(name in given for name in FORWARDED):
        return None
    host = given.get("host", "")
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return Viewer(Role.LEAD) if name.lower() in LOOPBACK else None
