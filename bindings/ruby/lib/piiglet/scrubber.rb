# frozen_string_literal: true

module Piiglet
  # What Scrubber#process made of a text: the scrubbed text; its findings; as which format it was read; how it first
  # breaks the rules of that format, and the character where, or nil.
  Result = Struct.new(:output, :findings, :format, :fault, :fault_offset)

  # Scrubs with one ruleset and one policy (or the name of one), in as many threads as you like.
  #
  # Texts in UTF-8, US-ASCII and BINARY are scanned as they are, also where they are broken; the answer has the same
  # encoding. Any other encoding is converted to UTF-8 and back, or refused (Invalid) where that would change it.
  # Places are characters of the text, for BINARY bytes. A text is never changed, and may be frozen.
  class Scrubber < Native::Scrubber
    DIRECT = [Encoding::UTF_8, Encoding::US_ASCII, Encoding::BINARY].freeze
    private_constant :DIRECT

    def initialize(policy: nil, rules: Ruleset.default)
      super(rules, Policy.of(policy))
      freeze
    end

    # The text with everything found replaced. Where nothing is, a frozen text is given back itself.
    def scrub(text, format: nil, known: nil)
      return converted(text) { |utf8| native_scrub(utf8, format, known) } unless direct?(text)

      native_scrub(text, format, known) || unchanged(text)
    end

    # The findings, in order and disjoint.
    def scan(text, format: nil, known: nil)
      direct = direct?(text)
      findings = native_scan(direct ? text : to_utf8(text), format, known)[1]
      direct ? findings : places_of(text, findings)
    end

    # Both, and how the text was read, as a Result.
    def process(text, format: nil, known: nil)
      return process_converted(text, format, known) unless direct?(text)

      output, *rest = native_process(text, format, known)
      Result.new(output || unchanged(text), *rest)
    end

    private

    # Whether a text is scanned as it is.
    def direct?(text)
      raise TypeError, "piiglet takes a String" unless text.is_a?(String)

      DIRECT.include?(text.encoding)
    end

    def unchanged(text)
      text.frozen? && text.instance_of?(String) ? text : String.new(text)
    end

    def to_utf8(text)
      utf8 = text.encode(Encoding::UTF_8)
      return utf8 if utf8.encode(text.encoding).b == text.b

      raise Invalid, "the text changes on its way to UTF-8 and back"
    rescue EncodingError
      raise Invalid, "the text cannot be converted to UTF-8", cause: nil
    end

    # Scrubs a text in another encoding.
    def converted(text)
      output = yield to_utf8(text)
      output ? output.encode(text.encoding) : unchanged(text)
    rescue EncodingError
      raise Invalid, "the scrubbed text cannot be converted back", cause: nil
    end

    def process_converted(text, format, known)
      findings = read = nil
      output = converted(text) do |utf8|
        scrubbed, findings, *read = native_process(utf8, format, known)
        scrubbed
      end
      Result.new(output, places_of(text, findings), *read)
    end

    # Findings in the UTF-8 form of a text, with the bytes that they have in the text itself.
    def places_of(text, findings)
      findings.map do |finding|
        finding.dup.tap do |moved|
          moved.byte_begin = text[0, finding.begin].bytesize
          moved.byte_end = text[0, finding.end].bytesize
        end.freeze
      end
    end
  end
end
