# frozen_string_literal: true

# piiglet where a project is saved: a Rack application, for config.ru
#
#   require_relative "save_path"
#   run SavePath.new(->(source) { Project.create!(source: source) })
#
# or a Rails route: `post "/projects", to: SavePath.new(...)`. It stores what was scrubbed, and tells the student what was
# taken out: what and where, never the value. What cannot be scrubbed is not stored: what was saved before stays.
require "json"
require "piiglet"

class SavePath
  STATUS = { Piiglet::Invalid => 422, Piiglet::Blocked => 422, Piiglet::LimitExceeded => 413 }.freeze

  def initialize(store, scrubber: Piiglet::Scrubber.new, format: :auto)
    @store = store
    @scrubber = scrubber
    @format = format
  end

  def call(env)
    source = env["rack.input"].read.force_encoding(Encoding::UTF_8)
    result = @scrubber.process(source, format: @format)
    @store.call(result.output)
    answer(200, taken_out: result.findings.map { |f| { entity: f.entity, begin: f.begin, end: f.end, path: f.path } })
  rescue Piiglet::Error => error
    answer(STATUS.fetch(error.class, 500), not_saved: error.message, place: error.offset)
  end

  private

  def answer(status, body)
    [status, { "content-type" => "application/json" }, [JSON.generate(body)]]
  end
end
