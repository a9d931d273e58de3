# frozen_string_literal: true

require_relative "helper"

# The same answers as the library itself, byte for byte: for texts, for bytes, and in pieces.
class VectorsTest < Minitest::Test
  Vectors::ALL.each do |vector|
    define_method("test_text_#{vector['name']}") do
      text = Vectors.input(vector).freeze
      check_one_shot(vector, text)
      check_one_shot(vector, text.b)
    end

    define_method("test_pieces_#{vector['name']}") { [1, 7, 4096].each { |size| check_stream(vector, size) } }
  end

  private

  def check_one_shot(vector, text)
    scrubber = Piiglet::Scrubber.new(policy: Vectors.policy(vector))
    expect = Vectors.expect(vector)
    return check_error(scrubber, vector, text, expect) if expect["error"]

    known = Vectors.known(vector)
    result = scrubber.process(text, format: vector["format"], known: known)
    assert_equal expect["output"], result.output.b
    assert_equal text.encoding, result.output.encoding
    assert_equal expect["findings"], Vectors.tuples(result.findings)
    assert_equal [expect["format"], expect["fault"]], [result.format, result.fault]
    assert_equal result.output, scrubber.scrub(text, format: vector["format"].to_sym, known: known)
    assert_equal result.findings, scrubber.scan(text, format: vector["format"], known: known)
    result.findings.each { |f| assert_equal [f.byte_begin, f.byte_end], bytes_before(text, f.begin, f.end) }
  end

  def check_error(scrubber, vector, text, expect)
    %i[scrub scan process].each do |method|
      error = assert_raises(expect["error"]) { scrubber.public_send(method, text, format: vector["format"]) }
      assert_equal [expect["offset"]], bytes_before(text, error.offset)
      assert_equal [expect["fault"]], [error.fault]
    end
  end

  def bytes_before(text, *places)
    places.map { |place| text[0, place].bytesize }
  end

  def check_stream(vector, size)
    expect = Vectors.expect(vector)
    stream = Piiglet::Stream.new(format: vector["format"], policy: Vectors.policy(vector),
                                 known: Vectors.known(vector))
    output = "".b
    findings = []
    begin
      Vectors.input(vector).b.scan(/.{1,#{size}}/mn) do |piece|
        output << stream.write(piece)
        findings.concat(stream.findings)
      end
      output << stream.finish
    rescue Piiglet::StreamError => error
      return assert_equal [expect["error"], expect["offset"]], [error.class, error.offset]
    end
    assert_equal [expect["output"], expect["findings"]], [output, Vectors.tuples(findings + stream.findings)]
    assert_equal [expect["format"]], [stream.format]
    assert_equal [expect["fault"] && [expect["fault"], expect["offset"]]], [stream.fault]
  end
end
