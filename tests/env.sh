# The surroundings of every test that runs programs; sourced by bash scripts and by helper.bash.
#   CS_BUILD   the folder of the programs (default: build/release of this tree)
# shellcheck shell=bash
CS_ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
CS_BUILD=${CS_BUILD:-$CS_ROOT/build/release}
CS_DATADIR=$CS_ROOT/lib
CS_TORTURE_ROUNDS=${CS_TORTURE_ROUNDS:-20}
PATH=$CS_BUILD:$PATH
# The zone of the tests is none of the zones of the policies, so that a forgotten zone shows.
TZ=America/St_Johns
LC_ALL=C.UTF-8
export CS_ROOT CS_BUILD CS_DATADIR CS_TORTURE_ROUNDS PATH TZ LC_ALL
unset CS_DB CS_NOW NO_COLOR POSIXLY_CORRECT CDPATH
umask 022
