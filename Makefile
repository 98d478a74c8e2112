# Everything a person must know: make demo, make test. Needs git, make and Rust;
# missing Debian packages are installed by tools/setup (root or sudo).

# The pinned Node.js of tools/node comes before any other.
export PATH := $(CURDIR)/.tools/bin:$(PATH)
CASE ?= demo-case
PORT ?= 0

target := $(or $(CARGO_TARGET_DIR),target)
page := web/dist/index.html
node := .tools/bin/npx
modules := web/node_modules/.package-lock.json
page_sources := $(shell find web/src web/public -type f 2> /dev/null) \
	$(wildcard web/*.html web/*.ts web/*.js web/*.json)

help:
	@echo 'make demo             build, make a case from the clips in fixtures/, open the workbench'
	@echo 'make test             every test: Rust, page, browser, and the story without network'
	@echo 'make web              build the page alone'
	@echo 'make serve CASE=DIR   open the workbench on a case of yours (PORT=N to choose the port)'
	@echo 'make c2pa             build the reader of content credentials (C2PA) beside the programs'
	@echo 'make descriptor       build the program that runs learned descriptors beside the programs'
	@echo 'make fuzz             run every fuzz target for FUZZ_SECONDS (60); needs a C++ compiler'
	@echo 'make soak             1,100 power cuts, kills and faults at every step; an hour, needs root'
	@echo 'make bench            measure beside ffmpeg and others, print ratios'

demo: web
	cargo build --locked --release
	tools/demo $(target)/release/framewitness

test: setup-test services web
	tools/test

web: setup-build $(page)

serve: web
	cargo build --locked --release
	$(target)/release/framewitness --case $(CASE) serve --open --port $(PORT)

soak: setup-test
	tools/soak

bench: setup-test web
	cargo build --locked --release --bins
	cargo build --locked --release -p media -p reuse -p store --examples
	python3 bench/cost.py
	python3 bench/seek.py
	python3 bench/hash.py
	python3 bench/pdq.py

# A workspace of its own: its three hundred crates are in no other build.
c2pa: setup-build
	cargo build --locked --release --manifest-path workers/c2pa/Cargo.toml --target-dir $(target)/c2pa
	mkdir -p $(target)/release
	cp $(target)/c2pa/release/framewitness-credentials $(target)/release/

# A workspace of its own: a runtime for models is in no other build.
descriptor: setup-build
	cargo build --locked --release --manifest-path workers/descriptor/Cargo.toml --target-dir $(target)/descriptor
	mkdir -p $(target)/release
	cp $(target)/descriptor/release/framewitness-descriptor $(target)/release/

fuzz: setup-fuzz
	tools/fuzz

setup-build setup-test setup-fuzz:
	@tools/setup $(@:setup-%=%)

# What tests keep blobs in besides a folder.
services: setup-test
	tools/s3

$(node): tools/node tools/node.txt
	tools/node

# Downloads again only when the lock file or Node changed.
$(modules): web/package.json web/package-lock.json $(node)
	cd web && npm ci --no-audit --no-fund
	@touch $@

$(page): $(modules) $(page_sources)
	cd web && npm run build

.PHONY: help demo test services web serve soak bench c2pa descriptor fuzz setup-build setup-test setup-fuzz
# Prerequisites are made in the order they are written: packages before the page.
.NOTPARALLEL:
