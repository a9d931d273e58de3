"""What the vectors are made of: own words, with numbers and hosts that nobody has."""

# One finding or more in each, or something that looks like one.
SENTENCES = [
    "write to mira.draws.dragons@example.org",
    "Mail me: kid.one (at) example (dot) com, not at night",
    "Call me at (415) 555-0134 after 5:30",
    "my number is 415-555-0199!!",
    "text four one five 555 0134 when you finish level 9",
    "+44 20 7946 0123 is my uncle's phone",
    "I live at 742 Evergreen Terrace, Apt 3B, Springfield, IL 62704. Come over!",
    "She works at 12 Harbor View Rd.",
    "P.O. Box 1204, Springfield, IL 62704",
    "my ssn is 536-22-1234",
    "the card is 4111 1111 1111 1111, exp 11/29",
    "IBAN DE89 3704 0044 0532 0130 00",
    "server at 192.0.2.44 and 2001:db8::17",
    "MAC address 00:00:5e:00:53:af",
    "see https://example.com/users/mira-draws for my page",
    "born on March 3, 2014",
    "I am 11 years old and i like cats",
    "my password is horse-Battery9",
    "we met at 37.774929, -122.419416",
    "follow me on insta @mira_draws_77",
    # Nothing to find.
    "the score is 10500 and level 3 took 59.5 seconds",
    "color #ff8800, version 2.1.0, on 1 July 2026 at 23:59:58",
    "for (var i = 0; i < 4155550; i++) draw(i);",
    "Once upon a time there were 3 robots and 742 stars.",
    "",
]

# Around other letters, so that bytes, code points and UTF-16 units differ.
SURROUNDINGS = [
    ("", ""),
    ("é ü ñ: ", " – fin."),
    ("😀🐉 ", " 😀"),
    ("漢字と ", " です。"),
    ("line one\r\n\t", "\nlast line\n"),
    ("a\u200bb \u0301 ", " \u202eend"),
]

# Not UTF-8, or with a NUL: for bytes only.
RAW = [
    b"kid.one@example.org\x00 415-555-0134",
    b"\xff\xfe write to kid.one@example.org \xc3",
    b"caf\xe9 at 12 Harbor View Rd, call 415-555-0134",
    b"\x80\x80\x80",
    b"415\xff555\xfe0134",
]

# Documents: how a sentence is put into one.
JSON_VALUES = ["say", "phone", "notes"]
HTML = "<!doctype html><p title='{}'>{}</p><script>var a = \"x\"; // {}\n</script>"
XML = "<?xml version=\"1.0\"?><story by=\"me\"><!-- {} --><line>{}</line></story>"
JAVASCRIPT = "// {}\nvar text = \"{}\";\nprint(`${{text}} 10500`);\n"
PYTHON = "# {}\ntext = '{}'\nprint(text, 10500)\n"
CSV = "name,phone,notes\r\nA,10500,\"{}\"\r\nB,742,\"{}\"\r\n"

# What cannot be read: (format, bytes).
BROKEN = [
    ("json", b'{"a": "kid.one@example.org"'),
    ("json", b'{"a": 415-555-0134}'),
    ("json", b'["call 415-555-0134", \xff]'),
    ("xml", b"<a>call 415-555-0134</b>"),
    ("xml", b"<a>kid.one@example.org"),
    ("javascript", b"var a = \"call 415-555-0134\n"),
    ("python", b"a = '''kid.one@example.org"),
    ("csv", b"a,\"call 415-555-0134\nb"),
    ("jsonl", b'{"a": "kid.one@example.org"}\n{"a": \n{"b": "415-555-0134"}\n'),
    ("base64", b"a2lkLm9uZUBleGFtcGxlLm9yZw=*"),
    ("auto", b"\xff\xfea\x00b\x00"),
]

# Settings of policies, as every binding has them.
OPTIONS = [
    {"only": ["EMAIL"]},
    {"only": ["PHONE", "ADDRESS"]},
    {"off": ["EMAIL", "PHONE"]},
    {"on": ["PERSON"]},
    {"minimum_confidence": 0.9},
    {"minimum_confidence": 0.1},
    {"limit": "redact", "invalid": "text"},
    {"name": "save-under-13", "today": "2026-11-01"},
    {"name": "save-13-plus", "off": ["URL"]},
    {"name": "public-gallery"},
    {"name": "messages"},
    {"name": "ai-prompt", "keys": {"k1": "thirty-two-bytes-of-a-test-only!"}},
    {"name": "logs", "keys": {"k1": "thirty-two-bytes-of-a-test-only!"}},
    {"name": "research-export", "keys": {"k1": "thirty-two-bytes-of-a-test-only!"}, "subject": "student-7",
     "today": "2026-11-01"},
    {"name": "audit"},
    {"known": [["PERSON", "Ada Lovelace"], ["SOCIAL_HANDLE", "skater_kid"]]},
    {"name": "messages", "known": [["PERSON", "Grace Hopper"]]},
]

# For known values, in some of their spellings.
KNOWN = "é Lovelace, ada and a. lovelace; A. Lovelace is skater-kid: GraceHopper, G. Hopper's"
