-- Text, documents and jsonb, by the settings and by a policy.
SELECT pii_scrub('write to kid.one@example.org, or call 415-555-0134');
SELECT pii_scrub('the score is 10500'), pii_scrub(''), pii_scrub(NULL) IS NULL AS nothing;
SELECT pii_scrub('kid.one@example.org', NULL) IS NULL AS no_policy;
SELECT pii_scrub('{"say": "call \u0034155550134"}', 'default', 'json');
SELECT pii_scrub('{"phone": 4155550134, "n": [1, 10500, "kid.one@example.org"], "a@example.org": null}'::jsonb);
SELECT pii_scrub('{"n": 10500}'::jsonb, 'save-under-13');
SELECT pii_scrub('I was born on March 3, 2014', 'save-under-13');
SELECT pii_scrub('kid.one@example.org 415-555-0134', E'piiglet: 1\npolicy: mine\ndescription: .\nbase: none\nentities: {EMAIL: mask}');
-- Findings: characters from 0 on, the end is that after the last.
SELECT * FROM pii_scan('é😀 kid.one@example.org 415-555-0134');
SELECT f.entity, substring(v.text FROM f.begin + 1 FOR f.end - f.begin) AS value
    FROM (VALUES ('é😀 kid.one@example.org 415-555-0134')) AS v(text), pii_scan(v.text) AS f;
SELECT entity, path FROM pii_scan('{"a": ["kid.one@example.org"]}', 'default', 'json');
SELECT count(*) FROM pii_scan('the score is 10500', 'default');
-- Kinds: only those, whether the policy looks for them or not.
SELECT pii_has('kid.one@example.org', '{EMAIL}'), pii_has('kid.one@example.org', '{PHONE,ADDRESS}', 'save-under-13');
SELECT pii_has('My name is Ada Lovelace.', '{PERSON}', 'default');
-- What the policy refuses: an error, or a question.
SELECT pii_blocks('kid.one@example.org'), pii_blocks('kid.one@example.org', 'default'),
    pii_blocks('kid.one@example.org', E'piiglet: 1\npolicy: mine\ndescription: .\nentities: {EMAIL: block}');
-- Values that are known beforehand.
SELECT pii_scrub('Lovelace, Ada and skater-kid; kid.one@example.org', 'default', 'text', ARRAY['Ada Lovelace', E'SOCIAL_HANDLE\tskater_kid', NULL]);
SELECT pii_scrub('{"by": "ada lovelace", "n": 7}'::jsonb, 'default', ARRAY['Ada Lovelace']);
SELECT entity, begin, "end", rule FROM pii_scan('é A. Lovelace', 'default', 'text', '{Ada Lovelace}');
SELECT name, pii_scrub('Ada Lovelace met Grace Hopper', 'default', 'text', ARRAY[name])
    FROM unnest(ARRAY['Ada Lovelace', 'Grace Hopper', 'Rosa Parks']) AS name;
SELECT pii_blocks('ada lovelace', E'piiglet: 1\npolicy: mine\ndescription: .\nentities: {PERSON: block}', 'text', '{Ada Lovelace}');
SELECT pii_scrub('Ada Lovelace', 'default', 'text', '{}');
-- What a call is known to depend on.
SELECT proname, pronargs, provolatile, proparallel, proisstrict FROM pg_proc WHERE proname LIKE 'pii\_%' ORDER BY 1, 2, 3;
