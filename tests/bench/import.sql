-- The rows of an import (import_rows.awk), already in the plain table raw, into the tables by the shell alone: what
-- cs-intake stores, by expressions. The hashes are random, the clock times those of the rules' natural spans.
INSERT INTO premises (unit, address)
SELECT DISTINCT u.id, r.premises FROM raw r JOIN unit u ON u.code = r.unit;
INSERT INTO person (name, phone)
SELECT DISTINCT customer, phone FROM raw;
CREATE TABLE ready AS
SELECT r.rowid AS n, strftime('%s', r.opened_at) - 28800 AS at, u.id AS unit, p.id AS person, h.id AS premises,
	(CAST(julianday(date(r.opened_at)) - 2440587.5 + 40000 AS INTEGER) << 39) | (13122 << 24) |
		row_number() OVER (PARTITION BY date(r.opened_at) ORDER BY r.rowid) AS id
FROM raw r JOIN unit u ON u.code = r.unit JOIN person p ON p.phone = r.phone
	JOIN premises h ON h.address = r.premises AND h.unit = u.id
ORDER BY r.rowid;
INSERT INTO counter (prefix, day, last)
SELECT 'R', (id >> 39) - 40000, count(*) FROM ready GROUP BY 2;
INSERT INTO event (about, subject, at, recorded_at, login, actor, step, edition, facts, private, chain)
SELECT 'ticket', q.id, q.at, 1795306134, 'root', 1, 'register', 1,
	printf('{"v":1,"e":[["set","kind","request"],["set","place",%d],["set","first",1],["set","customer",%d],["set","premises",%d],'
		|| '["set","run",1],["set","channel","phone"],["set","category","%s"],["set","specialty","safety"],["subject"],'
		|| '["party",1,%d,"customer"],["set","priority","normal"],["set","responsible",1],["state","registered","open",null],'
		|| '["clock","handover",1,0,%d,%d,%d,0,"due@%d",null],["clock","dispatch",1,0,%d,%d,%d,0,"due@%d",null],'
		|| '["clock","arrive_customer",1,0,%d,%d,%d,0,"due@%d",null],["clock","resolve",1,0,%d,%d,%d,0,'
		|| '"due@%d,esc_1@%d,esc_2@%d,esc_3@%d,esc_4@%d,esc_5@%d",null],["set","due_at",%d]]}',
		q.unit, q.person, q.premises, r.category, q.person, q.at, q.at, q.at + 180, q.at + 180, q.at, q.at, q.at + 600,
		q.at + 600, q.at, q.at, q.at + 1800, q.at + 1800, q.at, q.at, q.at + 50000, q.at + 50000, q.at + 50000,
		q.at + 172800, q.at + 259200, q.at + 604800, q.at + 1296000, q.at + 50000),
	printf('{"salt":"%s","subject":"%s","body":"%s"}', lower(hex(randomblob(16))), r.subject, r.body),
	randomblob(32)
FROM ready q JOIN raw r ON r.rowid = q.n ORDER BY q.n;
INSERT INTO ticket (id, kind, state, state_is, cycle, cycle_event, place, first, responsible, channel, category, specialty,
	priority, level, customer, premises, opened_at, due_at, stay_at, stay_by, stays, imported, run, subject, last_at,
	last_event)
SELECT q.id, r.kind, 'registered', 'open', 1, q.n + 3, q.unit, 1, 1, r.channel, r.category, 'safety', 'normal', 0, q.person,
	q.premises, q.at, q.at + 50000, q.at, 'opened', 0, 0, 1, r.subject, q.at, q.n + 3
FROM ready q JOIN raw r ON r.rowid = q.n ORDER BY q.n;
INSERT INTO clock (ticket, clock, cycle, run, rule, edition, start_at, counted_from, due_at, due_set, breached, crossings, next_at)
SELECT q.id, c.column1, 1, 1, 0, 1, q.at, q.at, q.at + c.column2, 0, 0,
	CASE WHEN c.column1 = 'resolve' THEN printf('due@%d,esc_1@%d,esc_2@%d,esc_3@%d,esc_4@%d,esc_5@%d', q.at + c.column2,
		q.at + c.column2, q.at + 172800, q.at + 259200, q.at + 604800, q.at + 1296000)
	ELSE printf('due@%d', q.at + c.column2) END, q.at + c.column2
FROM ready q JOIN (VALUES ('arrive_customer', 1800), ('dispatch', 600), ('handover', 180), ('resolve', 50000)) c ORDER BY q.n;
INSERT INTO party (ticket, seq, person, capacity)
SELECT id, 1, person, 'customer' FROM ready ORDER BY n;
INSERT INTO intake_run (source, history, started_at, login) VALUES ('bench', 0, 1795306134, 'root');
INSERT INTO intake_row (source, key, digest, ticket, run)
SELECT 'bench', r.source_key, lower(hex(randomblob(32))), q.id, 1 FROM ready q JOIN raw r ON r.rowid = q.n ORDER BY q.n;
DROP TABLE ready;
DROP TABLE raw;
