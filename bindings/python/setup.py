"""Builds the extension module of the engine in vendor/, which is made anew where this is a checkout."""
import os
import subprocess
import sys
from pathlib import Path

from setuptools import Extension, setup

HERE = Path(__file__).resolve().parent
VENDOR = HERE / "vendor"
STAGE = HERE.parent / "stage.py"

if STAGE.exists():
    subprocess.run([sys.executable, STAGE, VENDOR], check=True)


def pkg_config(question):
    """What vendor/piiglet.pc says, as a list."""
    environment = {**os.environ, "PKG_CONFIG_PATH": str(VENDOR)}
    return subprocess.run(["pkg-config", question, "piiglet"], check=True, capture_output=True, text=True,
                          env=environment).stdout.split()


setup(
    version=pkg_config("--modversion")[0],
    ext_modules=[Extension(
        "piiglet._piiglet",
        sources=sorted(f"source/{path.name}" for path in (HERE / "source").glob("*.c")),
        depends=["source/module.h", "vendor/libpiiglet.a"],
        define_macros=[("Py_LIMITED_API", "0x030B0000")],
        extra_compile_args=["-std=gnu11", "-Wextra", "-Wno-missing-field-initializers", "-Wno-cast-function-type",
                            "-fvisibility=hidden", *pkg_config("--cflags")],
        extra_link_args=pkg_config("--libs"),
        py_limited_api=True)],
    options={"bdist_wheel": {"py_limited_api": "cp311"}})
