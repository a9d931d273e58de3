#!/usr/bin/env python3
"""Compiles the engine and docs/site/engine to one WebAssembly module that needs nothing but memory.

Usage: build_engine.py BUILD FOLDER    BUILD is a build directory of meson, whose list of sources, made ones too,
                                       is what is compiled; FOLDER keeps objects and sources, and gets engine.wasm

The libraries that the engine needs do not exist for WebAssembly in Debian; their Debian source packages are compiled,
as far as they are used: PCRE2 (without machine code, which a browser does not let a page make), libyaml, and of
libsodium BLAKE2b and SHA-256."""
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

SITE = Path(__file__).resolve().parent
ROOT = SITE.parent.parent
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
PACKAGES = ["pcre2", "libyaml", "libsodium"]
TARGETS = ["piiglet_core", "kernel_scalar", "piiglet_objects"]

# -Oz would save a tenth of the bytes, and a quarter of the speed.
FLAGS = ["-std=gnu11", "-O2", "-fvisibility=hidden", "-DNDEBUG", "-ffunction-sections",
         "-fdata-sections", "-Wno-unknown-warning-option"]
LINK = ["-sSTANDALONE_WASM", "-sLLD_REPORT_UNDEFINED", "-sALLOW_MEMORY_GROWTH", "-sTOTAL_STACK=1048576", "--no-entry", "-O2"]

PCRE2 = """auto_possess compile config context error extuni find_bracket jit_compile maketables match match_data newline
ord2utf pattern_info script_run string_utils study substring tables ucd valid_utf xclass""".split()
PCRE2_DEFINES = """HAVE_CONFIG_H PCRE2_CODE_UNIT_WIDTH=8 SUPPORT_PCRE2_8 PCRE2_STATIC LINK_SIZE=2
HEAP_LIMIT=20000000 MATCH_LIMIT=10000000 MATCH_LIMIT_DEPTH=MATCH_LIMIT MAX_NAME_COUNT=10000 MAX_NAME_SIZE=32
NEWLINE_DEFAULT=2 PARENS_NEST_LIMIT=250 HAVE_MEMMOVE HAVE_STDINT_H""".split()
YAML = ["api", "parser", "reader", "scanner"]
SODIUM = ["crypto_generichash/blake2b/ref/blake2b-compress-ref", "crypto_generichash/blake2b/ref/blake2b-ref",
          "crypto_generichash/blake2b/ref/generichash_blake2b", "crypto_hash/sha256/cp/hash_sha256_cp", "sodium/utils"]


def run(*command, folder=None):
    done = subprocess.run([str(word) for word in command], cwd=folder, capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def mirror():
    """Where this machine has its Debian packages from: address, suite."""
    for path in [Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("*"))]:
        if path.is_file():
            text = path.read_text()
            found = re.search(r"^URIs:\s*(\S+/debian/?)\s*$.*?^Suites:\s*(\S+)", text, re.M | re.S) or re.search(
                r"^deb (?:\[.*?\] )?(\S+/debian/?) (\S+) ", text, re.M)
            if found:
                return found.groups()
    return "http://deb.debian.org/debian", "bookworm"


def fetch_sources(folder):
    """Downloads and unpacks the source packages, once; apt checks their signatures. The machine's own lists of
    packages, which seldom name sources, stay as they are."""
    if all(list(folder.glob(f"{package}-*/")) for package in PACKAGES):
        return
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "lists" / "partial").mkdir(parents=True)
    (folder / "parts").mkdir()
    address, suite = mirror()
    (folder / "parts" / "sources.list").write_text(f"deb-src [signed-by={KEYRING}] {address} {suite} main\n")
    options = ["-q", "-o", "Dir::Etc::SourceList=/dev/null", "-o", f"Dir::Etc::SourceParts={folder / 'parts'}",
               "-o", f"Dir::State::Lists={folder / 'lists'}", "-o", "Dir::Cache::pkgcache=",
               "-o", "Dir::Cache::srcpkgcache=", "-o", "APT::Sandbox::User=root"]
    run("apt-get", *options, "update")
    run("apt-get", *options, "--only-source", "source", *PACKAGES, folder=folder)


def prepare(folder):
    """Puts generated headers beside the sources of the libraries; answers where these are."""
    pcre2, yaml, sodium = (next(folder.glob(f"{package}-*/")) for package in PACKAGES)
    for name, model in (("config.h", "config.h.generic"), ("pcre2.h", "pcre2.h.generic"),
                        ("pcre2_chartables.c", "pcre2_chartables.c.dist")):
        shutil.copy(pcre2 / "src" / model, pcre2 / "src" / name)
    version = sodium / "src/libsodium/include/sodium/version.h"
    text = version.with_suffix(".h.in").read_text()
    for name, value in (("VERSION", "1.0.18"), ("SODIUM_LIBRARY_VERSION_MAJOR", "10"),
                        ("SODIUM_LIBRARY_VERSION_MINOR", "3"), ("SODIUM_LIBRARY_MINIMAL_DEF", "")):
        text = text.replace(f"@{name}@", value)
    version.write_text(text)
    return pcre2, yaml, sodium


def library_sources(pcre2, yaml, sodium):
    """(source, flags) of the libraries, whose warnings are not ours."""
    quiet = ["-w"]
    for name in [*(f"pcre2_{part}" for part in PCRE2), "pcre2_chartables"]:
        yield pcre2 / "src" / f"{name}.c", quiet + [f"-D{define}" for define in PCRE2_DEFINES] + [f"-I{pcre2 / 'src'}"]
    version = [f'-DYAML_VERSION_{part}={value}' for part, value in (("MAJOR", 0), ("MINOR", 2), ("PATCH", 5))]
    for name in YAML:
        yield yaml / "src" / f"{name}.c", quiet + version + ['-DYAML_VERSION_STRING="0.2.5"', f"-I{yaml / 'include'}"]
    include = sodium / "src/libsodium/include"
    for name in SODIUM:
        yield sodium / "src/libsodium" / f"{name}.c", quiet + [
            "-DCONFIGURED=1", "-Dsodium_misuse=abort", f"-I{include / 'sodium'}", f"-I{include}"]


def engine_sources(build, headers):
    """(source, flags) of the engine, as meson has them."""
    for target in json.loads(run("meson", "introspect", "--targets", build)):
        if target["name"] not in TARGETS:
            continue
        for group in target["target_sources"]:
            if group.get("language") == "c":
                flags = [flag for flag in group["parameters"] if flag[:2] in ("-I", "-D") and "FORTIFY" not in flag]
                for source in [*group["sources"], *group["generated_sources"]]:
                    yield Path(source), headers + flags
    own = headers + [f"-I{ROOT / 'engine/include'}", f"-I{ROOT / 'bindings/shared'}"]
    for source in [*sorted((SITE / "engine").glob("*.c")), ROOT / "bindings/shared/binding_policy.c"]:
        yield source, own + ["-Wall", "-Wextra", "-Werror"]


def write_ninja(folder, sources):
    """A build.ninja, so that only what changed is compiled again."""
    def quote(path):
        return str(path).replace("$", "$$").replace(" ", "$ ").replace(":", "$:")

    lines = ["rule cc", f"  command = emcc {' '.join(FLAGS)} $flags -MMD -MF $out.d -c $in -o $out", "  depfile = $out.d",
             "  deps = gcc", "rule link", f"  command = emcc {' '.join(LINK)} $in -o $out", ""]
    objects = []
    for source, flags in sources:
        objects.append(f"objects/{len(objects)}-{source.stem}.o")
        words = " ".join(flag.replace("$", "$$").replace('"', '\\"') for flag in flags)
        lines += [f"build {objects[-1]}: cc {quote(source)}", f"  flags = {words}"]
    lines += [f"build engine.wasm: link {' '.join(objects)}", "default engine.wasm", ""]
    (folder / "build.ninja").write_text("\n".join(lines))


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    build, folder = (Path(argument).resolve() for argument in sys.argv[1:])
    folder.mkdir(parents=True, exist_ok=True)
    fetch_sources(folder / "sources")
    libraries = prepare(folder / "sources")
    pcre2, yaml, sodium = libraries
    headers = [f"-I{pcre2 / 'src'}", f"-I{yaml / 'include'}", f"-I{sodium / 'src/libsodium/include'}"]
    write_ninja(folder, [*library_sources(*libraries), *engine_sources(build, headers)])
    # emcc runs programs of Node that need packages of Debian's, whichever node comes first in PATH.
    os.environ.setdefault("NODE_PATH", "/usr/share/nodejs")
    run("ninja", "-C", folder, "--quiet")


if __name__ == "__main__":
    main()
