# frozen_string_literal: true

module Piiglet
  # Compiled rules: the built-in ones, unless `default` is false, and those of YAML files.
  class Ruleset < Native::Ruleset
    @default_lock = Mutex.new

    # The built-in rules.
    def self.default
      @default || @default_lock.synchronize { @default ||= new }
    end

    # Paths of rule files. Raises RulesRefused with diagnostics, and what reading a file may raise.
    def initialize(*files, default: true)
      super(files.map { |file| [file.to_s, File.binread(file)] }, default)
      freeze
    end
  end

  # What counts, and what becomes of it; never changed after.
  class Policy < Native::Policy
    # only: entities, nothing else counts; on, off: entities beside those that are on by default.
    # minimum_confidence: 0 to 1. limit: :block, or :redact what the engine cannot decide within its limits.
    # invalid: :block a document that is not well formed, or scan it as :text. kernel: for measurements.
    def initialize(only: nil, on: [], off: [], minimum_confidence: 0.5, limit: :block, invalid: :block,
                   kernel: "best")
      settings = [["limit", limit], ["invalid", invalid], ["kernel", kernel]]
      settings << %w[all off] if only
      settings.concat([*only, *on].map { |entity| ["on", entity] }, off.map { |entity| ["off", entity] })
      super(settings.map { |setting, value| [setting, value.to_s] }, minimum_confidence)
      freeze
    end
  end
end
