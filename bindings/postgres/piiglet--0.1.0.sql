\echo Use "CREATE EXTENSION piiglet" to load this file. \quit

-- Forms without a policy go by the settings piiglet.*, which can change between statements: STABLE. Forms with one
-- depend on their arguments only, by the built-in rules and without keys: IMMUTABLE, and so fit for generated columns,
-- indexes and CHECK constraints. `known` are values known beforehand, each a line of a list as docs/KNOWN.md has it.
-- Settings are carried over to parallel workers.

CREATE FUNCTION pii_scrub(value text) RETURNS text
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME', 'pii_pg_scrub';

CREATE FUNCTION pii_scrub(value text, policy text, format text DEFAULT 'text') RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME', 'pii_pg_scrub';

CREATE FUNCTION pii_scrub(value text, policy text, format text, known text[]) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME', 'pii_pg_scrub';

CREATE FUNCTION pii_scrub(value jsonb) RETURNS jsonb
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'pii_pg_scrub_jsonb';

CREATE FUNCTION pii_scrub(value jsonb, policy text) RETURNS jsonb
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'pii_pg_scrub_jsonb';

CREATE FUNCTION pii_scrub(value jsonb, policy text, known text[]) RETURNS jsonb
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'pii_pg_scrub_jsonb';

CREATE FUNCTION pii_blocks(value text) RETURNS boolean
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME', 'pii_pg_blocks';

CREATE FUNCTION pii_blocks(value text, policy text, format text DEFAULT 'text') RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME', 'pii_pg_blocks';

CREATE FUNCTION pii_blocks(value text, policy text, format text, known text[]) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME', 'pii_pg_blocks';

CREATE FUNCTION pii_scan(value text, OUT entity text, OUT begin integer, OUT "end" integer, OUT rule text,
    OUT confidence double precision, OUT path text) RETURNS SETOF record
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 200 ROWS 2 AS 'MODULE_PATHNAME', 'pii_pg_scan';

CREATE FUNCTION pii_scan(value text, policy text, format text DEFAULT 'text', OUT entity text, OUT begin integer,
    OUT "end" integer, OUT rule text, OUT confidence double precision, OUT path text) RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 ROWS 2 AS 'MODULE_PATHNAME', 'pii_pg_scan';

CREATE FUNCTION pii_scan(value text, policy text, format text, known text[], OUT entity text, OUT begin integer,
    OUT "end" integer, OUT rule text, OUT confidence double precision, OUT path text) RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 ROWS 2 AS 'MODULE_PATHNAME', 'pii_pg_scan';

CREATE FUNCTION pii_has(value text, entities text[]) RETURNS boolean
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME', 'pii_pg_has';

CREATE FUNCTION pii_has(value text, entities text[], policy text, format text DEFAULT 'text') RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME', 'pii_pg_has';

COMMENT ON FUNCTION pii_scrub(text) IS 'text with personal information replaced, by the settings piiglet.*';
COMMENT ON FUNCTION pii_scrub(text, text, text) IS 'the same by a policy: its name, default, or the YAML of one';
COMMENT ON FUNCTION pii_scrub(jsonb) IS 'the same for the strings, names and numbers of a document';
COMMENT ON FUNCTION pii_scrub(jsonb, text) IS 'the same by a policy';
COMMENT ON FUNCTION pii_scrub(text, text, text, text[]) IS 'the same with values known beforehand, such as names of a class';
COMMENT ON FUNCTION pii_scrub(jsonb, text, text[]) IS 'the same with values known beforehand';
COMMENT ON FUNCTION pii_blocks(text) IS 'whether the policy refuses a text, as pii_scrub does by an error';
COMMENT ON FUNCTION pii_blocks(text, text, text) IS 'the same by a policy';
COMMENT ON FUNCTION pii_blocks(text, text, text, text[]) IS 'the same with values known beforehand';
COMMENT ON FUNCTION pii_scan(text) IS 'what pii_scrub finds; begin and end are characters from 0 on';
COMMENT ON FUNCTION pii_scan(text, text, text) IS 'the same by a policy';
COMMENT ON FUNCTION pii_scan(text, text, text, text[]) IS 'the same with values known beforehand';
COMMENT ON FUNCTION pii_has(text, text[]) IS 'whether there is something of one of these kinds; no other is looked for';
COMMENT ON FUNCTION pii_has(text, text[], text, text) IS 'the same with the confidences and allow lists of a policy';
