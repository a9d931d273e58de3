"""piiglet as a recogniser of Presidio (presidio-analyzer).

    from presidio_analyzer import AnalyzerEngine
    from piiglet.presidio import PiigletRecognizer

    analyzer = AnalyzerEngine()
    analyzer.registry.add_recognizer(PiigletRecognizer())"""
from presidio_analyzer import AnalysisExplanation, EntityRecognizer, RecognizerResult

from .engine import Policy, Ruleset, Scrubber

# Names of Presidio for kinds that it has, too; the others keep theirs.
PRESIDIO_NAMES = {
    "EMAIL": "EMAIL_ADDRESS", "PHONE": "PHONE_NUMBER", "SSN": "US_SSN", "IBAN": "IBAN_CODE", "IP": "IP_ADDRESS",
    "MAC": "MAC_ADDRESS", "PASSPORT": "US_PASSPORT", "DRIVER_LICENSE": "US_DRIVER_LICENSE"}


class PiigletRecognizer(EntityRecognizer):
    """Finds what piiglet finds, under the names of Presidio.

    policy: a piiglet.Policy. supported_entities: names of Presidio; None: all that the policy lets through. Failures
    raise piiglet.PiigletError: a text that was not looked at whole is not reported as clean."""

    def __init__(self, policy=None, rules=None, supported_entities=None, supported_language="en",
                 name="PiigletRecognizer"):
        rules = rules or Ruleset.default()
        names = {entity: PRESIDIO_NAMES.get(entity, entity) for entity in rules.entities}
        if supported_entities is None:
            supported_entities = sorted(names.values())
        elif policy is None:
            policy = Policy(only=[entity for entity, theirs in names.items() if theirs in supported_entities])
        self._scrubber = Scrubber(policy, rules)
        self._names = names
        super().__init__(supported_entities=list(supported_entities), supported_language=supported_language, name=name)

    def load(self):
        """Nothing to load: the rules are compiled already."""

    def analyze(self, text, entities, nlp_artifacts=None):
        """Findings among `entities` (empty or None: all), in code points."""
        results = []
        for finding in self._scrubber.scan(text):
            entity = self._names[finding.entity]
            if entity not in self.supported_entities or entities and entity not in entities:
                continue
            results.append(RecognizerResult(
                entity_type=entity, start=finding.begin, end=finding.end, score=finding.confidence,
                analysis_explanation=AnalysisExplanation(
                    recognizer=self.name, original_score=finding.confidence, pattern_name=finding.rule),
                recognition_metadata={RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                                      RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id}))
        return results
