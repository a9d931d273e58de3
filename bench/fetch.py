#!/usr/bin/env python3
"""Fetches what the benchmark uses and Debian cannot install beside the rest: texts of packages, the npm
modules of package.json, and Vectorscan, which conflicts with Hyperscan. All of it goes below one folder.

Usage: fetch.py PEERS_DIR. What cannot be had is said, and is no error."""
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def run(*command, cwd=None):
    """Whether the command ran well."""
    try:
        return subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def debian(peers, package):
    """The folder a Debian package was unpacked into without being installed, or None."""
    target = peers / "debian" / package
    if target.exists():
        return target
    work = peers / "debian" / f"{package}.part"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    if not run("apt-get", "download", package, cwd=work):
        shutil.rmtree(work)
        return None
    archive = next(work.glob("*.deb"))
    unpacked = work / "unpacked"
    if not run("dpkg-deb", "-x", str(archive), str(unpacked)):
        shutil.rmtree(work)
        return None
    unpacked.rename(target)
    shutil.rmtree(work)
    return target


def node_modules(peers):
    """The folder of npm modules, or None."""
    modules = peers / "node_modules"
    wanted = (HERE / "package.json").read_text()
    have = peers / "package.json"
    if modules.exists() and have.exists() and have.read_text() == wanted:
        return modules
    peers.mkdir(parents=True, exist_ok=True)
    have.write_text(wanted)
    if not run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock", cwd=peers):
        have.unlink()
        return None
    return modules


def vectorscan(peers):
    """The folder of Vectorscan's library, or None."""
    unpacked = debian(peers, "libvectorscan5")
    if unpacked is None:
        return None
    libraries = list(unpacked.rglob("libhs.so.5"))
    link = peers / "vectorscan"
    if libraries and not link.exists():
        link.symlink_to(libraries[0].parent, target_is_directory=True)
    return link if libraries else None


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    peers = Path(sys.argv[1]).resolve()
    peers.mkdir(parents=True, exist_ok=True)
    for name, got in (("Vectorscan", vectorscan(peers)), ("npm modules", node_modules(peers))):
        if got is None:
            print(f"could not fetch: {name}")


if __name__ == "__main__":
    main()
