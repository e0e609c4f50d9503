# Everything a person does here. `make run` and `make test` do all the set-up themselves.
SHELL := /bin/bash
PREFIX ?= $(HOME)/.local
RELEASE := .build/release/vigie
FLAGS := -c release -Xswiftc -static-stdlib
FLEET := Tests/Fleet/fleet
FLEET_DIR = $${VIGIE_FLEET_DIR:-$${XDG_CACHE_HOME:-$$HOME/.cache}/vigie-fleet}

.PHONY: help run demo test check bench fleet fleet-down record format lint docs install build release setup clean

help: ## what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup:
	@.ci/setup

build: setup
	@swift build

release: setup
	@swift build $(FLAGS)

run: release ## watch this machine, or the fleet of ./fleet.json5
	@$(RELEASE) $(ARGS)

demo: release fleet ## watch three real Debian hosts on this machine (needs root on Debian)
	@$(FLEET) load start
	@$(RELEASE) --fleet "$(FLEET_DIR)/fleet.json5" $(ARGS)

test: build ## all the tests
	@.ci/test

check: lint ## all that CI does
	@$(MAKE) --no-print-directory test

lint: setup
	@swift format lint --strict --recursive Package.swift Sources Tests
	@.ci/conventions

bench: release ## measure, one line a figure, and .build/bench.json
	@.ci/setup test && Tests/Bench/bench

fleet: ## the local fleet, up
	@$(FLEET) up

fleet-down: ## the local fleet, down
	@$(FLEET) down

record: build ## make the recorded screens anew
	@VIGIE_RECORD=1 swift test --filter ScreenTests

docs: build ## make the generated pages anew
	@VIGIE_WRITE_DOCS=1 swift test --filter ConsoleTests

format: ## lay out the source as it should be
	@swift format --in-place --recursive Package.swift Sources Tests

install: release ## put vigie into PREFIX/bin (~/.local)
	@install -Dm755 $(RELEASE) "$(DESTDIR)$(PREFIX)/bin/vigie"
	@echo "installed $(DESTDIR)$(PREFIX)/bin/vigie"

clean:
	@rm -rf .build
