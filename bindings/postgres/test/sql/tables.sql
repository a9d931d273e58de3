-- CHECK constraint.
CREATE TABLE message (id integer PRIMARY KEY, body text,
    CONSTRAINT no_contact CHECK (NOT pii_has(body, '{EMAIL,PHONE}', 'save-under-13')));
INSERT INTO message VALUES (1, 'hello'), (2, NULL);
\set VERBOSITY terse
INSERT INTO message VALUES (3, 'call 415-555-0134');
\set VERBOSITY default
SELECT count(*) FROM message;
-- Generated column, and an index on the answer.
CREATE TABLE story (id integer PRIMARY KEY, body text,
    public_body text GENERATED ALWAYS AS (pii_scrub(body, 'public-gallery')) STORED);
INSERT INTO story VALUES (1, 'write to kid.one@example.org'), (2, 'once upon a time');
UPDATE story SET body = 'call 415-555-0134' WHERE id = 2;
SELECT id, public_body FROM story ORDER BY id;
CREATE INDEX ON story (pii_scrub(body, 'default'));
-- What depends on settings is refused there.
CREATE TABLE refused (body text, clean text GENERATED ALWAYS AS (pii_scrub(body)) STORED);
CREATE INDEX ON story (pii_scrub(body));
-- View.
CREATE VIEW public_story AS SELECT id, pii_scrub(body) AS body FROM story;
SELECT * FROM public_story ORDER BY id;
-- Bulk UPDATE, also in parallel workers, also of large values.
CREATE TABLE line AS SELECT i AS id, CASE WHEN i % 3 = 0 THEN 'mail kid' || i || '@example.org today'
    ELSE 'line ' || i END AS body FROM generate_series(1, 20000) AS i;
INSERT INTO line SELECT 0, repeat('once upon a time. ', 100000) || 'kid@example.org';
SELECT length(body) AS before, length(pii_scrub(body)) AS after, pii_scrub(body) LIKE '%[EMAIL]' AS whole
    FROM line WHERE id = 0;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET piiglet.policy = 'save-under-13';
ANALYZE line;
EXPLAIN (COSTS OFF) SELECT count(*) FROM line WHERE pii_scrub(body) <> body;
SELECT count(*) FROM line WHERE pii_scrub(body) <> body;
RESET piiglet.policy;
UPDATE line SET body = pii_scrub(body) WHERE pii_scrub(body) <> body;
SELECT body, count(*) FROM line WHERE body LIKE '%[EMAIL]%' AND id > 0 GROUP BY body;
SELECT count(*) FROM line WHERE pii_has(body, '{EMAIL}', 'default');
