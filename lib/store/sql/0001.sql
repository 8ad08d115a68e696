-- The first schema. Times are UTC seconds, days are days since 1970-01-01, money is in fen.
-- Columns that may hold personal data are listed in lib/store/personal.c; erasure clears them.

CREATE TABLE meta (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	database_id TEXT NOT NULL,          -- 32 hex digits, genesis of the hash chain
	mode TEXT NOT NULL CHECK (mode IN ('live', 'rehearsal')),
	seed TEXT,                          -- rehearsal only: ids and salts are repeatable
	created_at INTEGER NOT NULL,
	org_version INTEGER NOT NULL DEFAULT 0, -- grows with every change of units, staff, posts
	unswept INTEGER,                    -- event of the last erasure since the file was rewritten; NULL: none
	duty_day INTEGER                    -- last local day whose duties of units have arisen; NULL: none yet
) STRICT;

-- One row is one event. Append-only; only `private` may be cleared, by an erasure.
CREATE TABLE event (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	about TEXT NOT NULL,                -- ticket, person, unit, staff, post, policy, draw, ...
	subject INTEGER NOT NULL,           -- id in that table
	at INTEGER NOT NULL,
	recorded_at INTEGER NOT NULL,
	login TEXT NOT NULL,                -- the real login
	actor INTEGER,                      -- the acting person (staff.id); NULL: the system
	step TEXT NOT NULL,
	edition INTEGER,                    -- policy.id in force
	facts TEXT NOT NULL,
	private TEXT,
	private_digest BLOB,                -- of the private part, once it is erased
	chain BLOB NOT NULL
) STRICT;
CREATE INDEX event_subject ON event (subject, about);
CREATE INDEX event_reclock ON event (at) WHERE step = 'reclock'; -- reports: it may end clocks of tickets out of stock

CREATE TABLE policy (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	edition TEXT NOT NULL,
	digest TEXT NOT NULL,
	text TEXT NOT NULL,
	loaded_at INTEGER NOT NULL,
	loaded_by TEXT NOT NULL,
	approved_by TEXT
) STRICT;

CREATE TABLE unit (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	level TEXT NOT NULL,
	function TEXT,                      -- what a department does: engineering, ...
	parent INTEGER REFERENCES unit,
	households INTEGER,
	closed_at INTEGER
) STRICT;

CREATE TABLE staff (
	id INTEGER PRIMARY KEY,
	login TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	unit INTEGER REFERENCES unit,
	phone TEXT,
	joined_at INTEGER NOT NULL,
	left_at INTEGER
) STRICT;

CREATE TABLE post (
	id INTEGER PRIMARY KEY,
	post TEXT NOT NULL,
	unit INTEGER REFERENCES unit,       -- NULL: everywhere (admin)
	staff INTEGER NOT NULL REFERENCES staff,
	deputy INTEGER NOT NULL DEFAULT 0,
	from_at INTEGER NOT NULL,
	to_at INTEGER
) STRICT;
CREATE INDEX post_staff ON post (staff);

CREATE TABLE staff_record (
	id INTEGER PRIMARY KEY,
	staff INTEGER NOT NULL REFERENCES staff,
	record TEXT NOT NULL,               -- pre_duty, safety, certificate, ...
	at INTEGER NOT NULL,
	until INTEGER,
	note TEXT
) STRICT;
CREATE INDEX staff_record_staff ON staff_record (staff);

CREATE TABLE person (
	id INTEGER PRIMARY KEY,
	name TEXT,
	phone TEXT,                         -- normalised
	source TEXT,                        -- where customer_key comes from
	customer_key TEXT,
	tier TEXT,
	tier_at INTEGER,
	weight TEXT,
	weight_at INTEGER,
	manager INTEGER REFERENCES staff,   -- account manager
	erased_at INTEGER
) STRICT;
CREATE INDEX person_phone ON person (phone) WHERE phone IS NOT NULL;
CREATE INDEX person_name ON person (name) WHERE name IS NOT NULL;
CREATE INDEX person_key ON person (source, customer_key) WHERE customer_key IS NOT NULL;

CREATE TABLE premises (
	id INTEGER PRIMARY KEY,
	unit INTEGER REFERENCES unit,       -- the project or area it lies in
	address TEXT,                       -- normalised
	erased_at INTEGER
) STRICT;
CREATE INDEX premises_address ON premises (address, unit) WHERE address IS NOT NULL;

CREATE TABLE tenure (
	id INTEGER PRIMARY KEY,
	person INTEGER NOT NULL REFERENCES person,
	premises INTEGER NOT NULL REFERENCES premises,
	capacity TEXT,                      -- owner, tenant, ...; NULL: not said
	from_at INTEGER,
	to_at INTEGER
) STRICT;
CREATE INDEX tenure_person ON tenure (person);
CREATE INDEX tenure_premises ON tenure (premises);

-- One row sums up one ticket. id is the reference in numbers (store/ref.h), so tickets lie in the
-- order of their opening day and need no second index for the reference.
CREATE TABLE ticket (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	state TEXT NOT NULL,
	state_is TEXT NOT NULL,             -- open, waiting, standing, done, closed
	waits TEXT,
	cycle INTEGER NOT NULL,
	cycle_event INTEGER NOT NULL,       -- event that began the cycle
	place INTEGER,
	accepting INTEGER,
	handling INTEGER,
	causing INTEGER,
	assignee INTEGER,
	responsible INTEGER,
	first INTEGER,                      -- first receiver
	channel TEXT,
	category TEXT,
	specialty TEXT,
	importance TEXT,
	importance_peak TEXT,               -- the highest class ever held
	importance_rules TEXT,              -- ids of the rules that hold, "A.same,B.same"
	duty_class TEXT,                    -- of a closed or merged one: the class it was left in; NULL: its own still
	wake_at INTEGER,                    -- when time alone may change the class next
	rated_at INTEGER,                   -- the last time it was rated apart from a step
	validity TEXT,
	priority TEXT,
	level INTEGER NOT NULL,
	customer INTEGER,
	premises INTEGER,
	opened_at INTEGER NOT NULL,
	responded_at INTEGER,
	done_at INTEGER,
	closed_at INTEGER,
	due_at INTEGER,                     -- of the main clock
	late INTEGER,                       -- main clock: 0 met, 1 late, 2 late and running on; NULL running or none
	stay_at INTEGER NOT NULL,           -- since when it is in stock as it is (unit, category, channel)
	stay_by TEXT NOT NULL,              -- opened, reopened, moved
	stays INTEGER NOT NULL,             -- finished stays in table stay
	matter INTEGER,                     -- the smallest ticket stated to be of the same matter; NULL alone
	merged_into INTEGER,                -- the older ticket it was merged into
	imported INTEGER NOT NULL,
	run INTEGER,
	fields TEXT,                        -- coded values of the kind's own fields, JSON
	subject TEXT,
	texts TEXT,                         -- texts and personal fields of the kind, JSON
	last_at INTEGER NOT NULL,           -- when the last step was taken (rungs do not count)
	last_event INTEGER NOT NULL
) STRICT;
CREATE INDEX ticket_open ON ticket (due_at) WHERE state_is IN ('open', 'waiting');
CREATE INDEX ticket_done ON ticket (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX ticket_last ON ticket (last_at) WHERE done_at IS NOT NULL; -- reports: worked on since, out of stock
CREATE INDEX ticket_customer ON ticket (customer) WHERE customer IS NOT NULL;
CREATE INDEX ticket_wake ON ticket (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX ticket_matter ON ticket (matter) WHERE matter IS NOT NULL;

CREATE TABLE stay (
	ticket INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	entered TEXT NOT NULL,              -- opened, reopened, moved
	left TEXT NOT NULL,                 -- done, moved
	from_at INTEGER NOT NULL,
	to_at INTEGER NOT NULL,
	unit INTEGER,
	category TEXT,
	channel TEXT,
	PRIMARY KEY (ticket, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX stay_to ON stay (to_at);

CREATE TABLE ticket_key (
	ticket INTEGER NOT NULL,
	field TEXT NOT NULL,
	value TEXT,
	PRIMARY KEY (ticket, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_key_value ON ticket_key (value, field) WHERE value IS NOT NULL;

CREATE TABLE ticket_row (
	ticket INTEGER NOT NULL,
	list TEXT NOT NULL,
	key TEXT NOT NULL,
	fields TEXT,
	texts TEXT,
	PRIMARY KEY (ticket, list, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE party (
	ticket INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	person INTEGER,
	capacity TEXT NOT NULL,
	until INTEGER,
	name TEXT,                          -- as given, where the person goes by another
	principal INTEGER,                  -- for whom an agent acts: a person
	via INTEGER,                        -- the merged ticket that brought the party
	PRIMARY KEY (ticket, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_person ON party (person) WHERE seq > 1;
CREATE INDEX party_principal ON party (principal) WHERE principal IS NOT NULL;

CREATE TABLE link (
	ticket INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	link TEXT NOT NULL,                 -- same_as, merged_into, caused_by, found_in, follows, part_of
	other INTEGER NOT NULL,
	until INTEGER,
	from_at INTEGER NOT NULL,
	PRIMARY KEY (ticket, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_other ON link (other);

CREATE TABLE evidence (
	ticket INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	event INTEGER NOT NULL,
	kind TEXT NOT NULL,
	signer TEXT,
	kept TEXT,                          -- file or place
	digest TEXT,
	PRIMARY KEY (ticket, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE clock (
	ticket INTEGER NOT NULL,
	clock TEXT NOT NULL,
	cycle INTEGER NOT NULL,
	run INTEGER NOT NULL,               -- a restarted clock runs again in the same cycle
	rule INTEGER NOT NULL,              -- which of the clock's rules, from 0
	edition INTEGER NOT NULL,
	start_at INTEGER NOT NULL,
	counted_from INTEGER NOT NULL,      -- start, or the last reclocking
	due_at INTEGER,                     -- NULL: no limit, or paused without end
	due_set INTEGER NOT NULL,           -- 1: stated or moved, not counted
	stop_at INTEGER,
	verdict TEXT,                       -- met, late, void; NULL running
	breached INTEGER NOT NULL,          -- 1: the due was passed and that is recorded
	missed_due INTEGER,                 -- passed before it was moved: late, whatever comes; NULL: none
	paused_at INTEGER,
	held_at INTEGER,                    -- by a merge: crossings as they were, none to come
	via INTEGER,                        -- the merged ticket whose new facts started this run
	annulled INTEGER,                   -- 1: that merge was undone
	pauses TEXT,                        -- finished pauses: from-to,from-to
	crossings TEXT,                     -- still to come, in order: rung@time,...
	next_at INTEGER,                    -- the first of them; NULL: nothing to come
	extended INTEGER,                   -- how often an extension moved the due; NULL: never
	PRIMARY KEY (ticket, clock, cycle, run)
) STRICT, WITHOUT ROWID;
CREATE INDEX clock_next ON clock (next_at, ticket) WHERE next_at IS NOT NULL;

CREATE TABLE rung (
	ticket INTEGER NOT NULL,
	clock TEXT NOT NULL,
	cycle INTEGER NOT NULL,
	rung TEXT NOT NULL,
	run INTEGER NOT NULL,
	at INTEGER NOT NULL,
	event INTEGER NOT NULL,
	to_staff INTEGER,
	moot INTEGER NOT NULL,              -- 1: the clock had stopped before, as it turned out
	imported INTEGER NOT NULL,
	PRIMARY KEY (ticket, clock, cycle, rung, run)
) STRICT, WITHOUT ROWID;
CREATE INDEX rung_at ON rung (at);

CREATE TABLE owed (
	about TEXT NOT NULL,                -- ticket, unit
	subject INTEGER NOT NULL,
	duty TEXT NOT NULL,
	cause TEXT NOT NULL,                -- the period or what brought it about
	edition INTEGER NOT NULL,           -- whose rule it is
	owner INTEGER,
	owed_at INTEGER NOT NULL,           -- since when; a period that is still to come begins then
	due_at INTEGER,
	times INTEGER NOT NULL,             -- done so often, of several times in one period
	done_at INTEGER,
	done_by INTEGER,
	done_event INTEGER,
	evidence TEXT,                      -- digest of what was delivered, report, sample
	waived_at INTEGER,
	why TEXT,                           -- moot, closed, ended, fell, waived ...
	missed_at INTEGER,                  -- its time was over
	missed_due INTEGER,                 -- passed before it was moved: late, whatever comes; NULL: none
	crossings TEXT,                     -- still to come, in order: rung@time,...
	next_at INTEGER,                    -- the first of them; NULL: nothing to come
	PRIMARY KEY (about, subject, duty, cause)
) STRICT, WITHOUT ROWID;
CREATE INDEX owed_open ON owed (about, subject) WHERE done_at IS NULL AND waived_at IS NULL AND missed_at IS NULL;
CREATE INDEX owed_missed ON owed (missed_at) WHERE missed_at IS NOT NULL;
CREATE INDEX owed_next ON owed (about, next_at, subject) WHERE next_at IS NOT NULL;

CREATE TABLE callback (
	ticket INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	rule TEXT,                          -- NULL: planned by hand or for a sample
	purpose TEXT NOT NULL,
	person INTEGER,
	method TEXT NOT NULL,
	caller INTEGER,                     -- who is to make it, if a person was found
	state TEXT NOT NULL,                -- waiting, open, done, exempt, refused, dropped
	happening TEXT,                     -- waiting for it
	planned_at INTEGER NOT NULL,
	from_at INTEGER,                    -- not before
	due_at INTEGER,
	give_up_at INTEGER,
	done_at INTEGER,
	tries INTEGER NOT NULL,             -- of the method in hand
	outcome TEXT,
	score INTEGER,
	not_by TEXT,                        -- staff ids, comma between: they did the job
	draw INTEGER,
	cycle INTEGER NOT NULL,
	answers TEXT,                       -- JSON, erasable
	PRIMARY KEY (ticket, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX callback_open ON callback (due_at) WHERE state = 'open';
CREATE INDEX callback_waiting ON callback (happening) WHERE state = 'waiting';
CREATE INDEX callback_give_up ON callback (give_up_at, ticket) WHERE state = 'waiting' AND give_up_at IS NOT NULL;
CREATE INDEX callback_done ON callback (done_at) WHERE done_at IS NOT NULL;

CREATE TABLE attempt (
	ticket INTEGER NOT NULL,
	callback INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	at INTEGER NOT NULL,
	method TEXT NOT NULL,
	outcome TEXT NOT NULL,
	staff INTEGER,
	PRIMARY KEY (ticket, callback, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE appeal (                   -- each time somebody complained again on the ticket; the first is the ticket itself
	ticket INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	person INTEGER,                     -- NULL: unknown, another person each time
	at INTEGER NOT NULL,
	step TEXT NOT NULL,
	PRIMARY KEY (ticket, seq)
) STRICT, WITHOUT ROWID;

-- The outbox. What is owed to whom is folded from events; lease, attempts and sending are not: they
-- belong to delivery.
CREATE TABLE notice (
	event INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	ticket INTEGER,
	reason TEXT NOT NULL,               -- rung, tell, breach, cannot_deliver, ...
	what TEXT,                          -- clock/rung, step, duty
	to_kind TEXT NOT NULL,              -- staff, customer, unit, body
	to_id INTEGER,
	to_code TEXT,
	at INTEGER NOT NULL,
	not_before INTEGER NOT NULL,
	text TEXT,
	state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'failed', 'doubtful', 'dropped')),
	attempts INTEGER NOT NULL DEFAULT 0,
	try_at INTEGER,                     -- next try; NULL once ended
	leased_until INTEGER,
	lease TEXT,
	sent_at INTEGER,
	last_error TEXT,
	PRIMARY KEY (event, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_try ON notice (try_at, event, seq) WHERE try_at IS NOT NULL;
CREATE INDEX notice_unsettled ON notice (event, seq) WHERE state IN ('pending', 'failed', 'doubtful');
CREATE INDEX notice_ticket ON notice (ticket) WHERE ticket IS NOT NULL;

-- Who read what a rule of access keeps back, and why (a code).
CREATE TABLE access (
	id INTEGER PRIMARY KEY,
	ticket INTEGER NOT NULL,
	rule TEXT NOT NULL,
	staff INTEGER NOT NULL,
	at INTEGER NOT NULL,
	why TEXT NOT NULL
) STRICT;
CREATE INDEX access_ticket ON access (ticket);
-- One row is one stage of a step that was put to approval: who asked, who agreed to which text when.
CREATE TABLE approval (
	ticket INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	step TEXT NOT NULL,
	digest TEXT NOT NULL,               -- of what was put, salted: the salt is erased with the text
	whom TEXT NOT NULL,                 -- who is to answer, as the rules name him: post:qmc_service_manager
	word TEXT NOT NULL,                 -- review, approve
	rest TEXT,                          -- stages to come, 'word whom', comma between
	asker INTEGER,
	asked INTEGER NOT NULL,             -- the event whose private part holds the text
	asked_at INTEGER NOT NULL,
	state TEXT NOT NULL,                -- pending, given, rejected, used, dropped
	staff INTEGER,
	at INTEGER,                         -- until when it was pending
	PRIMARY KEY (ticket, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX approval_until ON approval (at);

-- By what a new ticket is compared with those it could repeat; only of kinds that are compared. What
-- changes on the ticket changes here; the words are those it was registered with.
CREATE TABLE likeness (
	ticket INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,                -- opened
	customer INTEGER,
	premises INTEGER,
	unit INTEGER,                       -- the place, else the accepting one
	category TEXT,
	total INTEGER NOT NULL,             -- different hashed words
	grams TEXT                          -- the smallest of them: domain/similar.h; erasable
) STRICT;
CREATE INDEX likeness_customer ON likeness (customer) WHERE customer IS NOT NULL;
CREATE INDEX likeness_premises ON likeness (premises) WHERE premises IS NOT NULL;
CREATE INDEX likeness_category ON likeness (unit, category) WHERE category IS NOT NULL;

CREATE TABLE happening (
	id INTEGER PRIMARY KEY,
	happening TEXT NOT NULL,
	unit INTEGER NOT NULL,
	at INTEGER NOT NULL
) STRICT;
CREATE INDEX happening_unit ON happening (unit, happening, at);

CREATE TABLE draw (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,                 -- the rule, or "adhoc"
	period TEXT,
	unit INTEGER,
	again INTEGER NOT NULL,             -- 0 first, else which repetition
	seed TEXT NOT NULL,
	seed_given INTEGER NOT NULL,
	chain_head TEXT NOT NULL,
	frame_digest TEXT NOT NULL,
	frame_count INTEGER NOT NULL,
	spec TEXT NOT NULL,                 -- JSON: how many of what, per what
	frame TEXT NOT NULL,                -- references with their strata, one a line, sorted
	at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX draw_once ON draw (name, period, unit, again) WHERE name <> 'adhoc';
CREATE UNIQUE INDEX draw_once_all ON draw (name, period, again) WHERE unit IS NULL AND name <> 'adhoc';

CREATE TABLE draw_item (
	draw INTEGER NOT NULL,
	stratum TEXT NOT NULL,
	place INTEGER NOT NULL,             -- order of drawing in the stratum, from 1
	ticket INTEGER NOT NULL,
	role TEXT NOT NULL,                 -- member, replacement
	reason TEXT NOT NULL,
	PRIMARY KEY (draw, stratum, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX draw_item_ticket ON draw_item (ticket);

CREATE TABLE counter (
	prefix TEXT NOT NULL,
	day INTEGER NOT NULL,
	last INTEGER NOT NULL,
	PRIMARY KEY (prefix, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE intake_run (
	id INTEGER PRIMARY KEY,
	source TEXT NOT NULL,
	history INTEGER NOT NULL,
	started_at INTEGER NOT NULL,
	login TEXT NOT NULL
) STRICT;

CREATE TABLE intake_row (
	source TEXT NOT NULL,
	key TEXT NOT NULL,                  -- erased: replaced by its keyed digest
	digest TEXT NOT NULL,               -- of what was registered, and of all
	ticket INTEGER NOT NULL,
	run INTEGER NOT NULL,               -- that met the row last; of keyed rows the first
	PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX intake_row_ticket ON intake_row (ticket);

CREATE TABLE call_key (                 -- --key: a call happens once
	key TEXT NOT NULL PRIMARY KEY,
	program TEXT NOT NULL,
	digest TEXT NOT NULL,               -- of what was asked
	answer TEXT NOT NULL,               -- what was printed
	at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE report_close (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	period TEXT NOT NULL,
	unit INTEGER,
	closed_at INTEGER NOT NULL,
	edition INTEGER NOT NULL,
	last_event INTEGER NOT NULL,
	chain_head TEXT NOT NULL,
	figures TEXT NOT NULL               -- JSON
) STRICT;
CREATE UNIQUE INDEX report_close_once ON report_close (name, period, ifnull(unit, 0));
