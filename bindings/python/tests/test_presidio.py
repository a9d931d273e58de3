"""The recogniser in Presidio itself; skipped where that is not installed. It needs no model of spaCy."""
import piiglet
import pytest

presidio_analyzer = pytest.importorskip("presidio_analyzer")

from piiglet.presidio import PiigletRecognizer  # noqa: E402 - needs presidio_analyzer
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine  # noqa: E402

TEXT = "é😀 write to kid.one@example.org or call 415-555-0134"


class NoModel(NlpEngine):
    """Words between blanks, and nothing known of them."""

    def load(self):
        pass

    def is_loaded(self):
        return True

    def process_text(self, text, language):
        return NlpArtifacts(entities=[], tokens=[], tokens_indices=[], lemmas=[], nlp_engine=self, language=language)

    def process_batch(self, texts, language, **_):
        return ((text, self.process_text(text, language)) for text in texts)

    def is_stopword(self, word, language):
        return False

    def is_punct(self, word, language):
        return False

    def get_supported_entities(self):
        return []

    def get_supported_languages(self):
        return ["en"]


def engine(recognizer):
    """An analyzer with that recogniser alone."""
    registry = presidio_analyzer.RecognizerRegistry(recognizers=[recognizer], supported_languages=["en"])
    return presidio_analyzer.AnalyzerEngine(registry=registry, nlp_engine=NoModel(), supported_languages=["en"])


def found(results):
    """Kinds with their texts, in order."""
    return [(result.entity_type, TEXT[result.start:result.end]) for result in sorted(results, key=lambda r: r.start)]


def test_in_the_analyzer():
    analyzer = engine(PiigletRecognizer())
    assert "EMAIL_ADDRESS" in analyzer.get_supported_entities("en")
    assert found(analyzer.analyze(TEXT, "en")) == [("EMAIL_ADDRESS", "kid.one@example.org"),
                                                   ("PHONE_NUMBER", "415-555-0134")]
    assert found(analyzer.analyze(TEXT, "en", entities=["PHONE_NUMBER"])) == [("PHONE_NUMBER", "415-555-0134")]


def test_chosen_entities_and_policy():
    only_phones = PiigletRecognizer(supported_entities=["PHONE_NUMBER"])
    assert found(only_phones.analyze(TEXT, None)) == [("PHONE_NUMBER", "415-555-0134")]
    strict = PiigletRecognizer(piiglet.Policy(only=["EMAIL"]))
    results = strict.analyze(TEXT, [], None)
    assert found(results) == [("EMAIL_ADDRESS", "kid.one@example.org")]
    assert results[0].analysis_explanation.pattern_name == "email.address" and 0 < results[0].score <= 1


def test_failures_are_no_clean_text():
    with pytest.raises(piiglet.Invalid):
        PiigletRecognizer().analyze("half \ud800", [])
