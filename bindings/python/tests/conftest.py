"""Vectors of the library for all tests: PIIGLET_VECTORS names the file that bindings/vectors/make.py wrote."""
import base64
import json
import os
from datetime import date
from pathlib import Path

import piiglet
import pytest

STATUS = {6: piiglet.Invalid, 7: piiglet.LimitExceeded, 8: piiglet.Blocked, 9: piiglet.EngineFailed}


def load():
    """The vectors with their inputs and outputs as bytes, and the exception that is to come."""
    vectors = json.loads(Path(os.environ["PIIGLET_VECTORS"]).read_text(encoding="utf-8"))["vectors"]
    for vector in vectors:
        vector["bytes"] = base64.b64decode(vector["base64"]) if "base64" in vector else vector["text"].encode()
        options = dict(vector["options"])
        if "today" in options:
            options["today"] = date.fromisoformat(options["today"])
        options["keys"] = {key: secret.encode() for key, secret in options.get("keys", {}).items()}
        vector["known"] = piiglet.Known(map(tuple, options.pop("known", ())))
        vector["policy"] = piiglet.Policy(**options)
        expect = vector["expect"]
        expect["error"] = STATUS.get(expect["status"])
        expect["output"] = base64.b64decode(expect.get("output", ""))
    return vectors


def pytest_generate_tests(metafunc):
    """A test with an argument `vector` runs once for each."""
    if "vector" in metafunc.fixturenames:
        vectors = load()
        metafunc.parametrize("vector", vectors, ids=[vector["name"] for vector in vectors])


@pytest.fixture(name="calls")
def leak_calls():
    """How often a call is repeated that must not leak."""
    return int(os.environ.get("PIIGLET_LEAK_CALLS", "30000"))
