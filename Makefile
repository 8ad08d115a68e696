# csdesk: one Makefile for everything, GNU make, not recursive.
#
#   make            the programs, optimised and hardened: build/release/cs-*
#   make debug      the same without optimisation:        build/debug/cs-*
#   make san        under ASan and UBSan:                 build/san/cs-*
#   make check      every test                  make cover    tests, then lines covered by file
#   make lint       layers, compilers, linters  make torture  kills, full disks, crowds: the long form
#   make bench      figures against limits      make fuzz     each target for FUZZ_SECONDS
#   make memory     every program under valgrind
#   make install DESTDIR= PREFIX=/usr/local     make uninstall, make format, make clean
#
# Variables: CC, CFLAGS (replaces the optimisation flags), WERROR=1 (warnings are errors),
# STATIC=0 (link no library statically), BUILD (where everything goes), V=1 (show commands).

VERSION = 0.1.0

ifeq ($(origin CC),default)
CC = gcc
endif
CLANG ?= clang
AR ?= ar
PKG_CONFIG ?= pkg-config
INSTALL ?= install
BUILD ?= build
WERROR ?= 0
STATIC ?= 1
FUZZ_SECONDS ?= 60
Q = $(if $(filter 1,$(V)),,@)
# One line a step; none with `make -s`.
SAY = @$(if $(findstring s,$(filter-out -%,$(firstword $(MAKEFLAGS)))),:,echo)

PREFIX ?= /usr/local
bindir = $(PREFIX)/bin
datadir = $(PREFIX)/share/csdesk
mandir = $(PREFIX)/share/man
docdir = $(PREFIX)/share/doc/csdesk

MODES := release debug san cover fuzz

# --- what there is ---------------------------------------------------------------------------

PROGRAMS := $(patsubst bin/%.c,%,$(wildcard bin/*.c))
LIB_SRC := $(sort $(wildcard $(addsuffix /*.c,lib/base lib/store lib/domain lib/text)))
SQL := $(sort $(wildcard lib/store/sql/*.sql))
UNIT := $(patsubst %.c,%,$(wildcard tests/unit/test_*.c))
# What several tests share (tests/unit/*.c that is no test of its own) is linked into each of them.
UNIT_SHARED := $(filter-out $(addsuffix .c,$(UNIT)),$(wildcard tests/unit/*.c))
FUZZ := $(patsubst %.c,%,$(wildcard tests/fuzz/fuzz_*.c))
TOOLS := $(patsubst %.c,%,$(wildcard $(addsuffix /*.c,tests/bench tests/cli tests/torture)))

# --- flags -----------------------------------------------------------------------------------

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
       $(if $(filter 1,$(WERROR)),-Werror)
PKGS = sqlite3 libsodium libcjson
pkg_cflags := $(shell $(PKG_CONFIG) --cflags $(PKGS) 2>/dev/null)
BASE_CFLAGS = -std=c11 -D_GNU_SOURCE -Ilib $(pkg_cflags) $(WARN)

# A library is linked statically where its archive is there: most of what a program's start costs
# is finding and relocating shared objects. libcsv has no .pc file on Debian; SQLite's .pc file asks
# for -lz, which only its shell needs.
archive = $(if $(filter 1,$(STATIC)),$(filter /%,$(shell $(CC) -print-file-name=$(1).a)))
link = $(or $(call archive,$(1)),$(2))
LIBS := $(call link,libsqlite3,$(shell $(PKG_CONFIG) --libs sqlite3 2>/dev/null)) \
        $(call link,libsodium,$(shell $(PKG_CONFIG) --libs libsodium 2>/dev/null)) \
        $(call link,libcjson,$(shell $(PKG_CONFIG) --libs libcjson 2>/dev/null)) \
        $(call link,libcsv,-lcsv) -lm -lpthread
CMOCKA_LIBS := $(shell $(PKG_CONFIG) --libs cmocka 2>/dev/null || echo -lcmocka)

HARDEN_C = -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fPIE
HARDEN_L = -pie -Wl,-z,relro,-z,now -Wl,-z,noexecstack
LINK = -Wl,-O1 -Wl,--as-needed $(LDFLAGS)
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

OPT = $(if $(CFLAGS),$(CFLAGS),-O2 -g)
release_CC = $(CC)
release_C = $(OPT) $(HARDEN_C)
release_L = $(HARDEN_L)
debug_CC = $(CC)
debug_C = -O0 -g3
debug_L =
san_CC = $(CC)
san_C = -O1 -g $(SANITIZE)
san_L = $(SANITIZE)
cover_CC = $(CC)
cover_C = -O0 -g --coverage
cover_L = --coverage
fuzz_CC = $(CLANG)
fuzz_C = -O1 -g $(SANITIZE) -fsanitize=fuzzer-no-link
fuzz_L = $(SANITIZE)

# Version and place of the data concern the few files that name them: another PREFIX compiles
# these again and nothing else.
CONFIG = -DCS_VERSION='"$(VERSION)"' -DCS_DATADIR='"$(datadir)"'
CONFIG_SRC := $(shell grep -lE '\bCS_(VERSION|DATADIR)\b' $(LIB_SRC) $(wildcard bin/*.c) /dev/null)

# --- targets ---------------------------------------------------------------------------------

.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:
.PHONY: all debug san release lib tests check-programs check lint bench memory torture fuzz fuzz-programs cover \
        cover-programs install uninstall format clean FORCE

all: release
release debug san: %: $(BUILD)/%/libcsdesk.a
release: $(PROGRAMS:%=$(BUILD)/release/%)
debug: $(PROGRAMS:%=$(BUILD)/debug/%)
san: $(PROGRAMS:%=$(BUILD)/san/%)
lib: $(BUILD)/release/libcsdesk.a

# Files that change only when what they say changes: flags, and lists of sources, so that another
# compiler, another flag or a removed file is noticed; + is for make -n and -q, which look at them too.
remember = mkdir -p $(@D); printf '%s\n' $(1) | cmp -s - $@ || printf '%s\n' $(1) >$@
quote = '$(subst ','\'',$(strip $(1)))'

$(BUILD)/gen/config.txt: FORCE
	+$(Q)$(call remember,$(call quote,$(CONFIG)))
$(BUILD)/gen/sql.txt: FORCE
	+$(Q)$(call remember,$(call quote,$(SQL)))
$(BUILD)/gen/migrations.c: scripts/embed-sql $(SQL) $(BUILD)/gen/sql.txt
	$(Q)scripts/embed-sql $(SQL) >$@

# $(1): mode
define mode_rules
$(BUILD)/$(1)/flags.txt: FORCE
	+$$(Q)$$(call remember,$$(call quote,$$($(1)_CC) $$(BASE_CFLAGS) $$($(1)_C)))
$(BUILD)/$(1)/link.txt: FORCE
	+$$(Q)$$(call remember,$$(call quote,$$($(1)_CC) $$(LINK) $$($(1)_L) $$(LIBS)))
$(BUILD)/$(1)/sources.txt: FORCE
	+$$(Q)$$(call remember,$$(call quote,$$(LIB_SRC)))

$(BUILD)/$(1)/obj/%.o: %.c $(BUILD)/$(1)/flags.txt
	@mkdir -p $$(@D)
	$$(SAY) "CC $(1) $$<"
	$$(Q)$$($(1)_CC) $$(BASE_CFLAGS) $$($(1)_C) $$(if $$(filter $$<,$$(CONFIG_SRC)),$$(CONFIG)) -MMD -MP -c -o $$@ $$<
$$(CONFIG_SRC:%.c=$(BUILD)/$(1)/obj/%.o): $(BUILD)/gen/config.txt
# ISO C promises only 4,095 characters of a literal; every compiler here takes more.
$(BUILD)/$(1)/obj/gen/migrations.o: $(BUILD)/gen/migrations.c $(BUILD)/$(1)/flags.txt
	@mkdir -p $$(@D)
	$$(Q)$$($(1)_CC) $$(BASE_CFLAGS) -Wno-overlength-strings $$($(1)_C) -MMD -MP -c -o $$@ $$<

$(BUILD)/$(1)/libcsdesk.a: $$(LIB_SRC:%.c=$(BUILD)/$(1)/obj/%.o) $(BUILD)/$(1)/obj/gen/migrations.o $(BUILD)/$(1)/sources.txt
	$$(SAY) "AR $(1) $$@"
	$$(Q)rm -f $$@; $$(AR) rcs $$@ $$(filter %.o,$$^)

$$(PROGRAMS:%=$(BUILD)/$(1)/%): $(BUILD)/$(1)/%: $(BUILD)/$(1)/obj/bin/%.o $(BUILD)/$(1)/libcsdesk.a $(BUILD)/$(1)/link.txt
	$$(SAY) "LD $(1) $$@"
	$$(Q)$$($(1)_CC) $$(LINK) $$($(1)_L) -o $$@ $$(filter %.o %.a,$$^) $$(LIBS)

$$(UNIT:%=$(BUILD)/$(1)/%): $(BUILD)/$(1)/%: $(BUILD)/$(1)/obj/%.o $$(UNIT_SHARED:%.c=$(BUILD)/$(1)/obj/%.o) \
		$(BUILD)/$(1)/libcsdesk.a $(BUILD)/$(1)/link.txt
	@mkdir -p $$(@D)
	$$(Q)$$($(1)_CC) $$(LINK) $$($(1)_L) -o $$@ $$(filter %.o %.a,$$^) $$(LIBS) $$(CMOCKA_LIBS)
$$(TOOLS:%=$(BUILD)/$(1)/%): $(BUILD)/$(1)/%: $(BUILD)/$(1)/obj/%.o $(BUILD)/$(1)/libcsdesk.a $(BUILD)/$(1)/link.txt
	@mkdir -p $$(@D)
	$$(Q)$$($(1)_CC) $$(LINK) $$($(1)_L) -o $$@ $$(filter %.o %.a,$$^) $$(LIBS)
# A fuzz target and the replaying main: feeds the kept corpus without clang.
$$(FUZZ:%=$(BUILD)/$(1)/%): $(BUILD)/$(1)/%: $(BUILD)/$(1)/obj/%.o $$(if $$(filter fuzz,$(1)),,$(BUILD)/$(1)/obj/tests/fuzz/replay.o) \
		$(BUILD)/$(1)/libcsdesk.a $(BUILD)/$(1)/link.txt
	@mkdir -p $$(@D)
	$$(Q)$$($(1)_CC) $$(LINK) $$($(1)_L) $$(if $$(filter fuzz,$(1)),-fsanitize=fuzzer) -o $$@ $$(filter %.o %.a,$$^) $$(LIBS)

-include $$(patsubst %.c,$(BUILD)/$(1)/obj/%.d,$$(LIB_SRC) $$(wildcard bin/*.c tests/*/*.c)) $(BUILD)/$(1)/obj/gen/migrations.d
endef
$(foreach m,$(MODES),$(eval $(call mode_rules,$(m))))

# --- tests -----------------------------------------------------------------------------------

# `make tests` runs nothing: it builds those of every day, build/debug/tests/unit/test_* and the others.
tests: $(addprefix $(BUILD)/debug/,$(UNIT) $(FUZZ) $(TOOLS))
check-programs: release $(UNIT:%=$(BUILD)/san/%) $(FUZZ:%=$(BUILD)/san/%) $(TOOLS:%=$(BUILD)/release/%)
cover-programs: $(PROGRAMS:%=$(BUILD)/cover/%) $(UNIT:%=$(BUILD)/cover/%) $(FUZZ:%=$(BUILD)/cover/%) $(TOOLS:%=$(BUILD)/cover/%)
fuzz-programs: $(FUZZ:%=$(BUILD)/fuzz/%)

check: check-programs
	scripts/check --built
lint: release
	scripts/lint
bench: release $(TOOLS:%=$(BUILD)/release/%)
	scripts/bench
memory: release
	scripts/memory
torture: check-programs
	CS_TORTURE_ROUNDS=200 CS_TEST_TIMEOUT=3600 scripts/check --built torture
fuzz: fuzz-programs
	FUZZ_SECONDS=$(FUZZ_SECONDS) scripts/fuzz $(FUZZ:%=$(BUILD)/fuzz/%)
cover: cover-programs
	scripts/cover

# --- install ---------------------------------------------------------------------------------

# MODE:FILE:VARIABLE:NAME, which goes to $(VARIABLE)/NAME: folders may have blanks.
INSTALL_LIST = \
	$(foreach p,$(PROGRAMS),755:$(BUILD)/release/$(p):bindir:$(p)) \
	$(foreach s,$(wildcard scripts/nightly scripts/month-end),755:$(s):bindir:cs-$(notdir $(s))) \
	$(foreach s,1 5 7,$(foreach p,$(wildcard man/*.$(s)),644:$(p):mandir:man$(s)/$(notdir $(p)))) \
	$(foreach p,$(wildcard lib/policy/*.json lib/policy/calendars/*.json),644:$(p):datadir:$(p:lib/%=%)) \
	$(foreach p,$(wildcard README.md),644:$(p):docdir:$(p)) \
	$(foreach p,$(wildcard scripts/crontab.example scripts/nightly.conf.example),644:$(p):docdir:examples/$(notdir $(p:.example=)))
part = $(word $(1),$(subst :, ,$(2)))
target = '$(DESTDIR)$($(call part,3,$(1)))/$(call part,4,$(1))'
own_folders = '$(datadir)/policy/calendars' '$(datadir)/policy' '$(datadir)' '$(docdir)/examples' '$(docdir)'
# Those of the system stay, also empty.
shared_folders = $(if $(filter-out /usr /usr/local,$(subst $() ,_,$(DESTDIR)$(PREFIX))), \
	$(foreach s,1 5 7,'$(mandir)/man$(s)') '$(mandir)' '$(PREFIX)/share/doc' '$(PREFIX)/share' '$(bindir)')

install: release
	$(Q)set -e; $(foreach i,$(INSTALL_LIST), \
	    $(INSTALL) -D -m $(call part,1,$(i)) '$(call part,2,$(i))' $(call target,$(i));)
	$(SAY) "installed $(words $(INSTALL_LIST)) files under $(DESTDIR)$(PREFIX)"
uninstall:
	$(Q)rm -f $(foreach i,$(INSTALL_LIST),$(call target,$(i)))
	$(Q)for d in $(own_folders) $(shared_folders); do rmdir "$(DESTDIR)$$d" 2>/dev/null || true; done
	$(SAY) "removed $(words $(INSTALL_LIST)) files under $(DESTDIR)$(PREFIX)"

format:
	clang-format -i $(wildcard bin/*.c lib/*/*.[ch] tests/*/*.[ch])
clean:
	rm -rf $(BUILD)
