"""Brings the fuzzer's requests past the version check, and its files past the look at their bytes.

`If-Match` wants the version a thing has now, and that moves with every change the fuzzer makes.
Where a case carries the stand-in of schemathesis.toml, the tag last seen for that thing is sent in
its place; every answer, and a 412 above all, tells the tag for the next case.
"""

import json
from pathlib import Path

import schemathesis
from hypothesis import strategies

STAND_IN = '"v1000000"'
seeded = json.loads(Path(__file__).with_name("versions.json").read_text())
last_seen: dict[str, str] = seeded["tags"]
# A supplement request is answered at the version of its dossier.
dossier_of: dict[str, str] = seeded["dossier_of"]


def thing(case) -> str:
    """The thing a case is about: the first id of its path, or the path itself."""
    first = str(next(iter((case.path_parameters or {}).values()), case.path))
    return dossier_of.get(first, first)


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.headers and case.headers.get("If-Match") == STAND_IN:
        case.headers["If-Match"] = last_seen.get(thing(case), '"v1"')


@schemathesis.hook
def after_call(context, case, response):
    for tag in response.headers.get("etag", []):
        if tag.startswith('"v'):
            last_seen[thing(case)] = tag


schemathesis.openapi.media_type(
    "application/pdf",
    strategies.binary() | strategies.binary().map(lambda rest: b"%PDF-1.7\n" + rest),
)
schemathesis.openapi.media_type("application/offset+octet-stream", strategies.binary())
