"""Made-up text: lines with personal information, JSON records, and near misses. Nothing here is anyone's:
mail domains are reserved for examples, telephone numbers are of the 555-01xx range."""
import json

NAMES = ["ada", "ben", "chen", "dara", "emil", "fatima", "gia", "hugo", "ines", "jamal", "kofi", "lin"]
HOSTS = ["example.org", "mail.example.com", "school.example.net", "example.edu"]
AREAS = ["415", "212", "303", "617", "206", "512", "808", "702"]
STREETS = ["Oak", "Maple", "Cedar Hill", "Evergreen", "North Lake", "Old Mill", "Sunset", "Washington"]
SUFFIXES = ["Street", "St", "Avenue", "Ave", "Road", "Rd", "Lane", "Ln", "Drive", "Court", "Blvd", "Terrace", "Way"]
CITIES = [("Springfield", "IL", "62704"), ("Portland", "OR", "97205"), ("Austin", "TX", "78701"),
          ("Salem", "MA", "01970"), ("Green Bay", "WI", "54301")]
PHONES = ["({0}) 555-{1}", "{0}-555-{1}", "{0}.555.{1}", "{0} 555 {1}", "1-{0}-555-{1}", "+1 {0} 555 {1}",
          "+1{0}555{1}", "({0})555-{1}"]
SENTENCES = ["my mail is {}", "write to {} please", "{} is mine, and yours?", "you can find me: {}",
             "ok so {} then we play", "Ann said {} !", "call or come by, {}", "its {} lol"]


def email(source):
    return f"{source.pick(NAMES)}.{source.pick(NAMES)}{source.below(100)}@{source.pick(HOSTS)}"


def phone(source):
    return source.pick(PHONES).format(source.pick(AREAS), f"01{source.below(100):02d}")


def address(source):
    street = f"{1 + source.below(9999)} {source.pick(STREETS)} {source.pick(SUFFIXES)}"
    if source.share() < 0.3:
        street += f", Apt {1 + source.below(40)}"
    if source.share() < 0.6:
        city, state, code = source.pick(CITIES)
        street += f", {city}, {state} {code}"
    return street


def personal_line(source):
    """A line of dialogue with one e-mail address, telephone number or street address."""
    return source.pick(SENTENCES).format(source.pick([email, phone, address])(source))


def json_record(source, text):
    """A record of app data, as a line of JSON."""
    number = source.below(1 << 30)
    record = {
        "id": number,
        "uuid": f"{source.below(1 << 32):08x}-{source.below(1 << 16):04x}-4{source.below(4096):03x}-a"
                f"{source.below(4096):03x}-{source.below(1 << 48):012x}",
        "created_at": f"20{10 + source.below(16)}-{1 + source.below(12):02d}-{1 + source.below(28):02d}T"
                      f"{source.below(24):02d}:{source.below(60):02d}:{source.below(60):02d}.{source.below(1000):03d}Z",
        "updated": 1500000000 + source.below(200000000),
        "x": round(source.share() * 800, 3),
        "y": round(source.share() * 600, 3),
        "scores": [source.below(1000) for _ in range(4)],
        "color": f"#{source.below(1 << 24):06x}",
        "visible": source.share() < 0.5,
        "size": [source.below(2000), source.below(2000)],
        "text": text,
        "version": f"{source.below(5)}.{source.below(20)}.{source.below(50)}",
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def digits(source, count):
    return "".join(str(source.below(10)) for _ in range(count))


def hexadecimal(source, count):
    return "".join("0123456789abcdef"[source.below(16)] for _ in range(count))


KINDS = [
    email, phone, address,
    lambda s: f"{digits(s, 3)}-{digits(s, 2)}-{digits(s, 4)}",
    lambda s: s.pick([" ", "-", ""]).join(digits(s, 4) for _ in range(4)),
    lambda s: ".".join(str(s.below(256)) for _ in range(4)),
    lambda s: ":".join(hexadecimal(s, 1 + s.below(4)) for _ in range(8)),
    lambda s: f"2001:db8::{hexadecimal(s, 4)}:{hexadecimal(s, 3)}",
    lambda s: f"https://{s.pick(HOSTS)}/{hexadecimal(s, 6)}?q={digits(s, 2)}",
    lambda s: "DE" + digits(s, 2) + "".join(s.pick(["", " "]) + digits(s, 4) for _ in range(4)) + " " + digits(s, 2),
    lambda s: f"{1 + s.below(12)}/{1 + s.below(28)}/{1900 + s.below(130)}",
    lambda s: f"{digits(s, 5)}-{digits(s, 4)}",
    lambda s: f"{s.below(90)}.{digits(s, 5)}, -{s.below(180)}.{digits(s, 5)}",
    lambda s: s.pick([":", "-"]).join(hexadecimal(s, 2) for _ in range(6)),
]
MUTATIONS = list("0123456789 .-:@/,()+abzAZ#_%'\"\n") + ["  ", "..", "--", "street", "@@", "://"]


def mutate(source, text):
    """The text with up to three bytes taken out, put in or replaced."""
    for _ in range(source.below(4)):
        at = source.below(len(text) + 1)
        text = text[:at] + source.pick(MUTATIONS + [""]) + text[at + source.below(2):]
    return text


def adversarial(source):
    """Lines of near misses of every kind, side by side."""
    while True:
        yield source.pick([" ", ", ", "", "-", "\t"]).join(mutate(source, source.pick(KINDS)(source))
                                                           for _ in range(1 + source.below(6)))
