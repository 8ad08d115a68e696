/* Trainings and certificates of one person. */
#ifndef CS_STORE_STAFF_RECORD_H
#define CS_STORE_STAFF_RECORD_H

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/rows.h"

/* The record with the person, name and time of `row`, put over it (texts in the arena): 1, 0,
   -1. */
int cs_staff_record_find(struct cs_db *db, struct cs_staff_record_row *row, struct cs_arena *a,
			 struct cs_err *e);

#endif
