#!/usr/bin/env python3
"""Installs each binding as its users do, runs its tests, and sums up the cases.

Usage: check.py --build DIR [python|ruby|node|postgres|spark]...      everything is installed below DIR/bindings; spark, which
takes some minutes and 400 MB from PyPI at its first time, only when named

The last line is "N passed, N failed". PIIGLET_LEAK_CALLS=1000000 makes the leak tests as long as they are meant to be."""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from readme import readme_example

ROOT = Path(__file__).resolve().parent.parent
BINDINGS = ROOT / "bindings"
PASSED = re.compile(r"ok |# Subtest|  (---|\.\.\.|duration_ms)")  # lines of TAP that nobody needs after a failure
TYPE_ROOTS = ("/usr/share/nodejs/@types", "/usr/lib/node_modules/@types", "/usr/local/lib/node_modules/@types")


USUAL = ("python", "ruby", "node", "postgres")


class Failed(Exception):
    """A step that cannot be done; what it said."""


def run(*command, cwd=ROOT, **environment):
    """Runs a step; returns what it says."""
    done = subprocess.run([str(word) for word in command], cwd=cwd, text=True, check=False, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env={**os.environ, **{name: str(value) for name, value in environment.items()}})
    if done.returncode != 0:
        told = [line for line in done.stdout.splitlines() if not PASSED.match(line)]
        raise Failed("\n".join([" ".join(map(str, command)), *told]))
    return done.stdout


def python(folder, environment):
    """Case counts of (tests, README) after pip."""
    interpreter, site = "/usr/bin/python3", folder / "site"
    run(interpreter, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index",
        "--root-user-action=ignore", "--target", site, BINDINGS / "python", **environment)
    run(interpreter, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index",
        "--wheel-dir", folder, BINDINGS / "python", **environment)
    if not list(folder.glob("piiglet-*-cp311-abi3-*.whl")):
        raise Failed("no wheel for Python 3.11 and later")
    environment = {**environment, "PYTHONPATH": site}
    said = run(interpreter, "-m", "pytest", "--quiet", "-rs", "-p", "no:cacheprovider", BINDINGS / "python" / "tests",
               cwd=folder, **environment)
    for skipped in re.findall(r"^SKIPPED.*$", said, re.M):
        print(skipped)
    run(interpreter, "-c", readme_example("python"), cwd=folder, **environment)
    return int(re.search(r"(\d+) passed", said).group(1)) + 1


def ruby(folder, environment):
    """Case counts of (tests, README) after gem."""
    gems = folder / "gems"
    run("gem", "build", "piiglet.gemspec", "--output", folder / "piiglet.gem", cwd=BINDINGS / "ruby", **environment)
    run("gem", "install", "--local", "--no-document", "--install-dir", gems, folder / "piiglet.gem", **environment)
    environment = {**environment, "GEM_PATH": f"{gems}:{run('gem', 'environment', 'gempath').strip()}"}
    count = 1
    for test in sorted((BINDINGS / "ruby" / "test").glob("*_test.rb")):
        said = run("ruby", "-w", test, cwd=folder, **environment)
        count += int(re.search(r"^(\d+) runs", said, re.M).group(1))
    run("ruby", "-e", readme_example("ruby"), cwd=folder, **environment)
    return count


def node(folder, environment):
    """Case counts of (tests, README) after npm."""
    (folder / "package.json").write_text(json.dumps({"private": True}))
    if shutil.which("npm"):
        run("npm", "install", "--offline", "--no-audit", "--no-fund", BINDINGS / "node", cwd=folder, **environment)
    else:
        print("npm is not installed: its install script is run in its place")
        run("node", "build.js", cwd=BINDINGS / "node", **environment)
        (folder / "node_modules").mkdir()
        (folder / "node_modules" / "piiglet").symlink_to(BINDINGS / "node")
    # The tests ask for "piiglet" from where it is installed.
    shutil.copytree(BINDINGS / "node" / "test", folder / "test")
    tests = sorted((folder / "test").glob("*.test.js"))
    said = run("node", "--expose-gc", "--test", "--test-reporter=tap", *tests, cwd=folder, **environment)
    run("node", "-e", readme_example("node"), cwd=folder, **environment)
    count = int(re.search(r"^# pass (\d+)", said, re.M).group(1)) + 1
    return count + typescript(folder)


def typescript(folder):
    """1 after the types of the Node binding were compiled, 0 where there is no compiler, or no types of Node."""
    roots = [root for root in map(Path, TYPE_ROOTS) if (root / "node").is_dir()]
    if not shutil.which("tsc") or not roots:
        print("tsc or @types/node is not installed: the types of the Node binding were not compiled")
        return 0
    shutil.copy(BINDINGS / "node" / "test" / "types.ts", folder)
    run("tsc", "--strict", "--noEmit", "--target", "es2022", "--module", "commonjs", "--skipLibCheck", "--preserveSymlinks",
        "--typeRoots", roots[0], "--types", "node", "types.ts", cwd=folder)
    return 1


def postgres(_, environment):
    """Case count of the extension, on a server of its own."""
    said = run("/usr/bin/python3", BINDINGS / "postgres" / "test" / "run.py", environment["PIIGLET_BUILD"],
               environment["PIIGLET_VECTORS"], **environment)
    print(said[:said.rindex("\n", 0, -1) + 1], end="")
    return int(re.search(r"^(\d+) passed, 0 failed$", said, re.M).group(1))


def spark(folder, environment):
    """Case count of the job, on a cluster of two workers; 0 where there is no Java or no PyPI."""
    interpreter, site = "/usr/bin/python3", folder.parent / "spark-packages"
    if not shutil.which("java"):
        print("Java is not installed: the Spark job was not tested")
        return 0
    pip = (interpreter, "-m", "pip", "install", "--quiet", "--root-user-action=ignore")
    if not (site / "pyspark").is_dir():
        try:
            run(*pip, "--target", site, "--requirement", BINDINGS / "spark" / "requirements.txt")
        except Failed as problem:
            shutil.rmtree(site, ignore_errors=True)
            print(f"pyspark could not be installed from PyPI, so the Spark job was not tested: {str(problem)[-200:]}")
            return 0
    offline = (*pip, "--no-deps", "--no-build-isolation", "--no-index", "--target", folder / "site")
    run(*offline, BINDINGS / "python", BINDINGS / "spark", **environment)
    said = run(interpreter, BINDINGS / "spark" / "tests" / "run.py", environment["PIIGLET_BUILD"] / "piiglet",
               environment["PIIGLET_VECTORS"], cwd=folder,
               **{**environment, "PYTHONPATH": f"{folder / 'site'}:{site}", "PYSPARK_PYTHON": interpreter})
    print(*re.findall(r"^spark: .*$", said, re.M), sep="\n")
    return int(re.search(r"^(\d+) passed, 0 failed$", said, re.M).group(1))


def main():
    parser = argparse.ArgumentParser(description="install and test the bindings")
    parser.add_argument("--build", default="build", help="build directory of piiglet")
    parser.add_argument("languages", nargs="*", help="python, ruby, node, postgres (all of these), spark")
    arguments = parser.parse_args()
    build = (ROOT / arguments.build).resolve()
    vectors = build / "bindings" / "vectors.json"
    environment = {"PIIGLET_BUILD": build, "PIIGLET_VECTORS": vectors, "PYTHONDONTWRITEBYTECODE": "1"}
    passed = failed = 0
    try:
        run("ninja", "-C", build, "--quiet", "bindings/answer", "product")
        print(run(sys.executable, BINDINGS / "vectors" / "make.py", build / "bindings" / "answer", vectors), end="")
    except Failed as problem:
        print(problem)
        failed = 1
    for language in (python, ruby, node, postgres, spark) if not failed else ():
        name = language.__name__
        if name not in (arguments.languages or USUAL):
            continue
        folder = build / "bindings" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            count = language(folder, environment)
            print(f"{name:8} {count} passed")
            passed += count
        except Failed as problem:
            print(f"{name}: {problem}")
            failed += 1
    print(f"{passed} passed, {failed} failed", flush=True)
    return 0 if passed > 0 and failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
