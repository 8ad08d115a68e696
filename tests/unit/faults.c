#include "faults.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"

static char said[4000];

static void say(const char *before, const char *line)
{
	snprintf(said + strlen(said), sizeof said - strlen(said), "%s%s\n", before, line);
}

static void fault(void *arg, const char *line)
{
	(void)arg;
	say("", line);
}

static void remark(void *arg, const char *line)
{
	(void)arg;
	say("~", line);
}

struct cs_check faults_job(void)
{
	said[0] = '\0';
	return (struct cs_check){
		.db = desk->db, .database_id = desk->meta.database_id, .s = desk,
		.fault = fault, .remark = remark,
	};
}

const char *faults_text(void)
{
	return said;
}

void faults_are(const char *want)
{
	assert_string_equal(said, want);
}

void faults_make(const char *sql)
{
	struct cs_err e = {0};
	struct cs_stmt *s;

	if (cs_db_begin(desk->db, &e) < 0)
		fail_msg("%s", e.text);
	s = cs_db_prepare(desk->db, sql, &e);
	if (!s || cs_run(s, &e) < 0 || cs_db_commit(desk->db, &e) < 0)
		fail_msg("%s: %s", sql, e.text);
}
