# frozen_string_literal: true

require "tempfile"

module Piiglet
  # Scrubs bytes that come in pieces. However they are cut, the output is the same. For one thread at a time.
  #
  # `findings`: what became final in the last call, counted in bytes. `fault`: [text, offset], or nil.
  class Stream < Native::Stream
    PIECE = 1 << 18
    private_constant :PIECE

    def initialize(format: nil, policy: nil, rules: Ruleset.default, known: nil)
      super(rules, Policy.of(policy), format, known)
    end

    # Takes the next piece, in UTF-8, US-ASCII or BINARY; gives, as BINARY, what is final.
    def write(piece)
      unless [Encoding::UTF_8, Encoding::US_ASCII, Encoding::BINARY].include?(piece.encoding)
        raise BadArgument, "a stream takes UTF-8"
      end

      native_write(piece)
    end

    # Scrubs one IO into another, to the end; returns the number of findings by entity.
    def copy(source, destination)
      counts = Hash.new(0)
      while (piece = source.read(PIECE))
        destination.write(native_write(piece.b))
        findings.each { |finding| counts[finding.entity] += 1 }
      end
      destination.write(finish)
      findings.each { |finding| counts[finding.entity] += 1 }
      counts
    end
  end

  # Scrubs one file into another, or into itself: the second path gets the result when all of it was scrubbed, and is
  # left as it was after an exception. Options as of Stream. Returns the number of findings by entity. A new file is for its owner only.
  def self.scrub_file(source, destination, **options)
    directory, name = File.split(destination)
    Tempfile.create([".#{name}.", ""], directory, mode: File::BINARY) do |file|
      counts = File.open(source, "rb") do |input|
        Stream.new(**options).copy(input, file)
      end
      file.fsync
      file.chmod(File.stat(destination).mode & 0o777) if File.exist?(destination)
      File.rename(file.path, destination)
      counts
    end
  end
end
