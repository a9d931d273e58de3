"""Made-up projects as students save them, one document a line: blocks as JSON and as XML, boards, programs. What a
student would write in them are lines of dialogue."""
import json
from xml.sax.saxutils import escape, quoteattr

BYTES = 20 << 10  # of one document, roughly

SOUP = "!#$%()*+,-./:;=?@[]^_`{|}~ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
NAMES = ["score", "speed", "player 1", "ghost", "lives", "counter", "grasshopper_1", "R2-D2", "level", "high score"]
ACTIONS = ["gamelab_setSprite", "gamelab_moveForward", "gamelab_setSize", "gamelab_turn", "gamelab_playSound",
           "gamelab_setTint", "gamelab_wait", "variables_set", "gamelab_jumpTo"]
SOUNDS = ["sound://category_digital/coin_1.mp3", "sound://category_animals/cat.mp3", "default.mp3"]
COLORS = ["#ff0000", "#9dc88d", "#e7f2e3", "#10a0ff", "#000000"]


def identifier(source):
    """As Blockly makes them."""
    return "".join(source.pick(SOUP) for _ in range(20))


def uuid(source):
    """As the asset store makes them."""
    return "-".join(f"{source.below(1 << 4 * digits):0{digits}x}" for digits in (8, 4, 4, 4, 12))


def action_fields(source, action):
    """What is set in the fields of a block."""
    if action == "gamelab_setSprite":
        return {"SPRITE": f'"{uuid(source)}"', "NAME": source.pick(NAMES)}
    if action == "gamelab_setTint":
        return {"SPRITE": source.pick(NAMES), "COLOR": source.pick(COLORS)}
    if action == "gamelab_playSound":
        return {"SOUND": source.pick(SOUNDS)}
    if action == "variables_set":
        return {"VAR": {"id": identifier(source)}}
    if action == "gamelab_jumpTo":
        return {"LOCATION": f'{{"x":{source.below(400)},"y":{source.below(400)}}}'}
    return {"DIR": source.pick(["180", "90", "-90"]), "AMOUNT": source.below(400)}


def block(source, text):
    """One block of a program; `text` makes what a student writes."""
    if source.share() < 0.12:
        inner = {"type": "text", "id": identifier(source), "fields": {"TEXT": text()}}
        return {"type": "gamelab_spriteSay", "id": identifier(source), "fields": {"SPRITE": source.pick(NAMES)},
                "inputs": {"SPEECH": {"block": inner}, "SECONDS": {"shadow": {
                    "type": "math_number", "id": identifier(source), "fields": {"NUM": source.below(10)}}}}}
    action = source.pick(ACTIONS)
    made = {"type": action, "id": identifier(source), "fields": action_fields(source, action)}
    if source.share() < 0.03:
        made["icons"] = {"comment": {"text": text(), "pinned": False, "height": 80, "width": 160}}
    return made


def chain(source, text, count):
    """Blocks one below the other."""
    first = last = {"type": "when_run", "id": identifier(source), "x": source.below(900), "y": source.below(2000),
                    "deletable": False}
    for _ in range(count):
        last["next"] = {"block": block(source, text)}
        last = last["next"]["block"]
    return first


def blockly_json(source, text):
    """Blocks as Sprite Lab and Poetry save them."""
    tops, size = [], 0
    while size < BYTES - 600:
        tops.append(chain(source, text, 4 + source.below(20)))
        size += len(json.dumps(tops[-1], ensure_ascii=False, separators=(",", ":")))
    variables = [{"name": name, "id": identifier(source)} for name in NAMES]
    project = {"blocks": {"languageVersion": 0, "blocks": tops}, "variables": variables}
    return json.dumps(project, ensure_ascii=False, separators=(",", ":"))


def xml_block(source, text):
    """The opening of one block, which another one may follow."""
    if source.share() < 0.12:
        value = (f'<value name="SPEECH"><block type="text"><title name="TEXT">{escape(text())}</title></block></value>')
        return f'<block type="studio_saySprite"><title name="SPRITE">{source.below(6)}</title>{value}'
    action = source.pick(ACTIONS)
    fields = "".join(f'<title name="{name}">{escape(str(value))}</title>'
                     for name, value in action_fields(source, action).items() if name != "VAR")
    return f'<block type="{action}" id={quoteattr(identifier(source))}>{fields}'


def blockly_xml(source, text):
    """Blocks as Play Lab saves them, indented now and then as levels are."""
    parts = []
    while sum(map(len, parts)) < BYTES - 600:
        count = 4 + source.below(20)
        gap = " " * (2 * source.below(8))
        blocks = [gap + xml_block(source, text) for _ in range(count)]
        parts.append(f'<block type="when_run" deletable="false" x="{source.below(900)}" y="{source.below(2000)}"><next>' +
                     "<next>".join(blocks) + "</block></next>" * count + "</block>")
    return f"<xml>{''.join(parts)}</xml>"


def node(source, text):
    """A picture or a note on a board."""
    common = {"position": {"x": source.share() * 3000, "y": source.share() * 3000}, "width": source.share() * 500,
              "height": source.below(500), "measured": {"width": source.below(500), "height": source.below(500)},
              "dragging": False}
    if source.share() < 0.5:
        data = {"src": f"/level_starter_assets/board/uuid/{uuid(source)}.png", "altText": text(), "locked": True}
        return {"id": uuid(source), "type": "image", "data": data, **common}
    data = {"shapeType": "rectangle", "label": text() if source.share() < 0.7 else "",
            "backgroundColor": source.pick(COLORS), "strokeColor": source.pick(COLORS), "locked": source.share() < 0.5}
    return {"id": uuid(source), "type": "shape", "data": data, **common, "zIndex": source.below(9),
            "parentId": uuid(source), "expandParent": True}


def board(source, text):
    """A board of Sketch Lab, indented as it is saved."""
    nodes, edges, size = [], [], 0
    while size < BYTES - 200:
        nodes.append(node(source, text))
        size += len(json.dumps(nodes[-1], ensure_ascii=False, indent=2)) + 250
        if len(nodes) > 1 and source.share() < 0.5:
            edges.append({"id": f"xy-edge__{uuid(source)}", "source": nodes[-1]["id"], "target": nodes[-2]["id"]})
            size += 180
    project = {"source": {"nodes": nodes, "edges": edges, "viewport": {"x": 0, "y": 0, "zoom": source.share()}}}
    return json.dumps(project, ensure_ascii=False)


KINDS = {"blockly-json": blockly_json, "blockly-xml": blockly_xml, "sketch-lab": board}
