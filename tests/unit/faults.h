/* The faults of a check, one a line, for tests that compare them. */
#ifndef CS_TESTS_FAULTS_H
#define CS_TESTS_FAULTS_H

#include "domain/check_job.h"

/* A job on the desk's database (desk.h) whose faults go to faults_text(); nothing said yet. */
struct cs_check faults_job(void);
/* "line\nline\n"; remarks have "~" before them. */
const char *faults_text(void);
/* Fails unless exactly this was said since faults_job. */
void faults_are(const char *want);
/* A change no program of ours would make: a string constant. */
void faults_make(const char *sql);

#endif
