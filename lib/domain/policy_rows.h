/* How the lines of the policy language's table are written; for policy_table*.c alone. */
#ifndef CS_DOMAIN_POLICY_ROWS_H
#define CS_DOMAIN_POLICY_ROWS_H

#define NO CS_LANG_NOWHERE
#define T(type) CS_LANG_##type
#define REQ CS_LANG_REQUIRED
#define LATER CS_LANG_LATER
#define ROWS(a) a, sizeof(a) / sizeof *(a)
#define PERIODS "day week month quarter half year"
#define SOURCE(type) \
	{"source", T(SOURCE), NULL, 0, 0, offsetof(struct type, source), "requirement ids"}
#define NOSOURCE {"source", T(SOURCE), NULL, 0, 0, NO, "requirement ids"}
#define NOT_YET(key) {key, T(NAME), NULL, 0, LATER, NO, NULL}
#define OBJECT(name, rows, type, before, after) \
	{name, ROWS(rows), sizeof(struct type), before, after}
#define INSIDE(name, rows, before, after) {name, ROWS(rows), 0, before, after}

#endif
