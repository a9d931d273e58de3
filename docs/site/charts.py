"""Charts beside tables: bars made of the numbers in a table, so that no number stands in two places."""
import html
import re
from dataclasses import dataclass

WIDTH, LABEL, VALUE, BAR, GAP = 720, 290, 90, 14, 8


@dataclass
class Chart:
    """Which table, told by words of its head, and which of its columns."""
    words: list      # all of them in the first row
    columns: list    # names of columns; the last one is piiglet's, drawn in its colour
    caption: str
    rows: int = 12   # at most


SPEED = "Clean dialogue, GB/s on one core. Longer is better."
YARDSTICKS = ["memcpy", "memchr"]  # which would leave no room for the others

CHARTS = {
    "ACCURACY": [Chart(["labels", "missed whole"], ["two expressions", "piiglet"],
                       "Percent of the labelled bytes that are not found: above, two usual expressions; below, piiglet. "
                       "Shorter is better.", 10)],
    "PERFORMANCE": [Chart(["GB/s (x memcpy)", "clean dialogue"], ["clean dialogue"], SPEED, 24)],
    "README": [Chart(["GB/s, one core"], ["clean dialogue"], SPEED)],
}


def cells(row):
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]


def number(text):
    found = re.match(r"[\d.]+(?:e-?\d+)?", text.replace(",", ""))
    return float(found.group()) if found else None


def bars(entries, caption):
    """SVG of (label, [(value, class)])."""
    top = max((value for _, values in entries for value, _ in values), default=0) or 1
    room = WIDTH - LABEL - VALUE
    lines, y = [], GAP
    for label, values in entries:
        middle = y + len(values) * BAR / 2 + 5
        lines.append(f'<text x="{LABEL - 10}" y="{middle:.0f}" text-anchor="end">{html.escape(html.unescape(label))}</text>')
        for value, kind in values:
            length = max(1, room * value / top)
            lines.append(f'<rect class="{kind}" x="{LABEL}" y="{y}" width="{length:.1f}" height="{BAR - 2}" rx="2"/>')
            lines.append(f'<text x="{LABEL + length + 6:.1f}" y="{y + 10}">{value:g}</text>')
            y += BAR
        y += GAP
    words = html.escape(caption)
    return (f'<figure><figcaption>{words}</figcaption><svg viewBox="0 0 {WIDTH} {y}" role="img" aria-label="{words} '
            f'The numbers stand in the table below.">{"".join(lines)}</svg></figure>')


def draw(table, chart):
    rows = [cells(row) for row in re.findall(r"<tr>(.*?)</tr>", table, re.S)]
    head, body = rows[0], rows[1:]
    columns = [head.index(name) for name in chart.columns if name in head]
    entries = []
    for row in body[:chart.rows]:
        values = [(number(row[column]), "ours" if len(columns) > 1 and column == columns[-1] or "piiglet" in row[0]
                   else "theirs") for column in columns]
        if row[0] and row[0] not in YARDSTICKS and values and all(value is not None for value, _ in values):
            entries.append((row[0], values))
    return bars(entries, chart.caption) if entries else ""


def add(content, stem):
    """The page with a chart before each table that CHARTS names. A chart whose table is gone is an error."""
    for chart in CHARTS.get(stem, []):
        for table in re.findall(r"<table>.*?</table>", content, re.S):
            head = re.search(r"<tr>(.*?)</tr>", table, re.S).group(1)
            if all(word in head for word in chart.words):
                drawn = draw(table, chart)
                if not drawn:
                    raise SystemExit(f"{stem}: no numbers for a chart: {chart.caption}")
                content = content.replace(table, drawn + table, 1)
                break
        else:
            raise SystemExit(f"{stem}: no table for a chart: {chart.caption}")
    return content
