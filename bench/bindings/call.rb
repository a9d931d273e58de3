# frozen_string_literal: true

# See call.c. The lines: scrub of a text, scrub of a BINARY one, process of a text.
require "piiglet"

BATCHES = 10

def now = Process.clock_gettime(Process::CLOCK_MONOTONIC, :nanosecond)

path, format, calls = ARGV
calls = Integer(calls)
text = File.read(path, encoding: "UTF-8").freeze
scrubber = Piiglet::Scrubber.new
{ "scrub" => [:scrub, text], "bytes" => [:scrub, text.b.freeze], "process" => [:process, text] }
  .each do |name, (method, data)|
  least = Array.new(BATCHES) do
    start = now
    calls.times { scrubber.public_send(method, data, format: format) }
    (now - start) / calls.to_f
  end.min
  puts "#{name} #{least.round(1)}"
end
