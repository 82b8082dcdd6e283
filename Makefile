# One Cửa's commands. `make run` and `make test` set up what they need by themselves.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

CARGO := cargo
OUT := target/logs

.PHONY: help run test bench nightly fmt lint docs openapi moves unit oracle audit setup-run setup-test

help: ## what there is
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

# `make run MOTCUA_DEMO=false` starts with an empty register; codes are then not shown either.
run: export MOTCUA_DEMO ?= true
run: export MOTCUA_REVEAL_CODES ?= $(MOTCUA_DEMO)
# Officers of the demonstration sign in with the password alone; anywhere else a second factor is asked for.
run: export MOTCUA_SECOND_FACTOR ?= $(if $(filter true,$(MOTCUA_DEMO)),false,true)
run: setup-run ## build the server and start it on demonstration data
	$(CARGO) build --release --locked --package api --bin motcua
	exec target/release/motcua serve

test: setup-test lint docs audit unit ## everything a change must pass, in under 30 minutes on 2 cores

nightly: export MOTCUA_NIGHTLY := 1
nightly: setup-test lint docs audit oracle unit ## the same with long fault, property and contract runs

bench: setup-test ## figures beside their limits, release build, both engines
	$(CARGO) build --release --locked --workspace --bin motcua --bin bench
	target/release/bench

fmt: ## format the sources
	$(CARGO) fmt --all

lint: setup-run ## format and clippy
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings

docs: setup-run ## the documentation comments
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --locked --quiet

openapi: setup-run ## write openapi/openapi.json anew from the handlers
	$(CARGO) build --locked --workspace --bin motcua-openapi
	target/debug/motcua-openapi generate

moves: setup-run ## write the table of moves in ARCHITECTURE.md anew from the rules
	MOTCUA_WRITE_MOVES=1 $(CARGO) test --workspace --locked --test it -- architecture::moves

audit: ## licences, bans and unused dependencies, where the tools are installed
	@if cargo deny --version >/dev/null 2>&1; then cargo deny --offline check bans licenses sources; \
	else echo "cargo-deny is not installed: licences are not checked (bans are, by tests/it/architecture)"; fi
	@if cargo machete --version >/dev/null 2>&1; then cargo machete; \
	else echo "cargo-machete is not installed: unused dependencies are not looked for"; fi

# The document, its linters, the fuzzing of the contract and the faults are tests like any other:
# see tests/it. The summary of every test binary is repeated at the end.
unit: setup-test
	@mkdir -p $(OUT)
	$(CARGO) test --workspace --doc --locked 2>&1 | tee $(OUT)/doc.log
	$(CARGO) test --workspace --all-targets --locked --no-fail-fast 2>&1 | tee $(OUT)/test.log || failed=1; \
	scripts/summary $(OUT)/doc.log $(OUT)/test.log; \
	exit $${failed:-0}

# A million random clocks against a walk minute by minute: too slow without optimisation.
oracle: setup-run
	$(CARGO) test --package domain --lib --locked --config 'profile.dev.package.domain.opt-level=2' \
		a_million -- --ignored

setup-run:
	@scripts/setup run

setup-test:
	@scripts/setup test
