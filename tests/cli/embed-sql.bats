#!/usr/bin/env bats
# scripts/embed-sql: what the compiler reads back is the file, byte for byte.
load helper

# embedded FILE...: compiles what embed-sql makes of them and prints count, versions and texts.
embedded() {
	"$CS_ROOT/scripts/embed-sql" "$@" >m.c
	cat >main.c <<'C'
#include <stdio.h>
#include "store/migrations.h"

int main(void)
{
	for (size_t i = 0; i < cs_migration_count; i++)
		printf("%d:%s", cs_migrations[i].version, cs_migrations[i].sql);
	return 0;
}
C
	gcc -std=c11 -Wall -Wextra -Wpedantic -Werror -I"$CS_ROOT/lib" -o main main.c m.c
	./main
}

@test "quotes, backslashes, tabs, trigraphs, percent signs and Chinese survive" {
	printf 'CREATE TABLE "a" (b TEXT DEFAULT %s);\n\t-- \\n ??= ??/ %%d 状态\n\nSELECT 1;\n' "'\\'" >0001.sql
	printf 'SELECT 2;\n' >0002.sql
	split embedded 0001.sql 0002.sql
	assert_status 0
	assert_stdout "1:$(cat 0001.sql)
2:SELECT 2;"
}

@test "no migration at all" {
	split embedded
	assert_status 0
	assert_stdout ''
}

@test "a gap, a start that is not 1 and a name that is no number are refused" {
	touch 0001.sql 0002.sql 0003.sql init.sql
	split "$CS_ROOT/scripts/embed-sql" 0001.sql 0003.sql
	assert_status 1
	assert_stderr_contains '0003.sql: expected 0002.sql here'
	split "$CS_ROOT/scripts/embed-sql" 0002.sql
	assert_status 1
	split "$CS_ROOT/scripts/embed-sql" init.sql
	assert_status 1
}
