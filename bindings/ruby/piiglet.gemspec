# frozen_string_literal: true

# In a checkout the gem is packed with the engine as it is there, compiled; so it is one for this platform.
vendor = File.join(__dir__, "ext/piiglet/vendor")
stage = File.expand_path("../stage.py", __dir__)
abort "the engine could not be built" if File.exist?(stage) && !system("python3", stage, vendor)

Gem::Specification.new do |spec|
  spec.name = "piiglet"
  spec.version = File.read(File.join(vendor, "piiglet.pc"))[/^Version: (.*)$/, 1]
  spec.summary = "Takes personal information out of text that children publish"
  spec.authors = ["The piiglet authors"]
  spec.license = "Apache-2.0"
  spec.platform = Gem::Platform.local
  spec.required_ruby_version = ">= 3.1"
  spec.files = Dir.chdir(__dir__) { Dir["README.md", "lib/**/*.rb", "examples/*.rb", "ext/**/*.{c,h,rb,a,pc}"] }
  spec.extensions = ["ext/piiglet/extconf.rb"]
end
