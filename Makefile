# A thin front to meson. Each target first installs the Debian packages it needs
# and that are missing (PACKAGES=no: never).

BUILD ?= build
PREFIX ?= /usr/local
PACKAGES ?= yes

# Debian's own tools, whatever else comes first in PATH.
MESON := $(or $(wildcard /usr/bin/meson),meson)
export NINJA := $(or $(wildcard /usr/bin/ninja),ninja)
PYTHON := $(or $(wildcard /usr/bin/python3),python3)

BUILD_PACKAGES := gcc libc6-dev meson ninja-build pkg-config python3 libpcre2-dev libunistring-dev libyaml-dev libjansson-dev
CHECK_PACKAGES := g++ libcriterion-dev valgrind
LONG_PACKAGES := clang

need = $(if $(filter no,$(PACKAGES)),true,.ci/install-packages $(1))
# $(call setup,DIR,OPTIONS): a build directory, made once.
setup = test -f $(1)/build.ninja || /usr/bin/env $(MESON) setup $(1) $(2) >/dev/null

.PHONY: help build demo check check-long install clean

help:
	@echo 'make build       the command build/piiglet and the library build/libpiiglet.so'
	@echo 'make demo        a page of dialogue before and after piiglet'
	@echo 'make check       every test, also under sanitizers; below ten minutes'
	@echo 'make check-long  the same with longer random runs, all under valgrind, built with clang too'
	@echo 'make install     into PREFIX ($(PREFIX)), below DESTDIR if given'
	@echo 'make clean       remove the build directories'

build:
	@$(call need,$(BUILD_PACKAGES))
	@$(call setup,$(BUILD),-Dprefix=$(PREFIX) -Dunit_tests=false)
	@$(NINJA) -C $(BUILD) --quiet

demo: build
	@$(PYTHON) examples/demo.py $(BUILD)/piiglet examples/dialogue.txt

check:
	@$(call need,$(BUILD_PACKAGES) $(CHECK_PACKAGES))
	@$(PYTHON) tests/check.py --build $(BUILD)

check-long:
	@$(call need,$(BUILD_PACKAGES) $(CHECK_PACKAGES) $(LONG_PACKAGES))
	@$(PYTHON) tests/check.py --build $(BUILD) --long

install: build
	@$(MESON) install -C $(BUILD) --no-rebuild

clean:
	rm -rf $(BUILD) $(BUILD)-sanitize $(BUILD)-thread $(BUILD)-clang
