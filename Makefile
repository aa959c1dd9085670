# Martlet. `make help` lists everything.

PORT     ?= 8080
DATABASE ?= sqlite:data/martlet.sqlite
PACKAGES := libsqlite3-dev libpq-dev libcurl4-openssl-dev
# Only for the tests, which start a server of their own.
TEST_PACKAGES := postgresql pgbouncer
# Only for measuring.
BENCH_PACKAGES := wrk

# All tests at once would take each other's time, and the ones that hold deadlines would miss them.
TESTS_AT_ONCE := 6

# Debug and release share nothing: in one folder each would make the other build anew.
SWIFT_RELEASE := swift build -c release --scratch-path .build-release
MARTLET       := .build-release/release/martlet

.DEFAULT_GOAL := help
.PHONY: help setup build release run test bench lint format check clean

help: ## List what can be made
	@echo "Martlet: make TARGET [PORT=8080] [DATABASE=sqlite:data/martlet.sqlite]"
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install the system packages that are missing (Debian, Ubuntu)
	@missing=""; \
	for package in $(PACKAGES); do \
		dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
		if ! command -v apt-get >/dev/null; then \
			echo "error: these packages (or your system's equivalents) are needed:$$missing" >&2; exit 1; \
		fi; \
		sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
		if [ -n "$$sudo" ] && ! command -v sudo >/dev/null; then \
			echo "error: as root, run: apt-get install$$missing" >&2; exit 1; \
		fi; \
		echo "Installing$$missing"; \
		$$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq$$missing; \
	fi
	@command -v swift >/dev/null || { echo "error: Swift 6.3 is needed: https://www.swift.org/install/linux" >&2; exit 1; }

build: setup ## Build for debugging
	swift build

release: setup ## Build with optimisation, into .build-release
	$(SWIFT_RELEASE) --product martlet

run: release ## Start the server with the shipped metadata and demo data
	$(MARTLET) serve --demo --port $(PORT) --database $(DATABASE)

test: PACKAGES += $(TEST_PACKAGES)
test: setup ## Run all tests
	swift test --disable-xctest --experimental-maximum-parallelization-width $(TESTS_AT_ONCE)

bench: PACKAGES += $(BENCH_PACKAGES)
bench: release ## Measure speed and memory, as ratios
	$(SWIFT_RELEASE) --product FormulaBenchmark
	$(SWIFT_RELEASE) --product ObjectQLBenchmark
	$(SWIFT_RELEASE) --product JobsBenchmark
	$(SWIFT_RELEASE) --product AssistantBenchmark
	$(SWIFT_RELEASE) --product MartletBenchmark
	$(SWIFT_RELEASE) --product SimulationBenchmark
	.build-release/release/FormulaBenchmark
	.build-release/release/ObjectQLBenchmark
	.build-release/release/JobsBenchmark
	.build-release/release/AssistantBenchmark
	.build-release/release/MartletBenchmark
	.build-release/release/SimulationBenchmark

lint: ## Check the format of all Swift files
	swift format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks triggers

format: ## Format all Swift files
	swift format --in-place --parallel --recursive Package.swift Sources Tests Benchmarks triggers

check: release ## Check the shipped metadata
	$(MARTLET) check metadata

clean: ## Remove what was built; data/ stays
	rm -rf .build .build-release
