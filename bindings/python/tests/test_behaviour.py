"""Types, exceptions, threads, memory."""
import gc
import inspect
import resource
import threading
import time

import piiglet
import pytest

MAIL = "write to kid.one@example.org"


def test_answers_in_the_type_of_the_input():
    assert piiglet.scrub(MAIL) == "write to [EMAIL]"
    for kind in (bytes, bytearray, memoryview):
        assert piiglet.scrub(kind(MAIL.encode())) == b"write to [EMAIL]"
    clean = "nothing here é"
    assert piiglet.scrub(clean) is clean
    assert piiglet.scrub("") == "" and piiglet.scrub(b"") == b""


@pytest.mark.parametrize("given", [None, 5, ["kid.one@example.org"], object()])
def test_other_types_are_refused(given):
    with pytest.raises(TypeError) as caught:
        piiglet.scrub(given)
    assert "example" not in str(caught.value)


def test_arguments():
    assert piiglet.Scrubber().scrub(data=MAIL, format="text") == "write to [EMAIL]"
    for wrong in (((), {}), ((MAIL, "text", None, 3), {}), ((MAIL,), {"data": MAIL}), ((MAIL,), {"nothing": 1})):
        with pytest.raises(TypeError):
            piiglet.Scrubber().scrub(*wrong[0], **wrong[1])
    with pytest.raises(piiglet.BadArgument):
        piiglet.scrub(MAIL, "no-such-format")
    for wrong in ({"limit": "x"}, {"invalid": ""}, {"minimum_confidence": 2}, {"minimum_confidence": float("nan")}):
        with pytest.raises(piiglet.BadArgument):
            piiglet.Policy(**wrong)
    with pytest.raises(piiglet.BadArgument):
        piiglet.Scrubber(piiglet.Policy(only=["NO_SUCH_ENTITY"]))
    with pytest.raises(piiglet.BadArgument):
        piiglet.Stream(policy=piiglet.Policy(kernel="none"))
    with pytest.raises(piiglet.BadArgument):
        piiglet.Scrubber(policy="no-such-policy")
    with pytest.raises(TypeError):
        piiglet.Scrubber(policy=5)


@pytest.mark.parametrize("text, place", [("a\ud800b", 1), ("é😀\udfff", 2)])
def test_half_a_surrogate_pair(text, place):
    with pytest.raises(piiglet.Invalid) as caught:
        piiglet.scrub(text)
    assert caught.value.offset == place
    assert caught.value.__cause__ is None and caught.value.__context__ is None
    with pytest.raises(piiglet.Invalid) as caught:
        list(piiglet.scrub_chunks([text]))
    assert caught.value.offset == place and caught.value.__context__ is None


def test_exceptions_hold_no_text():
    secret = '{"a": "kid.one@example.org", '
    with pytest.raises(piiglet.Invalid) as caught:
        piiglet.scrub(secret, "json")
    assert "kid" not in str(caught.value) + repr(vars(caught.value))
    assert caught.value.fault and isinstance(caught.value, piiglet.PiigletError)


def test_rules_of_a_file(tmp_path):
    rule = tmp_path / "class.yaml"
    with pytest.raises(OSError):
        piiglet.Ruleset(rule)
    rule.write_text("version: 1\nrules:\n  - id: x\n")
    with pytest.raises(piiglet.RulesRefused) as caught:
        piiglet.Ruleset(rule)
    assert caught.value.diagnostics and caught.value.diagnostics[0][0] == str(rule)
    assert "EMAIL" in piiglet.Ruleset.default().entities and len(piiglet.Ruleset.default()) > 10
    with pytest.raises(piiglet.RulesRefused):
        piiglet.Ruleset(default=False)


def test_policies(tmp_path):
    finding, = piiglet.Scrubber("audit").scan(MAIL)
    assert (finding.entity, finding.action) == ("EMAIL", "keep")
    with pytest.raises(piiglet.Blocked) as caught:
        piiglet.Scrubber("public-gallery").scrub("my ssn is 536-22-1234")
    assert [(f.entity, f.begin) for f in caught.value.findings] == [("SSN", 10)]
    with pytest.raises(piiglet.BadArgument):
        piiglet.Scrubber("logs")
    with pytest.raises(piiglet.BadArgument):
        piiglet.Policy("logs", keys={"k1": b"short"})
    keyed = piiglet.Scrubber(piiglet.Policy("logs", keys={"k1": b"k" * 32}))
    token = keyed.scrub(MAIL).removeprefix("write to ")
    assert token.startswith("[EMAIL:k1:") and keyed.scrub("Kid.One@example.org") == token
    file = tmp_path / "class.yaml"
    file.write_text("piiglet: 1\npolicy: class\ndescription: Ours.\nentities:\n  EMAIL: mask\n")
    assert "*" in piiglet.Scrubber(piiglet.Policy(file=file)).scrub(MAIL)
    file.write_text("piiglet: 1\npolicy: class\ndescription: Ours.\nentities:\n  EMAIL: fly\n")
    with pytest.raises(piiglet.RulesRefused) as caught:
        piiglet.Policy(file=file)
    assert caught.value.diagnostics[0][:2] == (str(file), 5)
    with pytest.raises(TypeError):
        piiglet.Policy("logs", file=file)


def test_known_file(tmp_path):
    file = tmp_path / "known.txt"
    file.write_text("Ada Lovelace\nPERSON\tMay Hopper\tgiven-alone\nSOCIAL_HANDLE\tskater_kid\n")
    known = piiglet.Known(["Grace Young"], file=file)
    assert len(known) == 4
    assert piiglet.scrub("May, skater-kid, G. Young", known=known) == "[PERSON], [SOCIAL_HANDLE], [PERSON]"
    file.write_text("Ada Lovelace\n\nPERSON\tMay Hopper\tnever\n")
    with pytest.raises(piiglet.BadArgument, match="given-alone") as caught:
        piiglet.Known(file=file)
    assert caught.value.offset == 3 and "Hopper" not in str(caught.value)


def test_messages():
    assert piiglet.reason("PHONE") == "phone.number" and piiglet.reason("NO_SUCH") == "other.private"
    assert piiglet.message("PHONE") == piiglet.message("PHONE", "en") != piiglet.message("PHONE", "es")
    assert piiglet.message("PHONE", "es-MX") == piiglet.message("PHONE", "es")
    assert piiglet.languages()["es"] == "Español" and len(piiglet.languages()) == 8
    for wrong in ((), (5,), ("PHONE", 5), ("PHONE\0",)):
        with pytest.raises((TypeError, ValueError)):
            piiglet.message(*wrong)


def test_known_values():
    known = piiglet.Known(["Ada Lovelace", ("SOCIAL_HANDLE", "skater_kid")])
    assert len(known) == 2 and "Ada" not in repr(known)
    text = "é lovelace, ada is skater-kid"
    assert piiglet.scrub(text, known=known) == "é [PERSON] is [SOCIAL_HANDLE]"
    assert piiglet.scrub(text) == text
    assert [f.rule for f in piiglet.scan(text, "text", known)] == ["known.value"] * 2
    assert "".join(piiglet.scrub_chunks(["A. Love", "lace here"], known=known)) == "[PERSON] here"
    assert piiglet.scrub("Ada!", known=piiglet.Known(["Ada Lovelace"], given_alone=True)) == "[PERSON]!"
    assert piiglet.scrub("A. Lovelace", known=piiglet.Known(["Ada Lovelace"], exact=True)) == "A. Lovelace"
    for wrong in (["Ada Lovelace", "!"], [("no entity", "x1")], [("NO_SUCH\0", "x1")]):
        with pytest.raises(ValueError) as caught:
            piiglet.Known(wrong)
        assert "Ada" not in str(caught.value)
    with pytest.raises(piiglet.BadArgument):
        piiglet.scrub(text, known=piiglet.Known([("NO_SUCH_ENTITY", "value")]))
    with pytest.raises(TypeError):
        piiglet.scrub(text, known=["Ada"])
    assert piiglet.scrub(text) == text


def test_stream_states():
    stream = piiglet.Stream()
    with pytest.raises(TypeError):
        stream.write("text")
    assert stream.write(MAIL.encode()) + stream.finish() == b"write to [EMAIL]"
    with pytest.raises(piiglet.BadState):
        stream.write(b"more")
    stream.reset()
    assert stream.findings == []
    assert stream.write(MAIL.encode()) + stream.finish() == b"write to [EMAIL]"
    broken = piiglet.Stream("json")
    with pytest.raises(piiglet.Invalid) as caught:
        broken.write(b'["call 415-555-0134 now", }')
    assert b"0134" not in caught.value.output


def test_chunks_and_files(tmp_path):
    assert "".join(piiglet.scrub_chunks(["é kid.o", "ne@exam", "ple.org é"])) == "é [EMAIL] é"
    assert b"".join(piiglet.scrub_chunks([b"kid.o", b"ne@example.org"])) == b"[EMAIL]"
    assert list(piiglet.scrub_chunks([])) == []
    source, destination = tmp_path / "story.txt", tmp_path / "clean.txt"
    source.write_text(f"{MAIL}\n" * 100000)
    assert piiglet.scrub_file(source, destination) == {"EMAIL": 100000}
    assert destination.read_text() == "write to [EMAIL]\n" * 100000
    source.write_text('{"a": "kid.one@example.org", ')
    with pytest.raises(piiglet.Invalid):
        piiglet.scrub_file(source, destination, "json")
    assert destination.read_text().startswith("write to [EMAIL]\n")
    with pytest.raises(piiglet.Invalid):
        piiglet.scrub_file(source, source, "json")
    assert "kid.one" in source.read_text() and len(list(tmp_path.iterdir())) == 2


def test_threads_share_one_ruleset():
    scrubber = piiglet.Scrubber(piiglet.Policy(minimum_confidence=0.4), piiglet.Ruleset())
    texts = [f"{number}: call 415-555-01{number:02} or {MAIL}. " * (1 + number * 40) for number in range(16)]
    expected = [scrubber.process(text) for text in texts]
    wrong = []

    def work(number):
        for turn in range(20):
            at = (number + turn) % len(texts)
            if scrubber.process(texts[at]) != expected[at]:
                wrong.append(at)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_other_threads_run_meanwhile():
    """While one thread scans, another counts: it would not come to it otherwise."""
    long, ticks, done = f"{MAIL} " * 400000, [], threading.Event()

    def count():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    begin = time.perf_counter()
    piiglet.scrub(long)
    end = time.perf_counter()
    done.set()
    thread.join()
    assert sum(begin < tick < end for tick in ticks) > 5


def test_one_stream_is_for_one_thread():
    stream, refused = piiglet.Stream(), []
    data = f"{MAIL} ".encode() * 200000

    def write():
        try:
            stream.write(data)
        except piiglet.BadState:
            refused.append(True)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) < 4
    stream.reset()
    assert stream.write(MAIL.encode()) + stream.finish() == b"write to [EMAIL]"


def resident():
    """Bytes of memory that the process has now."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


def all_calls(scrubber):
    """Calls of every kind, also such that fail."""
    scrubber.scrub(MAIL)
    scrubber.process(f"é {MAIL}")
    scrubber.scan(MAIL.encode(), known=piiglet.Known(["Ada Lovelace"]))
    for wrong in ("{", "[\ud800"):
        try:
            scrubber.scrub(wrong, "json")
        except piiglet.Invalid:
            pass
    stream = piiglet.Stream("json", piiglet.Policy(only=["EMAIL"]))
    stream.write(b'{"say": "kid.one@exam')
    stream.write(b'ple.org"}')
    stream.finish()


def test_nothing_leaks(calls):
    scrubber = piiglet.Scrubber()
    for _ in range(2000):
        all_calls(scrubber)
    gc.collect()
    before = resident()
    for _ in range(calls // 10):
        all_calls(scrubber)
    for _ in range(calls):
        scrubber.process(MAIL)
    gc.collect()
    assert resident() - before < 2 << 20


def test_types_are_described():
    """The stubs name what there is."""
    stub = (inspect.getsourcefile(piiglet) or "").replace("__init__.py", "__init__.pyi")
    with open(stub, encoding="utf-8") as file:
        text = file.read()
    for name in piiglet.__all__:
        assert f"class {name}" in text or f"def {name}(" in text, name
