# Three regular expressions over a file, line by line, as a web application would check what it is sent.
# Writes the seconds the work took. Usage: ruby three_expressions.rb EXPRESSION... FILE
file = ARGV.pop
expressions = ARGV.map { |source| Regexp.new(source) }
lines = File.read(file, mode: 'rb').force_encoding('UTF-8').scrub.lines
length = 0
start = Process.clock_gettime(Process::CLOCK_MONOTONIC)
lines.each do |line|
  expressions.each { |expression| line = line.gsub(expression, '[redacted]') }
  length += line.bytesize
end
seconds = Process.clock_gettime(Process::CLOCK_MONOTONIC) - start
puts format('%.6f %d', seconds, length)
