-- No report holds anything of a value.
SELECT pii_scrub('{"a": "kid.one@example.org"', 'default', 'json');
SELECT pii_scrub('kid.one@example.org', 'default', 'no format');
SELECT pii_scrub('kid.one@example.org', 'no-policy');
SELECT pii_scrub('kid.one@example.org', E'piiglet: 1\npolicy: mine\ndescription: .\nlimit: never');
SELECT pii_scrub('kid.one@example.org', E'piiglet: 1\npolicy: mine\ndescription: .\nentities: {EMAIL: block}');
SELECT pii_scrub('kid.one@example.org', 'logs');
SELECT pii_has('kid.one@example.org', '{MAIL}');
SELECT pii_has('kid.one@example.org', '{}');
SELECT pii_has('kid.one@example.org', '{NULL}');
-- What was refused is refused again, and what is right goes on.
SELECT pii_scrub('kid.one@example.org', 'no-policy');
SELECT pii_scrub('kid.one@example.org');
SELECT pii_scrub('Ada Lovelace', 'default', 'text', ARRAY['Ada Lovelace', E'PERSON\tRosa Parks\tnever']);
SELECT pii_scrub('Ada Lovelace', 'default', 'text', ARRAY[E'NO_SUCH\tRosa Parks']);
SELECT pii_blocks('{', 'default', 'json');
-- A blocked value can be scanned: findings are what one shows.
SELECT entity FROM pii_scan('kid.one@example.org', E'piiglet: 1\npolicy: mine\ndescription: .\nentities: {EMAIL: block}');
-- Settings.
SET piiglet.policy = 'no-policy';
SELECT pii_scrub('kid.one@example.org');
RESET piiglet.policy;
SET piiglet.rule_files = '/nowhere/rules.yaml';
SELECT pii_scrub('kid.one@example.org');
SELECT pii_scrub('kid.one@example.org', 'default');
RESET piiglet.rule_files;
SET piiglet.key_files = '/nowhere/key';
SELECT pii_scrub('kid.one@example.org');
RESET piiglet.key_files;
SET piiglet.today = '2026-02-30';
SET piiglet.no_such = 'x';
SELECT pii_scrub('kid.one@example.org');
-- A view is only as safe as the settings: who may not set them sees no more.
CREATE ROLE reader;
CREATE TABLE secret (body text);
INSERT INTO secret VALUES ('kid.one@example.org');
CREATE VIEW shown AS SELECT pii_scrub(body) AS body FROM secret;
GRANT SELECT ON shown TO reader;
SET ROLE reader;
SET piiglet.policy = 'audit';
SELECT * FROM shown;
SHOW piiglet.key_files;
RESET ROLE;
GRANT SET ON PARAMETER piiglet.policy TO reader;
SET ROLE reader;
SET piiglet.policy = 'save-under-13';
RESET ROLE;
RESET piiglet.policy;
DROP VIEW shown;
DROP OWNED BY reader;
DROP ROLE reader;
