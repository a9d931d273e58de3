"""A made-up district's export: one row per student, with the columns that such exports have.

Everything is drawn from short lists by a seeded generator: no row is about anybody. Telephone numbers are
from the 555-01xx range, hosts from example.org. The places are real ZIP areas, as their sizes matter."""
import json
import random

COLUMNS = ["student_id", "full_name", "gender", "dob", "zip", "city", "address", "phone", "email", "parent_email",
           "school", "grade", "enrolled", "last_login", "ip", "gps", "score", "comment"]
FIRST = ("Mira Jonas Amira Noah Lena Mateo Sofia Elias Hannah Omar Nora Felix Aisha Hugo Clara Samuel Emma Diego Ines "
         "Leon Maya Daniel Zoe Adam Lucia Peter Julia David Sara Victor").split()
LAST = ("Hansen Rivera Novak Okafor Lindqvist Moreau Castillo Bauer Petrov Haddad Nakamura Olsen Santos Keller Dubois "
        "Morales Weber Rossi Andersson Kowalski Silva Jensen Fischer Romano Ibrahim Larsen Mendoza Schmidt").split()
STREETS = ("Harbor View Rd|Maple Street|Evergreen Terrace|Oak Avenue|Mill Lane|Station Road|Lake Drive|Hill Street|"
           "Cedar Court|River Road").split("|")
# ZIP codes by weight; those that begin with 036 and 059 are of thinly peopled areas.
ZIPS = [("94110", 30), ("94112", 25), ("10001", 20), ("10025", 15), ("60614", 12), ("03601", 1), ("05901", 1)]
CITIES = {"941": "San Francisco", "100": "New York", "606": "Chicago", "036": "Bellows Falls", "059": "Averill"}
COMMENTS = ["likes maps", "level 2 done, game over at 3", "asks good questions", "score 17 of 20", "was absent",
            "builds robots", "moved up one group"]


GENDERS = "FFFFFFFMMMMMMMX"


def _birth(rng):
    day = int(rng.random() * 12 * 12 * 28)
    return f"{2007 + day // 336}-{day // 28 % 12 + 1:02}-{day % 28 + 1:02}"


def _one(rng, number):
    first, last = rng.choice(FIRST), rng.choice(LAST)
    code = rng.choices([entry[0] for entry in ZIPS], [entry[1] for entry in ZIPS])[0]
    phone = f"({rng.choice(['415', '212', '312'])}) 555-01{rng.randrange(100):02}"
    email = f"{first}.{last}{rng.randrange(100)}@example.org".lower()
    comment = rng.choice(COMMENTS)
    if rng.random() < 0.05:
        comment = f"{first} {comment}, call {phone}"
    return {
        "student_id": f"S{number:07}",
        "full_name": f"{first} {last}",
        "gender": rng.choice(GENDERS),
        "dob": _birth(rng),
        "zip": code,
        "city": CITIES[code[:3]],
        "address": f"{rng.randrange(1, 900)} {rng.choice(STREETS)}",
        "phone": phone,
        "email": email,
        "parent_email": f"{last}.family{rng.randrange(1000)}@example.org".lower(),
        "school": f"School {rng.randrange(1, 25)}",
        "grade": rng.randrange(1, 13),
        "enrolled": f"{rng.randrange(2018, 2026)}-08-{rng.randrange(10, 29)}",
        "last_login": f"2026-03-{rng.randrange(1, 29):02}",
        "ip": f"203.0.113.{rng.randrange(1, 255)}",
        "gps": f"{37 + rng.random():.5f}, {-122 + rng.random():.5f}",
        "score": rng.randrange(0, 101),
        "comment": comment,
    }


def rows(count, seed=1):
    """`count` dictionaries with the keys COLUMNS. Names and texts come again, as to draw them all takes long; what
    tells people apart is each row's own."""
    rng = random.Random(seed)
    pool = [_one(rng, 0) for _ in range(min(count, 20000))]
    codes = rng.choices([entry[0] for entry in ZIPS], [entry[1] for entry in ZIPS], k=count)
    for number, code in enumerate(codes):
        row = dict(pool[int(rng.random() * len(pool))])
        row["student_id"] = f"S{number:07}"
        row["gender"] = GENDERS[int(rng.random() * len(GENDERS))]
        row["dob"] = _birth(rng)
        row["zip"], row["city"] = code, CITIES[code[:3]]
        row["school"] = f"School {int(rng.random() * 24) + 1}"
        yield row


def as_csv(row):
    """A line; what holds a comma is quoted."""
    cells = (str(row[name]) for name in COLUMNS)
    return ",".join(f'"{cell}"' if "," in cell else cell for cell in cells) + "\n"


def as_json(row):
    return json.dumps(row, ensure_ascii=False) + "\n"
