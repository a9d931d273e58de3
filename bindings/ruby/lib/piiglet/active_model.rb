# frozen_string_literal: true

require "active_model"
require "piiglet"

# Refuses a text that holds personal information:
#
#   validates :source, no_pii: true
#   validates :source, no_pii: { policy: :save_under_13, format: :json }
#
# Options: policy, rules, format, and those of every validator. The error says which kinds of information the text holds,
# never what; it is :pii, with the option `entities`. A text that cannot be read or decided is refused, too (:unreadable).
class NoPiiValidator < ActiveModel::EachValidator
  def initialize(options)
    super
    known = { policy: self.options[:policy], rules: self.options[:rules] }.compact
    @scrubber = Piiglet::Scrubber.new(**known)
    @format = self.options[:format]
  end

  def validate_each(record, attribute, value)
    return if value.nil?

    entities = @scrubber.scan(value.to_s, format: @format).map(&:entity).uniq.sort
    refuse(record, attribute, entities) if entities.any?
  rescue Piiglet::Blocked => error
    refuse(record, attribute, error.findings.map(&:entity).uniq.sort)
  rescue Piiglet::Error
    record.errors.add(attribute, :unreadable, message: options[:message] || "cannot be read")
  end

  private

  def refuse(record, attribute, entities)
    message = options[:message] || "holds personal information: #{entities.join(', ')}"
    record.errors.add(attribute, :pii, entities: entities, message: message)
  end
end
