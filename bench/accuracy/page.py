"""The tables of docs/ACCURACY.md, and the page around them.

The page is the template with each line "<!-- accuracy:NAME -->" followed by the part of that name and the line
"<!-- /accuracy -->"; so `template_of` a page is the template again, which a test holds it to."""
import re

import scores

OPEN = re.compile(r"^<!-- accuracy:(\w+) -->\n", re.M)
FEW = 10  # labels of a subtype that are too few for a line of its own
PART = re.compile(r"^(<!-- accuracy:\w+ -->\n).*?^<!-- /accuracy -->\n", re.M | re.S)


def table(head, rows):
    """A Markdown table that can be read as it stands, too; columns after the first are flush right."""
    lines = [head, *rows]
    widths = [max(len(str(line[i])) for line in lines) for i in range(len(head))]

    def row(cells):
        first, *rest = (str(cell) for cell in cells)
        return "| " + " | ".join([first.ljust(widths[0]), *(cell.rjust(width) for cell, width in
                                                           zip(rest, widths[1:]))]) + " |"

    rule = "|" + "|".join(["-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:])]) + "|"
    return "\n".join([row(head), rule, *map(row, rows)]) + "\n"


def percent(share):
    return "-" if share is None else f"{100 * share:.2f}"


def bars_part(bars):
    counted = [bar.met() for bar in bars if bar.counted]
    return (table(["figure", "two expressions", "piiglet", "bar", ""], [bar.row() for bar in bars]) +
            f"\n{sum(counted)} of {len(counted)} bars met.\n")


def entity_part(ours, baseline, candidates):
    """One line for each entity over all labelled sets."""
    names = [name for name in ours.sets if ours.sets[name]["labels"]]
    entities = sorted({entity for name in names for entity, _, _ in ours.labels(name)},
                      key=lambda entity: -ours.tally(names, [entity])["n"])
    rows = []
    for entity in entities:
        tally = ours.tally(names, [entity])
        rows.append([entity, tally["n"], *(percent(scores.leak(found.tally(names, [entity])))
                                           for found in (baseline, candidates, ours)),
                     percent(tally.get("missed", 0) / tally["n"]), percent(tally.get("exact", 0) / tally["n"])])
    return table(["entity", "labels", "two expressions", "and address candidates", "piiglet", "missed whole",
                  "exact"], rows)


def breakdown(found, name):
    """(entity, subtype) -> tally of a set. Subtypes with few labels are one; a single subtype is none."""
    sums, groups = {}, {}
    for entity, subtype, tally in found.labels(name):
        if subtype is None:
            sums[entity] = tally
        else:
            groups.setdefault(entity, {})[subtype] = tally
    result = {}
    for entity, tally in sums.items():
        result[entity, ""] = tally
        parts = {}
        for subtype, part in groups[entity].items():
            total = parts.setdefault(subtype if subtype != "-" and part["n"] >= FEW else "others", {})
            for field, value in part.items():
                total[field] = total.get(field, 0) + value
        if len(parts) > 1:
            result.update({(entity, subtype): part for subtype, part in parts.items()})
    return result


def subtype_part(ours, baseline, candidates):
    """One line for each set, entity and subtype."""
    rows = []
    for name in ours.sets:
        others = [breakdown(found, name) for found in (baseline, candidates)]
        for key, tally in sorted(breakdown(ours, name).items()):
            core = scores.core_leak(tally)
            rows.append([f"{name}: {', '.join(filter(None, key))}", tally["n"],
                         *(percent(scores.leak(other.get(key, {}))) for other in others),
                         percent(scores.leak(tally)), percent(core) if core is not None else ""])
    return table(["set: entity, subtype", "labels", "two expressions", "and address candidates", "piiglet",
                  "piiglet, core"], rows)


def alarm_part(ours, baseline, candidates):
    """False alarms by set and entity."""
    negatives = sorted(ours.negative_sets())
    entities = sorted({entity for name in negatives for entity in ours.sets[name]["findings"]
                       if entity != "ALL" and "/" not in entity})

    def line(title, names):
        def rate(found, kinds=None):
            count, megabytes = found.alarms(names, kinds)
            return f"{count / megabytes:.2f}" if count else "0"
        return [title, f"{ours.alarms(names)[1]:.2f}", rate(baseline), rate(candidates), rate(ours),
                *(rate(ours, [entity]) for entity in entities)]

    prose = [name for name in negatives if name != scores.TABLES]
    rows = [line(name, [name]) for name in negatives]
    rows += [line("all but neg_tables", prose), line("all", negatives)]
    return table(["set", "MB", "two expressions", "and address candidates", "piiglet", *entities], rows)


def fill(template, parts):
    """The page: each part of the template has to be there, and each part has to be used."""
    names = OPEN.findall(template)
    if sorted(names) != sorted(parts):
        raise ValueError(f"the template asks for {sorted(names)}, there is {sorted(parts)}")
    return OPEN.sub(lambda mark: f"{mark.group(0)}\n{parts[mark.group(1)].strip()}\n\n<!-- /accuracy -->\n", template)


def template_of(page):
    """What a page looked like before it was filled."""
    return PART.sub(r"\1", page)
