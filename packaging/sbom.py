#!/usr/bin/env python3
"""Writes what piiglet is made of, as CycloneDX 1.5 in JSON: command and library with their sums, the shared libraries that
they ask for, with version and licence of the Debian package each comes from, what only the build uses, and the data
tables of rules/data with source, licence and date.

    sbom.py BUILD OUTPUT

All of it is read from what was built, from dpkg, and from the heads of the tables. There is no time in it: the same
build on the same system gives the same bytes."""
import hashlib
import json
import re
import subprocess
import sys
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPYRIGHT_FORMAT = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/"
# Programs of the build, which make tables of what a library knows.
BUILD_PROGRAMS = "engine/unicode/make_*"


def output(*command):
    """What a command prints."""
    return subprocess.run(command, check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL).stdout


def needed(path):
    """Names of the shared libraries that a program asks the loader for."""
    return re.findall(r"\(NEEDED\).*\[(.*)\]", output("readelf", "-Wd", str(path)))


def compiler_of(path):
    """The compiler as it signs what it makes."""
    return re.search(r"\]  (.*)", output("readelf", "-Wp", ".comment", str(path)))[1]


def licence_of(package):
    """As Debian's copyright file says of most files; where programs cannot read it, where it lies."""
    path = Path("/usr/share/doc") / package / "copyright"
    text = path.read_text(errors="replace")
    found = re.search(r"^Files: \*\n(?:.*\n)*?License: *(.+)$", text, re.M)
    return found[1].strip() if text.startswith(COPYRIGHT_FORMAT) and found else f"see {path}"


def library(soname, scope):
    """The component of a shared library: the Debian package it comes from."""
    architecture = output("dpkg", "--print-architecture").strip()
    owners = re.findall(rf"^([^:\s]+)(?::{architecture})?: ", output("dpkg-query", "-S", f"*/{soname}"), re.M)
    package = owners[0]
    version = output("dpkg-query", "-W", "-f", "${Version}", f"{package}:{architecture}")
    purl = f"pkg:deb/debian/{package}@{version}?arch={architecture}"
    return {"type": "library", "bom-ref": purl, "name": package, "version": version, "scope": scope, "purl": purl,
            "licenses": [{"license": {"name": licence_of(package)}}],
            "properties": [{"name": "piiglet:soname", "value": soname}]}


def table(path):
    """The component of a data table: what its head says."""
    text = path.read_bytes()
    lines = re.findall(r"^# (.*)$", text.decode(), re.M)
    head = dict(line.split(": ", 1) for line in lines if re.match(r"(source|licence|date): ", line))
    name = path.relative_to(ROOT).as_posix()
    return {"type": "data", "bom-ref": name, "name": name, "version": head["date"], "description": lines[0],
            "licenses": [{"license": {"name": head["licence"]}}],
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(text).hexdigest()}],
            "properties": [{"name": "piiglet:source", "value": head["source"]}]}


def product(kind, path, version, licence):
    """The component of something that was built."""
    return {"type": kind, "bom-ref": path.name, "name": path.name, "version": version, "scope": "required",
            "licenses": [{"license": {"id": licence}}],
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}]}


def bill(build):
    """The whole document."""
    version = json.loads(output("meson", "introspect", "--projectinfo", str(build)))["version"]
    licence = re.search(r"^ *license: '(.*)'", (ROOT / "meson.build").read_text(), re.M)[1]
    built = [("application", (build / "piiglet").resolve()), ("library", (build / "libpiiglet.so").resolve())]
    products = [product(kind, path, version, licence) for kind, path in built]
    tables = [table(path) for path in sorted((ROOT / "rules" / "data").glob("*.txt"))]

    required = {name for _, path in built for name in needed(path)}
    of_build = {name for program in build.glob(BUILD_PROGRAMS) if program.is_file() for name in needed(program)}
    libraries = {name: library(name, "required" if name in required else "excluded") for name in required | of_build}
    components = products + sorted(libraries.values(), key=lambda component: component["name"]) + tables
    depends = [{"ref": path.name, "dependsOn": [libraries[name]["bom-ref"] for name in needed(path)] +
                [component["bom-ref"] for component in tables]} for _, path in built]
    document = {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {
            "component": {"type": "application", "bom-ref": "piiglet-source", "name": "piiglet", "version": version,
                          "licenses": [{"license": {"id": licence}}]},
            "properties": [{"name": "piiglet:compiler", "value": compiler_of(build / "piiglet")}],
        },
        "components": components,
        "dependencies": [{"ref": "piiglet-source", "dependsOn": [path.name for _, path in built]}, *depends],
    }
    content = json.dumps(document, sort_keys=True)
    return {"serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content)}", **document}


def main():
    build, target = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    target.write_text(json.dumps(bill(build), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
