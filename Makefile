# A thin front to meson. Each target first installs the Debian packages it needs
# and that are missing (PACKAGES=no: never).

BUILD ?= build
PREFIX ?= /usr/local
PACKAGES ?= yes
FUZZ_SECONDS ?= 600
SOAK_SECONDS ?= 1200

# Debian's own tools, whatever else comes first in PATH: they know the packages below.
export PATH := /usr/bin:$(PATH)

BUILD_PACKAGES := gcc libc6-dev meson ninja-build pkg-config python3 python3-yaml \
    libpcre2-dev libunistring-dev libyaml-dev libsodium-dev libjansson-dev libseccomp-dev
CHECK_PACKAGES := g++ libcriterion-dev valgrind python3-jsonschema
STATIC_PACKAGES := clang-tidy-14 cppcheck
LONG_PACKAGES := gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static clang-14 chromium chromium-driver python3-selenium $(STATIC_PACKAGES)
FUZZ_PACKAGES := clang-14 libclang-rt-14-dev
COVERAGE_PACKAGES := clang-14 libclang-rt-14-dev llvm-14
BINDINGS_PACKAGES := python3-dev python3-pip python3-setuptools python3-wheel python3-pytest \
    ruby ruby-dev ruby-activemodel ruby-minitest postgresql-15 postgresql-server-dev-15 \
    $(if $(shell command -v node),,nodejs) $(if $(wildcard /usr/include/node/node_api.h),,libnode-dev)
SPARK_PACKAGES := openjdk-17-jre-headless
BENCH_PACKAGES := g++ libhyperscan-dev libre2-dev ripgrep gnuplot-nox ruby perl \
    $(if $(shell command -v node),,nodejs) $(if $(shell command -v npm),,npm)
PEERS_PACKAGES := python3-venv $(if $(shell command -v node),,nodejs) $(if $(shell command -v npm),,npm)
PACKAGING_PACKAGES := debhelper dh-python dpkg-dev lintian mandoc cmake bash fish zsh git pre-commit rsyslog systemd
SITE_PACKAGES := emscripten dpkg-dev debian-archive-keyring python3-markdown mandoc chromium chromium-driver \
    python3-selenium $(if $(shell command -v node),,nodejs)

need = $(if $(filter no,$(PACKAGES)),true,.ci/install-packages $(1))

.PHONY: help build demo check check-bindings check-bindings-long check-long check-packages check-site check-static deb \
    sbom static site fuzz soak coverage mutate accuracy peers bench install clean

help:
	@echo 'make build       the command build/piiglet and the library build/libpiiglet.so'
	@echo 'make demo        a page of dialogue before and after piiglet'
	@echo 'make check       every test, also under sanitizers; below ten minutes'
	@echo 'make check-bindings  installs and tests the bindings: Python, Ruby, Node, PostgreSQL'
	@echo 'make check-bindings-long  the same, a million calls against leaks, and the Spark job'
	@echo 'make check-long  the same with longer random runs, all under valgrind, built with clang too'
	@echo 'make check-static  static analysis with gcc, clang-tidy and cppcheck; check-long has it, too'
	@echo 'make deb         Debian packages, in $(BUILD)/packages/deb; make check-packages tests them, and what shells get'
	@echo 'make static      a command that needs no shared library: $(BUILD)/packages/static/piiglet'
	@echo 'make sbom        what it is made of, with versions and licences: $(BUILD)/packages/piiglet.cdx.json'
	@echo 'make site        the site, with a page that scans in the browser: $(BUILD)/site; make check-site tests it'
	@echo 'make fuzz        libFuzzer on every target, FUZZ_SECONDS=$(FUZZ_SECONDS) in all; FUZZ="json xml": only these'
	@echo 'make soak        documents without end, every byte compared, SOAK_SECONDS=$(SOAK_SECONDS): memory stays flat'
	@echo 'make coverage    the branches of engine/ that the short tests take, a line a file'
	@echo 'make mutate      faults put into gates, resolver and escapers: which of them no short test notices'
	@echo 'make accuracy    what is missed and flagged without reason in labelled texts, if there are any here'
	@echo 'make peers       other programs of the kind over the same texts: what they miss, and how fast they are'
	@echo 'make bench       speed beside other engines; BENCH=--quick: under a minute'
	@echo 'make install     into PREFIX ($(PREFIX)), below DESTDIR if given'
	@echo 'make clean       remove the build directories'

build:
	@$(call need,$(BUILD_PACKAGES))
	@test -f $(BUILD)/build.ninja || meson setup $(BUILD) >/dev/null
	@ninja -C $(BUILD) --quiet product

demo: build
	@python3 examples/demo.py $(BUILD)/piiglet examples/dialogue.txt

check:
	@$(call need,$(BUILD_PACKAGES) $(CHECK_PACKAGES))
	@python3 tests/check.py --build $(BUILD)

check-bindings: build
	@$(call need,$(BUILD_PACKAGES) $(BINDINGS_PACKAGES))
	@python3 bindings/check.py --build $(BUILD)

check-bindings-long: build
	@$(call need,$(BUILD_PACKAGES) $(BINDINGS_PACKAGES) $(SPARK_PACKAGES))
	@PIIGLET_LEAK_CALLS=1000000 python3 bindings/check.py --build $(BUILD) python ruby node postgres spark

deb:
	@$(call need,$(BUILD_PACKAGES) $(PACKAGING_PACKAGES) $(BINDINGS_PACKAGES))
	@packaging/build_deb $(BUILD)/packages/deb

static:
	@$(call need,$(BUILD_PACKAGES))
	@test -f $(BUILD)/packages/static/build.ninja || \
	    meson setup $(BUILD)/packages/static -Dstatic=true -Dtests=false >/dev/null
	@ninja -C $(BUILD)/packages/static --quiet product

# binutils has readelf; dpkg knows versions and licences of what is linked.
sbom: build
	@$(call need,binutils dpkg)
	@mkdir -p $(BUILD)/packages
	@python3 packaging/sbom.py $(BUILD) $(BUILD)/packages/piiglet.cdx.json

check-packages: build
	@$(call need,$(BUILD_PACKAGES) $(PACKAGING_PACKAGES) $(BINDINGS_PACKAGES))
	@python3 packaging/check.py $(BUILD) $(BUILD)/packages

# The libraries that the engine needs are compiled from their Debian source packages, which apt fetches.
site: build
	@$(call need,$(BUILD_PACKAGES) $(SITE_PACKAGES))
	@python3 docs/site/build_engine.py $(BUILD) $(BUILD)/site-engine
	@python3 docs/site/build_site.py $(BUILD)/site-engine/engine.wasm $(BUILD)/site

check-site: site
	@python3 tests/site/check.py $(BUILD)

check-long:
	@$(call need,$(BUILD_PACKAGES) $(CHECK_PACKAGES) $(LONG_PACKAGES))
	@python3 tests/check.py --build $(BUILD) --long

check-static: build
	@$(call need,$(STATIC_PACKAGES))
	@python3 tests/static.py $(BUILD)

fuzz:
	@$(call need,$(BUILD_PACKAGES) $(FUZZ_PACKAGES))
	@test -f $(BUILD)-fuzz/build.ninja || CC=clang-14 meson setup $(BUILD)-fuzz -Dfuzz=true -Dunit_tests=disabled \
	    -Db_sanitize=address,undefined >/dev/null
	@ninja -C $(BUILD)-fuzz --quiet
	@python3 tests/fuzz/run.py $(BUILD)-fuzz $(FUZZ_SECONDS) $(FUZZ)

soak: build
	@ninja -C $(BUILD) --quiet tests/soak/soak
	@$(BUILD)/tests/soak/soak $(BUILD)/piiglet $(SOAK_SECONDS)

coverage:
	@$(call need,$(BUILD_PACKAGES) $(CHECK_PACKAGES) $(COVERAGE_PACKAGES))
	@python3 tests/coverage.py --build $(BUILD)-coverage

# MUTATE="--count 50 engine/redact/resolve.c": so many of them, and of these files only.
mutate:
	@$(call need,$(BUILD_PACKAGES) $(CHECK_PACKAGES))
	@python3 tests/mutate.py --build $(BUILD)-mutate $(MUTATE)

# PIIGLET_CORPORA names the folder of the texts; the page docs/ACCURACY.md is written anew.
accuracy: build
	@python3 bench/accuracy/run.py $(BUILD)/piiglet

# Over the same texts; the tables of docs/PEERS.md are written anew. A peer that cannot be installed is listed as absent.
peers: build
	@$(call need,$(PEERS_PACKAGES))
	@python3 bench/peers/table.py $(BUILD)/piiglet

# Peers that cannot be installed are reported as absent; what piiglet itself needs is not optional.
bench:
	@$(call need,$(BUILD_PACKAGES))
	@$(call need,$(BENCH_PACKAGES)) || echo 'the benchmark goes on without those peers'
	@python3 bench/run.py --build $(BUILD) $(BENCH)

install: build
	@meson configure $(BUILD) -Dprefix=$(PREFIX)
	@ninja -C $(BUILD) --quiet product
	@meson install -C $(BUILD) --no-rebuild

clean:
	rm -rf $(BUILD) $(BUILD)-sanitize $(BUILD)-thread $(BUILD)-clang $(BUILD)-fuzz $(BUILD)-coverage \
	    $(BUILD)-mutate
