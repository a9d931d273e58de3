# frozen_string_literal: true

require "json"
require "minitest/autorun"
require "piiglet"

# Vectors of the library: PIIGLET_VECTORS names the file that bindings/vectors/make.py wrote.
module Vectors
  ERRORS = { 6 => Piiglet::Invalid, 7 => Piiglet::LimitExceeded, 8 => Piiglet::Blocked,
             9 => Piiglet::EngineFailed }.freeze

  ALL = JSON.parse(File.read(ENV.fetch("PIIGLET_VECTORS"), encoding: "UTF-8"))["vectors"].freeze

  # The input: a text, or else bytes.
  def self.input(vector)
    vector["text"] || vector["base64"].unpack1("m0")
  end

  def self.policy(vector)
    options = vector["options"].transform_keys(&:to_sym)
    options[:today] = Date.parse(options[:today]) if options[:today]
    options.delete(:known)
    Piiglet::Policy.new(options.delete(:name), **options)
  end

  def self.known(vector)
    Piiglet::Known.new(vector["options"].fetch("known", []))
  end

  # What is expected, with bytes and errors as they are.
  def self.expect(vector)
    said = vector["expect"]
    said.merge("output" => said["output"]&.unpack1("m0"), "error" => ERRORS[said["status"]])
  end

  # Findings as the vectors have them.
  def self.tuples(findings)
    findings.map do |f|
      [f.entity, f.rule, f.byte_begin, f.byte_end, f.confidence, f.replacement_size, f.action, f.path, f.block]
    end
  end
end
