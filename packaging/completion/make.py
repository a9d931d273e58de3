#!/usr/bin/env python3
"""Completions of bash, zsh and fish, made of what the command says of itself, so that they cannot say anything else.

Usage: make.py COMMAND bash|zsh|fish > FILE

Options come from --help of each command, names of policies and entities from its lists, formats from its answer to one
that does not exist."""
import re
import subprocess
import sys
from dataclasses import dataclass

OPTION = re.compile(r"^  (?:(-\w), )?(--[a-z-]+)(?:\[=(\S+)\]| (\S+))?(?: {2,}(.*))?$")
CONTINUED = re.compile(r"^ {20,}(\S.*)$")
LISTED = re.compile(r"^  ([a-z]+) {2,}(\S.*)$")
EVERYWHERE = [("-h", "--help", "say how it is used"), (None, "--no-sandbox", "keep rights that are not needed")]
DESCRIPTION_MAX = 60


@dataclass
class Option:
    short: str
    name: str
    value: str       # as help has it, such as FILE; "" when it takes none
    optional: bool   # the value may be left out
    description: str


def say(command, *arguments):
    """What it prints, on both outputs."""
    done = subprocess.run([command, *arguments], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    return done.stdout + done.stderr


def brief(text):
    """The beginning of a description."""
    first = re.split(r"[;:(.]", text.split(", for example")[0])[0].strip()
    while len(first) > DESCRIPTION_MAX:
        first = first.rsplit(" ", 1)[0].rstrip(",")
    return first


def options_of(command, words):
    """The options in the help of a command."""
    found = []
    for line in say(command, *words, "--help").split("\n"):
        match, continued = OPTION.match(line), CONTINUED.match(line)
        if match:
            short, name, optional, value, text = match.groups()
            found.append(Option(short, name, optional or value or "", bool(optional), text or ""))
        elif continued and found:
            found[-1].description += " " + continued.group(1)
    for option in found:
        option.description = brief(option.description)
    return found + [Option(short, name, "", False, text) for short, name, text in EVERYWHERE]


def listed(command, *words):
    """(name, description) of the lines of a list."""
    return [(match.group(1), brief(match.group(2))) for match in map(LISTED.match, say(command, *words).split("\n")) if match]


class Model:
    """All that there is to complete."""

    def __init__(self, command):
        top = listed(command, "--help")
        self.commands = dict(top)
        self.parts = {name: listed(command, name, "--help") for name in ("rules", "policies")}
        self.options = {name: options_of(command, [name]) for name in self.commands if name not in self.parts}
        for name, parts in self.parts.items():
            self.options[name] = [Option(short, long, "", False, text) for short, long, text in EVERYWHERE]
            usage = say(command, name, "--help")
            for part, _ in parts:
                line = re.search(rf"piiglet {name} {part}\b(.*)", usage).group(1)
                own = [option for option in self.options["scan"] if re.search(rf"{option.name}\b", line)]
                self.options[f"{name} {part}"] = own + self.options[name]
        policies = [line.split()[0] for line in say(command, "policies", "list").splitlines()]
        entities = {line.split()[1] for line in say(command, "rules", "list").splitlines()[1:]}
        formats = re.search(r"known: ([^;]+);", say(command, "--format", "?")).group(1).split(", ")
        languages = re.search(r"tell a child .*?in ((?:[a-z]{2},\s*)+[a-z]{2} or [a-z]{2})", say(command, "scan", "--help"), re.S)
        self.words = {"FORMAT": formats, "ENTITIES": sorted(entities), "NAME|FILE": policies,
                      "LANGUAGE": re.findall(r"\b[a-z]{2}\b(?<!or)", languages.group(1))}
        if not all([policies, entities, len(self.commands) > 4, all(len(some) > 3 for some in self.words.values())]):
            sys.exit("the command says too little")

    def policies(self):
        return self.words["NAME|FILE"]


def takes_file(value):
    return "FILE" in value or "DIR" in value


def bash(model):
    """A function that knows the command by its first words."""
    lines = ["# bash completion of piiglet", "_piiglet()", "{",
             '    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=scrub options words',
             "    COMPREPLY=()", '    case ${COMP_WORDS[1]} in']
    plain = [name for name in model.commands if name not in model.parts]
    lines += [f"        {'|'.join(plain)}) command=${{COMP_WORDS[1]}} ;;"]
    lines += [f"        {'|'.join(model.parts)}) command=${{COMP_WORDS[1]}}",
              "            ((COMP_CWORD > 2)) && command+=\" ${COMP_WORDS[2]}\" ;;",
              "    esac", '    case $before in']
    everything = {option.name: option for options in model.options.values() for option in options if option.value}
    for option in everything.values():
        names = f"{option.short}|{option.name}" if option.short else option.name
        reply = []
        if option.value in model.words:
            reply.append(f"COMPREPLY=($(compgen -W '{' '.join(model.words[option.value])}' -- \"$word\"))")
        if takes_file(option.value):
            reply.append('mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$word"); compopt -o filenames')
        if not option.optional:
            lines.append(f"        {names}) {'; '.join([*reply, 'return'])} ;;")
    lines += ["    esac", "    case $command in"]
    for name, options in model.options.items():
        words = " ".join(word for option in options for word in (option.short, option.name) if word)
        lines.append(f"        '{name}') options='{words}' ;;")
    lines += ["    esac", '    if [[ $word == -* ]]; then', '        COMPREPLY=($(compgen -W "$options" -- "$word"))',
              "        return", "    fi",
              f"    ((COMP_CWORD == 1)) && words='{' '.join(model.commands)}'"]
    for name, parts in model.parts.items():
        lines.append(f"    [[ $command == {name} ]] && words='{' '.join(part for part, _ in parts)}'")
    lines += [f"    [[ $command == 'policies show' ]] && words='{' '.join(model.policies())}'",
              '    COMPREPLY=($(compgen -W "$words" -- "$word"))',
              '    [[ $command == policies* || $command == rules ]] && return',
              '    mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$word")', "    compopt -o filenames", "}",
              "complete -F _piiglet piiglet", ""]
    return "\n".join(lines)


def zsh_specification(model, option):
    """An argument of _arguments."""
    text = option.description.replace("[", "(").replace("]", ")").replace("'", "’")
    action = "_files" if takes_file(option.value) else " "
    if option.value in model.words:
        action = "_piiglet_policies" if takes_file(option.value) else f"({' '.join(model.words[option.value])})"
    value = option.value.lower().replace("|", " or ").replace(":", " ").replace("[", "").replace("]", "")
    value = f":{value}:{action}" if option.value else ""
    if option.optional:
        return f"'{option.name}=-[{text}]:{value}'"
    names = f"'*'{{{option.short},{option.name}}}" if option.short else f"'*'{option.name}"
    return f"{names}'[{text}]{value}'"


def zsh(model):
    lines = ["#compdef piiglet", "_piiglet_policies()", "{",
             f"    _alternative 'names:name:({' '.join(model.policies())})' 'files:file:_files'", "}", "local -a commands parts", "local command=scrub", "commands=("]
    lines += [f"    '{name}:{text}'" for name, text in model.commands.items()] + [")"]
    lines += ["if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then", "    _describe command commands", "    _files",
              "    return", "fi", "case $words[2] in"]
    plain = [name for name in model.commands if name not in model.parts]
    lines += [f"    {'|'.join(plain)}) command=$words[2]; shift words; (( CURRENT-- )) ;;"]
    for name, parts in model.parts.items():
        lines += [f"    {name})", "        if (( CURRENT == 3 )); then", "            parts=("]
        lines += [f"                '{part}:{text}'" for part, text in parts]
        lines += ["            )", "            _describe 'what to do' parts", "            return", "        fi",
                  "        command=\"$words[2] $words[3]\"; shift 2 words; (( CURRENT -= 2 )) ;;"]
    lines += ["esac", "case $command in"]
    for name, options in model.options.items():
        rest = f"'*:policy:({' '.join(model.policies())})'" if name == "policies show" else "'*:file:_files'"
        lines += [f"    '{name}') _arguments -s -S \\"]
        lines += [f"        {zsh_specification(model, option)} \\" for option in options] + [f"        {rest} ;;"]
    return "\n".join([*lines, "esac", ""])


def fish_option(model, name, option):
    """Lines for one option of one command."""
    condition = f"__piiglet_command {name}"
    line = f"complete -c piiglet -n '{condition}' -l {option.name[2:]}"
    line += f" -s {option.short[1:]}" if option.short else ""
    if option.value and not option.optional:
        line += " -r" + ("" if takes_file(option.value) else " -f")
    if option.value in model.words:
        line += f" -a '{' '.join(model.words[option.value])}'"
    return line + " -d '" + option.description.replace("'", "\\'") + "'"


def fish(model):
    plain = " ".join(name for name in model.commands if name not in model.parts)
    lines = ["# fish completion of piiglet", "function __piiglet_command",
             "    set -l words (commandline -opc)", "    set -l command scrub", "    switch \"$words[2]\"",
             f"        case {plain}", "            set command $words[2]", f"        case {' '.join(model.parts)}",
             "            set command $words[2..3]", "    end", '    test "$command" = "$argv"', "end"]
    for name, text in model.commands.items():
        lines.append(f"complete -c piiglet -n '__fish_is_nth_token 1' -a {name} -d '{text}'")
    for name, parts in model.parts.items():
        lines.append(f"complete -c piiglet -n '__piiglet_command {name}' -f")
        lines += [f"complete -c piiglet -n '__piiglet_command {name}' -a {part} -d '{text}'" for part, text in parts]
    lines.append(f"complete -c piiglet -n '__piiglet_command policies show' -f -a '{' '.join(model.policies())}'")
    for name, options in model.options.items():
        lines += [fish_option(model, name, option) for option in options]
    return "\n".join([*lines, ""])


def main():
    shells = {"bash": bash, "zsh": zsh, "fish": fish}
    if len(sys.argv) != 3 or sys.argv[2] not in shells:
        sys.exit(__doc__)
    sys.stdout.write(shells[sys.argv[2]](Model(sys.argv[1])))


if __name__ == "__main__":
    main()
