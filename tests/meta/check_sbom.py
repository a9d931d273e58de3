#!/usr/bin/env python3
"""The bill of materials is CycloneDX as far as its required fields go, leaves out no library and no data table, and is
the same when it is made again.

Argument: build directory."""
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from cases import Cases
from sources import ROOT

TYPES = ("application", "framework", "library", "data", "file", "operating-system", "device", "container", "firmware")
SERIAL = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def made(build, folder, name):
    """The bytes of a bill."""
    target = Path(folder) / name
    subprocess.run([sys.executable, str(ROOT / "packaging" / "sbom.py"), build, str(target)], check=True)
    return target.read_bytes()


def licensed(component):
    """Whether it has licences in the form that the standard asks for: an identifier or a name, not both."""
    licences = [entry.get("license", {}) for entry in component.get("licenses", [])]
    return licences and all(len({"id", "name"} & licence.keys()) == 1 and all(licence.values()) for licence in licences)


def problem_of(bill):
    """What CycloneDX 1.5 requires and the bill has not, or nothing."""
    if (bill.get("bomFormat"), bill.get("specVersion"), bill.get("version")) != ("CycloneDX", "1.5", 1):
        return "format or version"
    if not SERIAL.fullmatch(bill.get("serialNumber", "")):
        return "serial number"
    components = [bill.get("metadata", {}).get("component", {}), *bill.get("components", [])]
    for component in components:
        if component.get("type") not in TYPES or not component.get("name") or not component.get("version"):
            return f"type, name or version of {component.get('name')}"
        if not licensed(component):
            return f"licence of {component['name']}"
        if any(not re.fullmatch(r"[0-9a-f]{64}", entry["content"]) for entry in component.get("hashes", [])):
            return f"sum of {component['name']}"
    references = [component.get("bom-ref") for component in components]
    if None in references or len(set(references)) != len(references):
        return "references"
    for entry in bill.get("dependencies", []):
        if not {entry.get("ref"), *entry.get("dependsOn", [])} <= set(references):
            return f"what {entry.get('ref')} depends on"
    return ""


def main():
    build = Path(sys.argv[1])
    cases = Cases()
    with tempfile.TemporaryDirectory() as folder:
        text = made(str(build), folder, "first")
        cases.check(text == made(str(build), folder, "second"), "two bills differ")
    bill = json.loads(text)
    problem = problem_of(bill)
    cases.check(not problem, problem)

    sonames = {entry["value"] for component in bill["components"] for entry in component.get("properties", [])}
    listed = {component["name"]: component for component in bill["components"]}
    for name in ("piiglet", "libpiiglet.so"):
        path = (build / name).resolve()
        needed = subprocess.run(["readelf", "-Wd", str(path)], check=True, capture_output=True, text=True).stdout
        for soname in re.findall(r"\(NEEDED\).*\[(.*)\]", needed):
            cases.check(soname in sonames, f"{soname}, which {name} needs, is not listed")
        cases.check(path.name in listed and listed[path.name]["hashes"][0]["content"] ==
                    hashlib.sha256(path.read_bytes()).hexdigest(), f"sum of {name}")
    for path in (ROOT / "rules" / "data").glob("*.txt"):
        entry = listed.get(f"rules/data/{path.name}", {})
        cases.check(re.fullmatch(r"\d{4}-\d\d-\d\d", entry.get("version", "")) and entry["properties"][0]["value"],
                    f"{path.name}: no date or source")

    for damage in ("serialNumber", "components", "metadata", "specVersion"):
        cases.check(problem_of({key: value for key, value in bill.items() if key != damage}),
                    f"sample: a bill without {damage} passes")
    del bill["components"][0]["licenses"]
    cases.check(problem_of(bill), "sample: a component without a licence passes")
    return cases.end()


if __name__ == "__main__":
    sys.exit(main())
