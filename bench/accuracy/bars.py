"""What the engine must reach, and what it reaches."""
from dataclasses import dataclass

import scores

HARD_EMAIL = ("QUOTED", "DOMAIN-LITERAL", "OBFUSCATED")
PLUS_PHONE = ("E164", "INTERNATIONAL", "RFC3966", "FNG-INTL")
HARD_PHONE = ("US-LOCAL7", "US-WORDS", "US-SPACED-DIGITS")
IDS = ("IP", "IBAN", "CREDIT_CARD", "MAC", "GPS")
MIXED = ("EMAIL", "PHONE", "SSN", "CREDIT_CARD", "IBAN", "IP", "URL")


@dataclass
class Bar:
    """One figure that may be at most (or, if `least`, must be at least) `bound`; None: not measured."""
    what: str
    value: float
    baseline: float
    bound: float
    share: bool = True
    least: bool = False
    counted: bool = True  # else it only stands there to read the one before

    def met(self):
        if self.value is None:
            return False
        return self.value >= self.bound if self.least else self.value <= self.bound

    def shown(self, value):
        if value is None:
            return "-"
        return f"{100 * value:.2f} %" if self.share else f"{value:.2f} per MB"

    def row(self):
        """Cells of a table."""
        sign = "at least" if self.least else "at most"
        bound = f"{100 * self.bound:g} %" if self.share else f"{self.bound:g} per MB"
        if not self.counted:
            return [self.what, self.shown(self.baseline), self.shown(self.value), "", ""]
        return [self.what, self.shown(self.baseline), self.shown(self.value), f"{sign} {bound}",
                "met" if self.met() else "**missed**"]


def phone_plain(subtype):
    """Writings of North America, and those with a + and country code."""
    return subtype.startswith("US-") or subtype in PLUS_PHONE


LEAKS = [
    ("email: EMAIL", ["email"], ["EMAIL"], None, 0.02),
    ("email: EMAIL but QUOTED, DOMAIN-LITERAL, OBFUSCATED", ["email"], ["EMAIL"],
     lambda s: s not in HARD_EMAIL, 0.002),
    ("phone: US and +country writings", ["phone"], ["PHONE"], phone_plain, 0.005),
    ("of these, all but seven digits, words and spaced digits", ["phone"], ["PHONE"],
     lambda s: phone_plain(s) and s not in HARD_PHONE, None),
    ("phone: PHONE", ["phone"], ["PHONE"], None, 0.12),
    ("address_us: ADDRESS", ["address_us"], ["ADDRESS"], None, 0.02),
    ("address_intl: ADDRESS", ["address_intl"], ["ADDRESS"], None, 0.12),
    ("dialog_tasks: ADDRESS", ["dialog_tasks"], ["ADDRESS"], None, 0.02),
    ("dialog_tasks: PHONE", ["dialog_tasks"], ["PHONE"], None, 0.02),
    ("dob: DATE_OF_BIRTH", ["dob"], ["DATE_OF_BIRTH"], None, 0.02),
    ("ids: IP, IBAN, CREDIT_CARD, MAC, GPS", ["ids"], IDS, None, 0.02),
    ("mixed: EMAIL, PHONE, SSN, CREDIT_CARD, IBAN, IP, URL", ["mixed"], MIXED, None, 0.03),
]


def leak_bars(ours, baseline):
    """Bars on what is missed."""
    for what, names, entities, chosen, bound in LEAKS:
        yield Bar(what, scores.leak(ours.tally(names, entities, chosen)),
                  scores.leak(baseline.tally(names, entities, chosen)), bound or 0, counted=bound is not None)
        if what == "address_us: ADDRESS":
            yield Bar("address_us: house number and street", scores.core_leak(ours.tally(names, entities, chosen)),
                      scores.core_leak(baseline.tally(names, entities, chosen)), 0.01)


def per_megabyte(found, names, entities=None):
    count, megabytes = found.alarms(names, entities)
    return count / megabytes if megabytes else None


def alarm_bars(ours, baseline):
    """Bars on false alarms."""
    negatives = ours.negative_sets()
    prose = [name for name in negatives if name != scores.TABLES]
    tables = [name for name in negatives if name == scores.TABLES]
    for what, names, entities, bound in (
            ("false alarms: EMAIL, PHONE, ADDRESS", prose, scores.SHARED, 1),
            ("false alarms: EMAIL, PHONE, ADDRESS in neg_tables", tables, scores.SHARED, 3),
            ("false alarms: all entities that are on by default", prose, None, 4)):
        yield Bar(what, per_megabyte(ours, names, entities), per_megabyte(baseline, names, entities), bound,
                  share=False)


def person_bars(person):
    """Bars on names, which are asked for by --only PERSON; `person` None: no rule finds them."""
    names = ["mixed", "dialog_tasks"]
    missed = scores.leak(person.tally(names, ["PERSON"])) if person else None
    precision = person.precision(names, "PERSON") if person else None
    yield Bar("mixed, dialog_tasks: PERSON, when asked for", missed, 1.0, 0.4)
    yield Bar("the same: share of right findings", precision, None, 0.9, least=True)


def all_bars(ours, baseline, person):
    """All of them, in the order of the page."""
    return [*leak_bars(ours, baseline), *alarm_bars(ours, baseline), *person_bars(person)]
