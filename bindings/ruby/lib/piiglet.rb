# frozen_string_literal: true

# piiglet takes personal information out of text that children publish.
#
#   Piiglet.scrub("write to kid.one@example.org") # => "write to [EMAIL]"
#
# All objects but Stream are for all threads; other threads run while a long text is scanned. After an exception there
# is no text to use.
module Piiglet
end

require "piiglet/piiglet"
require "piiglet/errors"
require "piiglet/engine"
require "piiglet/scrubber"
require "piiglet/stream"

module Piiglet
  VERSION = build_info[:version]

  @default_lock = Mutex.new

  class << self
    # The text with everything found replaced, by the default rules and policy. See Scrubber#scrub.
    def scrub(text, **options) = default_scrubber.scrub(text, **options)

    # The findings, by the default rules and policy. See Scrubber#scan.
    def scan(text, **options) = default_scrubber.scan(text, **options)

    # Both, and how the text was read. See Scrubber#process.
    def process(text, **options) = default_scrubber.process(text, **options)

    # The scrubber of the default rules and policy.
    def default_scrubber
      @default_scrubber || @default_lock.synchronize { @default_scrubber ||= Scrubber.new }
    end
  end
end
