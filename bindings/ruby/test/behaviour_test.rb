# frozen_string_literal: true

require_relative "helper"
require "piiglet/active_model"
require "stringio"
require "tempfile"
require "tmpdir"
require_relative "../examples/save_path"

MAIL = "write to kid.one@example.org"

class TextTest < Minitest::Test
  def test_frozen_and_other_texts
    clean = "nothing é"
    assert_same clean, Piiglet.scrub(clean)
    open_text = +"nothing é"
    answer = Piiglet.scrub(open_text)
    refute_same open_text, answer
    answer << "!"
    assert_equal "nothing é", open_text
    sub = Class.new(String).new("nothing").freeze
    assert_instance_of String, Piiglet.scrub(sub)
    assert_equal "write to [EMAIL]", Piiglet.scrub(MAIL)
    assert_equal "", Piiglet.scrub("")
  end

  def test_encodings
    [Encoding::UTF_8, Encoding::US_ASCII, Encoding::BINARY, Encoding::ISO_8859_1, Encoding::UTF_16LE, Encoding::UTF_32BE,
     Encoding::Windows_1252, Encoding::Shift_JIS, Encoding::EUC_JP].each do |encoding|
      answer = Piiglet.scrub(MAIL.encode(encoding))
      assert_equal [encoding, "write to [EMAIL]"], [answer.encoding, answer.encode(Encoding::UTF_8)]
    end
    latin = "é #{MAIL}".encode(Encoding::ISO_8859_1)
    assert_equal latin[11..].b, latin.byteslice(Piiglet.scan(latin).first.byte_begin..).b
    wide = "😀é #{MAIL} 415-555-0134".encode(Encoding::UTF_16LE)
    result = Piiglet.process(wide)
    assert_equal "😀é write to [EMAIL] [PHONE]".encode(Encoding::UTF_16LE), result.output
    assert_equal(%w[kid.one@example.org 415-555-0134], result.findings.map do |f|
      wide.byteslice(f.byte_begin...f.byte_end).encode(Encoding::UTF_8)
    end)
    assert_equal(%w[kid.one@example.org 415-555-0134],
                 result.findings.map { |f| wide[f.begin...f.end].encode(Encoding::UTF_8) })
  end

  def test_broken_text
    broken = "\xFF\xC3 #{MAIL} é".dup.freeze
    refute broken.valid_encoding?
    result = Piiglet.process(broken)
    assert_equal "\xFF\xC3 write to [EMAIL] é", result.output
    assert_equal "kid.one@example.org", broken[result.findings.first.begin...result.findings.first.end]
    assert_raises(Piiglet::Invalid) { Piiglet.scrub("\x81".dup.force_encoding(Encoding::Shift_JIS)) }
    assert_raises(Piiglet::Invalid) { Piiglet.scrub("\xD8\x00".dup.force_encoding(Encoding::UTF_16BE)) }
  end

  def test_other_objects_are_refused
    [nil, 5, [MAIL], { a: MAIL }].each do |given|
      error = assert_raises(TypeError) { Piiglet.scrub(given) }
      refute_includes error.message, "kid"
    end
  end
end

class ErrorsTest < Minitest::Test
  def test_arguments
    assert_raises(Piiglet::BadArgument) { Piiglet.scrub(MAIL, format: :no_such) }
    [{ limit: :x }, { invalid: "" }, { minimum_confidence: 2 }, { minimum_confidence: Float::NAN }].each do |wrong|
      assert_raises(Piiglet::BadArgument) { Piiglet::Policy.new(**wrong) }
    end
    assert_raises(Piiglet::BadArgument) { Piiglet::Scrubber.new(policy: Piiglet::Policy.new(only: %w[NO_SUCH])) }
    assert_raises(Piiglet::BadArgument) { Piiglet::Scrubber.new(policy: "no-such-policy") }
    assert_raises(TypeError) { Piiglet::Scrubber.new(policy: 5) }
    assert_raises(ArgumentError) { Piiglet::Scrubber.allocate.scrub(MAIL) }
    assert_raises(FrozenError) { Piiglet::Policy.new.instance_variable_set(:@x, 1) }
    assert_raises(RuntimeError) { Piiglet::Policy.new.send(:initialize) }
    assert_raises(NoMethodError) { Piiglet::Scrubber.new.dup }
  end

  def test_errors_hold_no_text
    error = assert_raises(Piiglet::Invalid) { Piiglet.scrub('{"a": "kid.one@example.org", ', format: :json) }
    refute_includes error.full_message + error.inspect, "kid"
    wide = "kid.one@example.org \u{1F600}\xD8".dup.force_encoding(Encoding::UTF_8)
    error = assert_raises(Piiglet::Invalid) { Piiglet.scrub(wide.b.force_encoding(Encoding::EUC_JP)) }
    assert_nil error.cause
    assert_kind_of Piiglet::Error, error
  end

  def test_rules_of_a_file
    Dir.mktmpdir do |folder|
      path = File.join(folder, "class.yaml")
      assert_raises(Errno::ENOENT) { Piiglet::Ruleset.new(path) }
      File.write(path, "version: 1\nrules:\n  - id: x\n")
      error = assert_raises(Piiglet::RulesRefused) { Piiglet::Ruleset.new(path) }
      assert_equal path, error.diagnostics.first.first
    end
    assert_raises(Piiglet::RulesRefused) { Piiglet::Ruleset.new(default: false) }
    assert_includes Piiglet::Ruleset.default.entities, "EMAIL"
    assert_operator Piiglet::Ruleset.default.size, :>, 10
  end
end

class PolicyTest < Minitest::Test
  def test_built_in_policies
    finding = Piiglet::Scrubber.new(policy: :audit).scan(MAIL).first
    assert_equal %w[EMAIL keep], [finding.entity, finding.action]
    error = assert_raises(Piiglet::Blocked) do
      Piiglet::Scrubber.new(policy: :public_gallery).scrub("my ssn is 536-22-1234")
    end
    assert_equal [["SSN", 10]], error.findings.map { |f| [f.entity, f.begin] }
  end

  def test_keys
    assert_raises(Piiglet::BadArgument) { Piiglet::Scrubber.new(policy: :logs) }
    assert_raises(Piiglet::BadArgument) { Piiglet::Policy.new(:logs, keys: { k1: "short" }) }
    tokens = [MAIL, "Kid.One@example.org"].map do |text|
      Piiglet::Scrubber.new(policy: Piiglet::Policy.new(:logs, keys: { k1: "k" * 32 })).scrub(text)[/\[EMAIL:k1:\w+\]/]
    end
    assert tokens.first
    assert_equal(*tokens)
  end

  def test_policy_files
    Dir.mktmpdir do |folder|
      path = File.join(folder, "class.yaml")
      File.write(path, "piiglet: 1\npolicy: class\ndescription: Ours.\nentities:\n  EMAIL: mask\n")
      assert_includes Piiglet::Scrubber.new(policy: Piiglet::Policy.new(file: path)).scrub(MAIL), "*"
      File.write(path, "piiglet: 1\npolicy: class\ndescription: Ours.\nentities:\n  EMAIL: fly\n")
      error = assert_raises(Piiglet::RulesRefused) { Piiglet::Policy.new(file: path) }
      assert_equal [path, 5], error.diagnostics.first.first(2)
      assert_raises(ArgumentError) { Piiglet::Policy.new(:logs, file: path) }
    end
  end
end

class KnownTest < Minitest::Test
  def test_known_file
    Tempfile.create("known") do |file|
      file.write("Ada Lovelace\nPERSON\tMay Hopper\tgiven-alone\nSOCIAL_HANDLE\tskater_kid\n")
      file.flush
      known = Piiglet::Known.new(["Grace Young"], file: file.path)
      assert_equal 4, known.size
      assert_equal "[PERSON], [SOCIAL_HANDLE], [PERSON]", Piiglet.scrub("May, skater-kid, G. Young", known: known)
      file.write("PERSON\tMay Hopper\tnever\n")
      file.flush
      error = assert_raises(Piiglet::BadArgument) { Piiglet::Known.new(file: file.path) }
      assert_equal [4, false], [error.offset, error.message.include?("Hopper")]
    end
  end

  def test_messages
    assert_equal %w[phone.number other.private], [Piiglet.reason(:PHONE), Piiglet.reason("NO_SUCH")]
    assert_equal Piiglet.message("PHONE"), Piiglet.message(:PHONE, :en)
    assert_equal Piiglet.message("PHONE", "es"), Piiglet.message("PHONE", "es-MX")
    refute_equal Piiglet.message("PHONE"), Piiglet.message("PHONE", "es")
    assert_equal ["Español", 8], [Piiglet.languages["es"], Piiglet.languages.size]
    assert_raises(ArgumentError) { Piiglet.message("PHONE\0") }
    assert_raises(ArgumentError) { Piiglet.message }
  end

  def test_known_values
    known = Piiglet::Known.new(["Ada Lovelace", ["SOCIAL_HANDLE", "skater_kid"]])
    text = "é lovelace, ada is skater-kid"
    assert_equal "é [PERSON] is [SOCIAL_HANDLE]", Piiglet.scrub(text, known: known)
    assert_equal text, Piiglet.scrub(text)
    assert_equal ["known.value"] * 2, Piiglet.scan(text, known: known).map(&:rule)
    latin = text.encode(Encoding::ISO_8859_1)
    assert_equal "[PERSON]", Piiglet.process(latin, known: known).output[2, 8].encode(Encoding::UTF_8)
    stream = Piiglet::Stream.new(known: known)
    assert_equal "[PERSON] here", stream.write("A. Love") + stream.write("lace here") + stream.finish
    assert_equal "[PERSON]!", Piiglet.scrub("Ada!", known: Piiglet::Known.new(["Ada Lovelace"], given_alone: true))
    assert_equal 2, known.size
    refute_includes known.inspect, "Ada"
  end

  def test_refused_values
    error = assert_raises(Piiglet::BadArgument) { Piiglet::Known.new(["Ada Lovelace", "!"]) }
    assert_equal 1, error.offset
    refute_includes error.message, "Ada"
    known = Piiglet::Known.new([%w[NO_SUCH_ENTITY value]])
    assert_raises(Piiglet::BadArgument) { Piiglet.scrub("x", known: known) }
    assert_raises(Piiglet::BadArgument) { Piiglet::Stream.new(known: known) }
    assert_raises(TypeError) { Piiglet.scrub("x", known: ["Ada"]) }
    assert_equal MAIL.sub(/kid.*/, "[EMAIL]"), Piiglet.scrub(MAIL)
  end
end

class StreamTest < Minitest::Test
  def test_states
    stream = Piiglet::Stream.new
    assert_equal "write to [EMAIL]", stream.write(MAIL) + stream.finish
    assert_raises(Piiglet::BadState) { stream.write("more") }
    assert_equal "write to [EMAIL]", stream.reset.write(MAIL) + stream.finish
    assert_raises(Piiglet::BadArgument) { stream.reset.write(MAIL.encode(Encoding::UTF_16LE)) }
    broken = Piiglet::Stream.new(format: :json)
    error = assert_raises(Piiglet::Invalid) { broken.write('["call 415-555-0134 now", }') }
    refute_includes error.output, "0134"
  end

  def test_files
    Dir.mktmpdir do |folder|
      source = File.join(folder, "story.txt")
      clean = File.join(folder, "clean.txt")
      File.write(source, "#{MAIL}\n" * 50_000)
      assert_equal({ "EMAIL" => 50_000 }, Piiglet.scrub_file(source, clean))
      assert_equal "write to [EMAIL]\n" * 50_000, File.read(clean)
      File.write(source, '{"a": "kid.one@example.org", ')
      assert_raises(Piiglet::Invalid) { Piiglet.scrub_file(source, clean, format: :json) }
      assert_raises(Piiglet::Invalid) { Piiglet.scrub_file(source, source, format: :json) }
      assert_equal ["write to [EMAIL]", '{"a": "kid.one@example.org", '], [File.read(clean)[0, 16], File.read(source)]
      assert_equal 2, Dir.children(folder).size
    end
  end
end

class Project
  include ActiveModel::Model
  attr_accessor :source, :notes, :data

  validates :source, no_pii: true
  validates :notes, no_pii: { policy: Piiglet::Policy.new(only: %w[PHONE]), message: "must not be saved" }
  validates :data, no_pii: { format: :json }
end

class SavedProject
  include ActiveModel::Model
  attr_accessor :source

  validates :source, no_pii: { policy: :save_under_13 }
end

class RailsTest < Minitest::Test
  def test_validator
    assert Project.new(source: "nothing", notes: MAIL, data: "[]").valid?
    assert Project.new.valid?
    project = Project.new(source: "#{MAIL} or 415-555-0134", notes: "415-555-0134", data: "[")
    refute project.valid?
    assert_equal [{ error: :pii, entities: %w[EMAIL PHONE] }], project.errors.details[:source]
    assert_equal ["holds personal information: EMAIL, PHONE"], project.errors[:source]
    assert_equal ["must not be saved"], project.errors[:notes]
    assert_equal [{ error: :unreadable }], project.errors.details[:data]
    refute_includes project.errors.full_messages.join, "kid"
  end

  def test_validator_with_a_built_in_policy
    assert SavedProject.new(source: "nothing").valid?
    project = SavedProject.new(source: MAIL)
    refute project.valid?
    assert_equal [{ error: :pii, entities: %w[EMAIL] }], project.errors.details[:source]
  end

  def test_save_path
    saved = []
    application = SavePath.new(->(source) { saved << source })
    status, _, body = application.call("rack.input" => StringIO.new(%({"say": "é #{MAIL}"})))
    assert_equal [200, [%({"say": "é write to [EMAIL]"})]], [status, saved]
    assert_equal [{ "entity" => "EMAIL", "begin" => 20, "end" => 39, "path" => "/say" }],
                 JSON.parse(body.join)["taken_out"]
    status, = SavePath.new(->(source) { saved << source }, format: :json).call("rack.input" => StringIO.new("{"))
    assert_equal [422, 1], [status, saved.size]
  end
end

class ThreadsTest < Minitest::Test
  def test_threads_share_one_ruleset
    scrubber = Piiglet::Scrubber.new(policy: Piiglet::Policy.new(minimum_confidence: 0.4), rules: Piiglet::Ruleset.new)
    texts = Array.new(16) { |n| "#{n}: call 415-555-01#{n + 10} or #{MAIL}. " * (1 + n * 40) }
    expected = texts.map { |text| scrubber.process(text) }
    wrong = Array.new(40) do |number|
      Thread.new { (0...20).count { |turn| at = (number + turn) % 16; scrubber.process(texts[at]) != expected[at] } }
    end.sum(&:value)
    assert_equal 0, wrong
  end

  def test_other_threads_run_meanwhile
    ticks = []
    counter = Thread.new { loop { ticks << Process.clock_gettime(Process::CLOCK_MONOTONIC); sleep 0.001 } }
    start = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    Piiglet.scan("#{MAIL} " * 400_000)
    stop = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    counter.kill
    assert_operator ticks.count { |tick| tick.between?(start, stop) }, :>, 5
  end

  def test_a_text_may_change_meanwhile
    text = "#{MAIL} " * 100_000
    changer = Thread.new { 200.times { text << "x"; text[0] = "W"; sleep 0.0005 } }
    answers = Array.new(5) { Piiglet.scrub(text) }
    changer.join
    answers.each { |answer| assert_equal [100_000, false], [answer.scan("[EMAIL]").size, answer.include?("kid")] }
  end

  def test_one_stream_is_for_one_thread
    stream = Piiglet::Stream.new
    data = "#{MAIL} " * 200_000
    refused = Array.new(4) do
      Thread.new { stream.write(data) && 0 rescue 1 }
    end.sum(&:value)
    assert_operator refused, :<, 4
    assert_equal "write to [EMAIL]", stream.reset.write(MAIL) + stream.finish
  end
end

class MemoryTest < Minitest::Test
  CALLS = Integer(ENV.fetch("PIIGLET_LEAK_CALLS", "30000"))

  def resident
    File.read("/proc/self/statm").split[1].to_i * 4096
  end

  def all_calls(scrubber)
    scrubber.scrub(MAIL)
    scrubber.process("é #{MAIL}")
    scrubber.scan(MAIL.encode(Encoding::UTF_16LE), known: Piiglet::Known.new(["Ada Lovelace"]))
    assert_raises(Piiglet::Invalid) { scrubber.scrub("{", format: :json) }
    stream = Piiglet::Stream.new(format: :json, policy: Piiglet::Policy.new(only: %w[EMAIL]))
    stream.write('{"say": "kid.one@exam')
    stream.write('ple.org"}')
    stream.finish
  end

  def test_nothing_leaks
    scrubber = Piiglet::Scrubber.new
    3000.times { all_calls(scrubber) }
    10_000.times { scrubber.process(MAIL) }
    # What leaks grows each time; what the collector of garbage has put off does not.
    growth = Array.new(3) do
      GC.start
      before = resident
      (CALLS / 10).times { all_calls(scrubber) }
      CALLS.times { scrubber.process(MAIL) }
      GC.start
      resident - before
    end
    assert_operator growth.min, :<, 4 << 20
  end
end
