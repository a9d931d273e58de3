#!/usr/bin/env python3
"""One peer over texts: reads JSON Lines {"id", "text"}, writes {"id", "spans"}, offsets in bytes.

Usage: find.py PEER           in the virtual environment of that peer
       find.py PEER --time    writes only the seconds of processor time that the peer takes over all texts, the best of
                              some rounds

Each peer is set up as its own documentation begins, with every kind it looks for by default. The tables below say
which kind of piiglet's each of its kinds is; what is not named there keeps its name, and counts as covering, too."""
import json
import logging
import sys
import tempfile
import time

REGISTERED = {}
ROUNDS = 1.0  # seconds of processor time in which another round may begin
PRESIDIO = {"EMAIL_ADDRESS": "EMAIL", "PHONE_NUMBER": "PHONE"}
SCRUBADUB = {"email": "EMAIL", "phone": "PHONE"}
COMMONREGEX = {"emails": "EMAIL", "phones": "PHONE", "phones_with_exts": "PHONE", "street_addresses": "ADDRESS",
               "po_boxes": "ADDRESS", "zip_codes": "ZIP", "ssn_number": "SSN", "credit_cards": "CREDIT_CARD",
               "ips": "IP", "links": "URL", "mac_addresses": "MAC", "iban_numbers": "IBAN", "btc_addresses": "CRYPTO"}


def peer(make):
    """Registers a function that returns the finder of a peer: text -> iterable of (start, end, type)."""
    REGISTERED[make.__name__] = make
    return make


@peer
def presidio():
    """Its slim engine, which only cuts into words, over spaCy's empty English pipeline: no trained model is needed."""
    import spacy
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider
    logging.disable(logging.CRITICAL)  # it says that it cannot ask the network for the list of public suffixes
    with tempfile.TemporaryDirectory() as folder:
        spacy.blank("en").to_disk(folder)
        engine = NlpEngineProvider(nlp_configuration={
            "nlp_engine_name": "slim", "models": [{"lang_code": "en", "model_name": folder}]}).create_engine()
    analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
    return lambda text: ((found.start, found.end, PRESIDIO.get(found.entity_type, found.entity_type))
                         for found in analyzer.analyze(text=text, language="en"))


@peer
def scrubadub():
    """All detectors that it loads by itself, for the United States."""
    from scrubadub import Scrubber
    scrubber = Scrubber(locale="en_US")

    def find(text):
        for filth in scrubber.iter_filth(text):
            for part in getattr(filth, "filths", [filth]):
                yield part.beg, part.end, SCRUBADUB.get(part.type, part.type)
    return find


def datafog_backend(backend):
    import datafog as package
    return lambda text: ((found.start, found.end, found.type)
                         for found in package.scan(text, backend=backend).entities)


@peer
def datafog():
    """Its expressions, in Python."""
    return datafog_backend("python")


@peer
def datafog_rust():
    """The same by its Rust core."""
    return datafog_backend("rust")


@peer
def commonregex():
    """Its table of expressions, those for personal information; its own calls leave the offsets out."""
    import re
    import crim
    expressions = [(re.compile(crim.regex_map[name]), kind) for name, kind in COMMONREGEX.items()]

    def find(text):
        for expression, kind in expressions:
            for match in expression.finditer(text):
                yield match.start(), match.end(), kind
    return find


@peer
def pyap():
    """Addresses of the United States."""
    import pyap as package
    return lambda text: ((found.match_start, found.match_end, "ADDRESS")
                         for found in package.parse(text, country="US"))


def seconds(find, texts):
    """The best of some rounds over all texts."""
    begin = time.process_time()
    best = float("inf")
    while time.process_time() - begin < ROUNDS:
        start = time.process_time()
        for text in texts:
            for _ in find(text):
                pass
        best = min(best, time.process_time() - start)
    return best


def in_bytes(text, spans):
    """Offsets of characters become those of bytes."""
    return [{"start": len(text[:start].encode()), "end": len(text[:end].encode()), "type": kind}
            for start, end, kind in spans if start < end]


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[1] not in REGISTERED or sys.argv[2:] not in ([], ["--time"]):
        sys.exit(__doc__)
    find = REGISTERED[sys.argv[1]]()
    records = [json.loads(line) for line in sys.stdin.buffer]
    if len(sys.argv) == 3:
        print(seconds(find, [record["text"] for record in records]))
        return
    for record in records:
        spans = in_bytes(record["text"], find(record["text"]))
        if spans:
            print(json.dumps({"id": record["id"], "spans": spans}))


if __name__ == "__main__":
    main()
