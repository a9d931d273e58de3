# frozen_string_literal: true

# Compiles the extension of the engine in vendor/, which the gem carries.
require "mkmf"

ENV["PKG_CONFIG_PATH"] = [File.join(__dir__, "vendor"), ENV["PKG_CONFIG_PATH"]].compact.join(":")
pkg_config("piiglet") || abort("piiglet needs pkg-config, libpcre2-dev and libyaml-dev")
append_cflags(["-std=gnu11", "-Wall", "-Wextra", "-Wno-unused-parameter", "-fvisibility=hidden"])
create_makefile("piiglet/piiglet")
