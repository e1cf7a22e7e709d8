# Every target works on a fresh Debian 12 with a Swift toolchain; `make` alone lists them.

PREFIX ?= /usr/local
SCENARIO ?=
QUICK ?=
SIZES ?=
SHARE = $(DESTDIR)$(PREFIX)/share/watchkeeper
VENV = .build/clouds-venv
SOURCES = Package.swift Sources Tests
# Three tests at a time: two cores full of long drawing tests would starve one that waits for an answer.
TESTING = SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=3 \
  WATCHKEEPER_CLOUDS_PYTHON="$(CURDIR)/$(VENV)/bin/python" WATCHKEEPER_REQUIRE_ALL=1
# Tests with servers and terminals of their own run one after another, when the others are done.
OUTSIDE = ^(CloudsTests|EndToEndTests)\.

.DEFAULT_GOAL := help
.PHONY: help demo test check bench format install clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

demo: ## build (release) and stand a watch on a made-up estate; SCENARIO=NAME chooses one
	@.ci/setup build
	swift build -c release --product watchkeeper
	@.build/release/watchkeeper demo $(SCENARIO)

test: ## build (debug), run every test, then the house rules; skips nothing
	@.ci/setup test
	swift build --build-tests
	@$(TESTING) .ci/testing inside swift test --skip-build --disable-xctest --skip '$(OUTSIDE)'
	@$(TESTING) .ci/testing outside swift test --skip-build --disable-xctest --no-parallel --filter '$(OUTSIDE)'
	@.ci/check

check: ## hold the house rules: imports, format, words, libraries, lengths (a few seconds)
	@.ci/setup build
	swift build
	@.ci/check

bench: ## build (release), measure it beside htop, tig, boto3; how well it judges; QUICK=1 is short
	@.ci/setup bench
	swift build -c release --product watchkeeper
	swift build --build-tests
	@"$(VENV)/bin/python" Tests/Bench/bench.py --program .build/release/watchkeeper \
	  --tests .build/debug/watchkeeperPackageTests.xctest $(if $(QUICK),--quick)
ifeq ($(SIZES),all)
	swift build --build-tests
	WATCHKEEPER_ALL_SIZES=1 swift test --skip-build --disable-xctest --filter SizeTests
endif

format: ## rewrite the Swift files in the house format
	swift format format --in-place --parallel --recursive $(SOURCES)

install: ## build (release) and place the program and its files under PREFIX (/usr/local)
	@.ci/setup build
	swift build -c release --static-swift-stdlib --product watchkeeper
	install -D -s -m 755 .build/release/watchkeeper "$(DESTDIR)$(PREFIX)/bin/watchkeeper"
	find docs/runbooks themes demo-data -type f | while read -r file; do \
	  install -D -m 644 "$$file" "$(SHARE)/$${file#docs/}"; done

clean: ## remove all that was built, the tests' Python too
	rm -rf .build
