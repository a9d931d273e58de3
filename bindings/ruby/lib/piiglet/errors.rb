# frozen_string_literal: true

module Piiglet
  # Any failure of piiglet. There is no text to use then, and what was saved before should stay. No error holds
  # scanned text.
  class Error < StandardError
    # Where in the input: characters; for streams, bytes; nil when it is no matter of a place.
    attr_reader :offset

    def initialize(message, offset = nil)
      super(message)
      @offset = offset
    end
  end

  # A base of what a stream may raise.
  class StreamError < Error
    # Bytes that were final before; they are scrubbed.
    def output = @output || ""

    # What made the policy block the text; for one-shot calls.
    def findings = @findings || []

    # How the text breaks the rules of its format, or nil.
    attr_reader :fault
  end

  # The input is not what its format, or its encoding, promises.
  class Invalid < StreamError; end

  # A limit of the engine was reached.
  class LimitExceeded < StreamError; end

  # The policy blocks this input.
  class Blocked < StreamError; end

  # The engine failed in a way that has no other name.
  class EngineFailed < StreamError; end

  # Rule files, or a policy file, were refused.
  class RulesRefused < Error
    # [[file, line, column, message], ...]
    def diagnostics = @diagnostics || []
  end

  # No such format, policy or setting, an entity that the rules do not know, or a key that is missing.
  class BadArgument < Error; end

  # A stream was used after its end, after an error, or by two threads at once.
  class BadState < Error; end

  # By the values of pii_status, which are stable.
  BY_STATUS = { 2 => BadArgument, 3 => BadState, 4 => BadState, 5 => RulesRefused, 6 => Invalid, 7 => LimitExceeded,
                8 => Blocked, 9 => EngineFailed, 11 => BadArgument }.freeze
  private_constant :BY_STATUS

  # Raises what a status of the engine means. `details`: bytes of a stream, findings, or diagnostics.
  def self.raise_status(status, fault, text, offset, details)
    kind = BY_STATUS.fetch(status, EngineFailed)
    message = fault ? "#{text}: #{fault}" : text
    if kind == RulesRefused && details&.any?
      message = details.map { |file, line, column, what| "#{file}:#{line}:#{column}: #{what}" }.join("; ")
    end
    error = kind.new(message, offset)
    error.instance_variable_set(:@fault, fault)
    where = details.is_a?(String) ? :@output : { RulesRefused => :@diagnostics, Blocked => :@findings }[kind]
    error.instance_variable_set(where, details) if where
    raise error
  end
  private_class_method :raise_status
end
