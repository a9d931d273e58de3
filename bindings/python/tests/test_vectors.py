"""The same answers as the library itself, byte for byte: for bytes, for str, and in pieces."""
import piiglet
import pytest


def tuples(findings):
    """Findings as the vectors have them."""
    return [[f.entity, f.rule, f.byte_begin, f.byte_end, f.confidence, f.replacement_size, f.action,
             f.path, f.block] for f in findings]


def test_bytes(vector):
    expect = vector["expect"]
    scrubber = piiglet.Scrubber(vector["policy"])
    if expect["error"]:
        for method in (scrubber.scrub, scrubber.scan, scrubber.process):
            with pytest.raises(expect["error"]) as caught:
                method(vector["bytes"], vector["format"], vector["known"])
            assert caught.value.offset == expect["offset"]
            assert getattr(caught.value, "fault", None) == expect["fault"]
        return
    result = scrubber.process(vector["bytes"], format=vector["format"], known=vector["known"])
    assert result.output == expect["output"]
    assert tuples(result.findings) == expect["findings"]
    assert (result.format, result.fault) == (expect["format"], expect["fault"])
    assert result.fault_offset == (expect["offset"] if expect["fault"] else None)
    assert scrubber.scrub(vector["bytes"], vector["format"], vector["known"]) == expect["output"]
    assert scrubber.scan(bytearray(vector["bytes"]), vector["format"], vector["known"]) == result.findings
    assert all((f.begin, f.end) == (f.byte_begin, f.byte_end) for f in result.findings)


def test_str(vector):
    if "text" not in vector:
        return
    text, expect = vector["text"], vector["expect"]
    scrubber = piiglet.Scrubber(vector["policy"])
    if expect["error"]:
        with pytest.raises(expect["error"]) as caught:
            scrubber.scrub(text, vector["format"], vector["known"])
        assert len(text[:caught.value.offset].encode()) == expect["offset"]
        return
    output, findings, *_ = scrubber.process(text, vector["format"], vector["known"])
    assert output.encode() == expect["output"]
    assert tuples(findings) == expect["findings"]
    for finding in findings:
        assert len(text[:finding.begin].encode()) == finding.byte_begin
        assert len(text[:finding.end].encode()) == finding.byte_end


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_stream(vector, size):
    expect, data = vector["expect"], vector["bytes"]
    stream = piiglet.Stream(vector["format"], vector["policy"], known=vector["known"])
    output, findings = b"", []
    try:
        for at in range(0, len(data), size):
            output += stream.write(data[at:at + size])
            findings += stream.findings
        output += stream.finish()
    except piiglet.StreamError as error:
        assert type(error) is expect["error"] and error.offset == expect["offset"]
        return
    assert not expect["error"]
    assert output == expect["output"]
    assert tuples(findings + stream.findings) == expect["findings"]
    assert stream.format == expect["format"]
    assert stream.fault == ((expect["fault"], expect["offset"]) if expect["fault"] else None)
