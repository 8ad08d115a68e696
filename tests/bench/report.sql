-- The figures of `cs-report monthly`, computed by the engine alone, as the lines of its tidy table:
--   table|row|row2|row3|column|value
-- Before it: CREATE TEMP TABLE edge (a INTEGER, z INTEGER, now INTEGER) with the period's edges and min(end, now).
-- Kinds, units and clocks as tests/bench/fill_report.c writes them: each clock counts.
.mode list
.separator |

CREATE TEMP TABLE seg AS
WITH raw AS (
	SELECT ticket, seq, entered, left, from_at, max(from_at, to_at) AS to_at, unit, category, channel FROM stay
	UNION ALL
	SELECT id, stays + 1, stay_by, iif(state_is IN ('done', 'closed'), 'done', NULL), stay_at,
		iif(state_is IN ('done', 'closed'), max(stay_at, done_at), NULL), ifnull(handling, accepting), category, channel
	FROM ticket WHERE state_is <> 'standing')
SELECT raw.ticket, raw.entered, raw.left, raw.from_at, raw.to_at, ticket.opened_at, ticket.responded_at, ticket.kind,
	ifnull(unit.code, '-') AS code, ifnull(raw.category, '-') AS category, ifnull(raw.channel, '-') AS channel,
	max(iif(entered <> 'moved', from_at, NULL)) OVER t AS since, lead(from_at) OVER t AS next_at, row_number() OVER t AS nth,
	iif(entered = 'moved' AND lag(left) OVER t = 'moved', 1, NULL) AS joined, lag(code) OVER t AS last_code,
	lag(ifnull(raw.category, '-')) OVER t AS last_category,
	iif(left = 'moved' AND lead(entered) OVER t = 'moved', 1, NULL) AS joins, lead(code) OVER t AS next_code,
	lead(ifnull(raw.category, '-')) OVER t AS next_category
FROM raw JOIN ticket ON ticket.id = raw.ticket LEFT JOIN unit ON unit.id = raw.unit
WINDOW t AS (PARTITION BY raw.ticket ORDER BY raw.seq);

-- Each stay along each dimension; first, last: no move within the group joins it to the one before, behind it.
CREATE TEMP TABLE keyed AS
SELECT 'all' AS by, '*' AS grp, joined IS NULL AS first, joins IS NULL AS last, * FROM seg UNION ALL
SELECT 'kind', kind, joined IS NULL, joins IS NULL, * FROM seg UNION ALL
SELECT 'category', category, joined IS NULL OR last_category <> category, joins IS NULL OR next_category <> category, * FROM seg UNION ALL
SELECT 'unit', code, joined IS NULL OR last_code <> code, joins IS NULL OR next_code <> code, * FROM seg UNION ALL
SELECT 'channel', channel, joined IS NULL, joins IS NULL, * FROM seg;

CREATE TEMP TABLE stock AS
SELECT by, grp,
	sum(from_at < a AND ifnull(to_at >= a, 1)) AS carried_in,
	sum(first AND entered = 'opened' AND from_at >= a AND from_at < z) AS opened,
	sum(first AND entered = 'reopened' AND from_at >= a AND from_at < z) AS reopened,
	sum(first AND entered = 'moved' AND from_at >= a AND from_at < z) AS moved_in,
	sum(ifnull(left = 'done' AND to_at >= a AND to_at < z, 0)) AS closed,
	0 AS merged, -- the bench merges nothing
	sum(ifnull(last AND left = 'moved' AND to_at >= a AND to_at < z, 0)) AS moved_out,
	sum(from_at < z AND ifnull(to_at >= z, 1)) AS carried_out
FROM keyed, edge GROUP BY by, grp;

CREATE TEMP TABLE resolution AS
WITH ranked AS (
	SELECT by, grp, to_at - since AS s, row_number() OVER (PARTITION BY by, grp ORDER BY to_at - since) AS r,
		count(*) OVER (PARTITION BY by, grp) AS n
	FROM keyed, edge WHERE left = 'done' AND to_at >= a AND to_at < z)
SELECT by, grp, max(n) AS n, (2 * sum(s) + max(n)) / (2 * max(n)) AS mean,
	max(iif(r = (n + 1) / 2, s, NULL)) AS median, max(iif(r = (9 * n + 9) / 10, s, NULL)) AS p90
FROM ranked GROUP BY by, grp;

CREATE TEMP TABLE response AS
WITH ranked AS (
	SELECT by, grp, responded_at - opened_at AS s, row_number() OVER (PARTITION BY by, grp ORDER BY responded_at - opened_at) AS r,
		count(*) OVER (PARTITION BY by, grp) AS n
	FROM keyed, edge WHERE responded_at >= a AND responded_at < z AND (from_at < responded_at OR nth = 1)
		AND (next_at IS NULL OR next_at >= responded_at))
SELECT by, grp, max(n) AS n, (2 * sum(s) + max(n)) / (2 * max(n)) AS mean,
	max(iif(r = (n + 1) / 2, s, NULL)) AS median, max(iif(r = (9 * n + 9) / 10, s, NULL)) AS p90
FROM ranked GROUP BY by, grp;

CREATE TEMP TABLE times AS
SELECT s.by, s.grp, ifnull(p.n, 0) AS responded, ifnull(u.n, 0) AS unanswered, p.mean AS p_mean, p.median AS p_median, p.p90 AS p_p90,
	ifnull(d.n, 0) AS closed, s.carried_out AS open, d.mean AS d_mean, d.median AS d_median, d.p90 AS d_p90
FROM stock s LEFT JOIN response p USING (by, grp) LEFT JOIN resolution d USING (by, grp)
LEFT JOIN (
	SELECT by, grp, count(*) AS n FROM keyed, edge
	WHERE from_at < z AND ifnull(to_at >= z, 1) AND ifnull(responded_at >= z, 1) GROUP BY by, grp) u USING (by, grp);

CREATE TEMP TABLE clocks AS
WITH here AS (
	SELECT DISTINCT ticket FROM seg, edge WHERE from_at < z AND ifnull(to_at >= z, 1) OR ifnull(left = 'done' AND to_at >= a AND to_at < z, 0))
SELECT t.kind, c.clock, sum(ended AND verdict = 'met') AS met, sum(ended AND verdict = 'late') AS late, sum(ended AND verdict = 'void') AS voided,
	sum(NOT ended AND ifnull(c.due_at < now, 0)) AS open_overdue, sum(NOT ended AND ifnull(c.due_at >= now, 1)) AS open_in_time,
	count(extended) AS extended
FROM (SELECT clock.*, ifnull(stop_at < z, 0) AS ended FROM clock, edge) c JOIN ticket t ON t.id = c.ticket, edge
WHERE iif(ended, stop_at >= a, start_at < z AND c.ticket IN here) GROUP BY t.kind, c.clock;

CREATE TEMP TABLE rungs AS
SELECT t.kind, r.clock, r.rung, sum(NOT r.imported AND NOT moot) AS fired, sum(NOT r.imported AND moot) AS mooted, sum(r.imported) AS imported
FROM rung r JOIN ticket t ON t.id = r.ticket, edge WHERE r.at >= a AND r.at < z GROUP BY t.kind, r.clock, r.rung;

CREATE TEMP TABLE scores AS
SELECT t.kind, c.purpose, sum(c.state = 'done') AS done, count(score) AS scored, 100 * sum(score) AS sum, sum(score IS 1) AS s1,
	sum(score IS 2) AS s2, sum(score IS 3) AS s3, sum(score IS 4) AS s4, sum(score IS 5) AS s5, sum(c.state = 'exempt') AS exempt,
	sum(c.state = 'refused') AS refused, sum(c.state = 'dropped') AS dropped
FROM callback c JOIN ticket t ON t.id = c.ticket, edge WHERE c.done_at >= a AND c.done_at < z GROUP BY t.kind, c.purpose;

SELECT 'stock', by, grp, '', 'carried_in', carried_in FROM stock WHERE by = 'all' OR carried_in + opened + reopened + moved_in
UNION ALL SELECT 'stock', by, grp, '', 'opened', opened FROM stock WHERE by = 'all' OR carried_in + opened + reopened + moved_in
UNION ALL SELECT 'stock', by, grp, '', 'reopened', reopened FROM stock WHERE by = 'all' OR carried_in + opened + reopened + moved_in
UNION ALL SELECT 'stock', by, grp, '', 'moved_in', moved_in FROM stock WHERE by = 'all' OR carried_in + opened + reopened + moved_in
UNION ALL SELECT 'stock', by, grp, '', 'closed', closed FROM stock WHERE by = 'all' OR carried_in + opened + reopened + moved_in
UNION ALL SELECT 'stock', by, grp, '', 'merged', merged FROM stock WHERE by = 'all' OR carried_in + opened + reopened + moved_in
UNION ALL SELECT 'stock', by, grp, '', 'moved_out', moved_out FROM stock WHERE by = 'all' OR carried_in + opened + reopened + moved_in
UNION ALL SELECT 'stock', by, grp, '', 'carried_out', carried_out FROM stock WHERE by = 'all' OR carried_in + opened + reopened + moved_in;
SELECT 'clocks', kind, clock, '', 'met', met FROM clocks
UNION ALL SELECT 'clocks', kind, clock, '', 'stopped', met + late FROM clocks
UNION ALL SELECT 'clocks', kind, clock, '', 'on_time', ifnull(iif(met + late, format('%d.%02d', met * 10000 / (met + late) / 100, met * 10000 / (met + late) % 100), NULL), 'no data') FROM clocks
UNION ALL SELECT 'clocks', kind, clock, '', 'late', late FROM clocks
UNION ALL SELECT 'clocks', kind, clock, '', 'open_overdue', open_overdue FROM clocks
UNION ALL SELECT 'clocks', kind, clock, '', 'open_in_time', open_in_time FROM clocks
UNION ALL SELECT 'clocks', kind, clock, '', 'void', voided FROM clocks
UNION ALL SELECT 'clocks', kind, clock, '', 'extended', extended FROM clocks;
SELECT 'times', by, grp, '', 'responded', responded FROM times WHERE by = 'all' OR responded + unanswered + closed + open
UNION ALL SELECT 'times', by, grp, '', 'unanswered', unanswered FROM times WHERE by = 'all' OR responded + unanswered + closed + open
UNION ALL SELECT 'times', by, grp, '', 'response_mean_s', ifnull(p_mean, 'no data') FROM times WHERE by = 'all' OR responded + unanswered + closed + open
UNION ALL SELECT 'times', by, grp, '', 'response_median_s', ifnull(p_median, 'no data') FROM times WHERE by = 'all' OR responded + unanswered + closed + open
UNION ALL SELECT 'times', by, grp, '', 'response_p90_s', ifnull(p_p90, 'no data') FROM times WHERE by = 'all' OR responded + unanswered + closed + open
UNION ALL SELECT 'times', by, grp, '', 'closed', closed FROM times WHERE by = 'all' OR responded + unanswered + closed + open
UNION ALL SELECT 'times', by, grp, '', 'open', open FROM times WHERE by = 'all' OR responded + unanswered + closed + open
UNION ALL SELECT 'times', by, grp, '', 'resolution_mean_s', ifnull(d_mean, 'no data') FROM times WHERE by = 'all' OR responded + unanswered + closed + open
UNION ALL SELECT 'times', by, grp, '', 'resolution_median_s', ifnull(d_median, 'no data') FROM times WHERE by = 'all' OR responded + unanswered + closed + open
UNION ALL SELECT 'times', by, grp, '', 'resolution_p90_s', ifnull(d_p90, 'no data') FROM times WHERE by = 'all' OR responded + unanswered + closed + open;
SELECT 'rungs', kind, clock, rung, 'fired', fired FROM rungs
UNION ALL SELECT 'rungs', kind, clock, rung, 'moot', mooted FROM rungs
UNION ALL SELECT 'rungs', kind, clock, rung, 'imported', imported FROM rungs;
SELECT 'scores', kind, purpose, '', 'done', done FROM scores
UNION ALL SELECT 'scores', kind, purpose, '', 'scored', scored FROM scores
UNION ALL SELECT 'scores', kind, purpose, '', 'mean', ifnull(iif(scored, format('%d.%02d', (2 * sum + scored) / (2 * scored) / 100, (2 * sum + scored) / (2 * scored) % 100), NULL), 'no data') FROM scores
UNION ALL SELECT 'scores', kind, purpose, '', 'score_1', s1 FROM scores
UNION ALL SELECT 'scores', kind, purpose, '', 'score_2', s2 FROM scores
UNION ALL SELECT 'scores', kind, purpose, '', 'score_3', s3 FROM scores
UNION ALL SELECT 'scores', kind, purpose, '', 'score_4', s4 FROM scores
UNION ALL SELECT 'scores', kind, purpose, '', 'score_5', s5 FROM scores
UNION ALL SELECT 'scores', kind, purpose, '', 'exempt', exempt FROM scores
UNION ALL SELECT 'scores', kind, purpose, '', 'refused', refused FROM scores
UNION ALL SELECT 'scores', kind, purpose, '', 'dropped', dropped FROM scores;
