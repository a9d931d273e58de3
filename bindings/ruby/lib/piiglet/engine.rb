# frozen_string_literal: true

require "date"

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
    # As pii__policy_source.
    USUAL, NAMED, YAML = *0..2
    EPOCH = Date.new(1970, 1, 1)
    private_constant :USUAL, :NAMED, :YAML, :EPOCH

    # A policy, or nil, from itself or the name of a built-in one.
    def self.of(policy) = policy.is_a?(Symbol) || policy.is_a?(String) ? new(policy) : policy

    # name: of a built-in policy, such as :save_under_13; file: path of a policy file (docs/POLICIES.md). With neither it is
    # what counts by default, replaced by "[ENTITY]". The others change that:
    #
    # only: entities, nothing else counts; on, off: further entities that do or do not. minimum_confidence: 0 to 1.
    # limit: :block, or :redact what the engine cannot decide within its limits. invalid: :block a document that is not well
    # formed, or scan it as :text. kernel: for measurements. keys: 32 random bytes by id; the last one is used where
    # the policy names none. subject: bytes that say whom a text is about. today: a Date, for ages.
    def initialize(name = nil, file: nil, only: nil, on: [], off: [], minimum_confidence: nil, keys: {}, today: nil,
                   **choices)
      raise ArgumentError, "a policy has a name or a file, not both" if name && file

      source = name ? NAMED : file ? YAML : USUAL
      text = file ? File.binread(file) : name.to_s
      settings = entities(only, on, off) + chosen(**choices)
      keys.each { |id, secret| settings << ["key:#{id}", secret] }
      settings << ["today", (today - EPOCH).to_i.to_s] if today
      super(source, text, (file || name).to_s, settings, minimum_confidence)
      freeze
    end

    private

    def entities(only, on, off)
      [*([%w[all off]] if only), *[*only, *on].map { |entity| ["on", entity.to_s] },
       *off.map { |entity| ["off", entity.to_s] }]
    end

    def chosen(limit: nil, invalid: nil, kernel: nil, subject: nil)
      [["limit", limit], ["invalid", invalid], ["kernel", kernel], ["subject", subject]]
        .reject { |_, value| value.nil? }.map { |setting, value| [setting, value.to_s] }
    end
  end

  # Values that are known beforehand: a student's name, username, school; the names of a class. No value is kept, and
  # nothing of them can be read from the object. Costs a call nothing.
  class Known < Native::Known
    EXACT = 1
    GIVEN_ALONE = 2
    SURNAME_ALONE = 4
    private_constant :EXACT, :GIVEN_ALONE, :SURNAME_ALONE

    # values: names of people, or [entity, value]; file: the path of a list of more (docs/KNOWN.md). For people in values:
    # exact, only as they are; given_alone and surname_alone, also one of the two names.
    def initialize(values = [], file: nil, exact: false, given_alone: false, surname_alone: false)
      options = (exact ? EXACT : 0) | (given_alone ? GIVEN_ALONE : 0) | (surname_alone ? SURNAME_ALONE : 0)
      pairs = values.map { |value| value.is_a?(String) ? ["PERSON", value] : value.map(&:to_s) }
      given = pairs.map do |entity, value|
        [entity, value.encode("UTF-8", invalid: :replace, undef: :replace), entity == "PERSON" ? options : 0]
      end
      super(file ? [*given, [nil, File.binread(file), 0]] : given)
      freeze
    end
  end
end
