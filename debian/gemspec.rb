# frozen_string_literal: true

# Writes the specification by which RubyGems and Bundler find what a package installed: gemspec.rb GEMSPEC FOLDER
# Its files stand where Ruby looks anyway, and its extension is built.
require "fileutils"
require "rbconfig"

spec = Gem::Specification.load(ARGV[0])
spec.files = []
spec.extensions = []
spec.platform = Gem::Platform::RUBY
folder = File.join(ARGV[1], RbConfig::CONFIG["ruby_version"], "specifications")
FileUtils.mkdir_p(folder)
File.write(File.join(folder, "#{spec.full_name}.gemspec"), spec.to_ruby)
