/** The page "Try it": what is typed is scanned as it is typed, by the engine in this page.
 *
 * The engine runs on the page's own thread: a worker would not be bound by the page's policy, which forbids to send
 * anything anywhere. Everything that is shown is set as text, never as markup. */
import { Engine, OK } from './engine.js';

const BLOCKED = 8;
const WAIT = 120; // milliseconds without a key before a scan
const DAY = 24 * 60 * 60 * 1000;

const EXAMPLES = [
    { name: 'Dialogue', format: 'text', text: `MIRA:   If we lose each other, write to mira.draws.dragons@example.org.
PIXEL:  Robots do not write. Call me: (415) 555-2671, or 415-555-0134 after 5:30.
MIRA:   Home is 742 Evergreen Terrace, Apt 3B, Springfield, IL 62704. That is far!
PIXEL:  My score is 10500, and I am on level 3 since 1 July.` },
    { name: 'A comment', format: 'text', text: `I am 11 years old and love this game!! text me four one five 555 0134
my insta is @mira_draws_77, password is horse-Battery9` },
    { name: 'App data (JSON)', format: 'json', text: `{"id": 4155550134, "phone": 4155550134,
 "say": "mail kid\\u002eone@example.org\\nor come to 12 Harbor View Rd", "y": 10500}` },
    { name: 'A program', format: 'javascript', text: `// made by kid.one@example.org
var home = "12 Harbor View Rd"; var score = 10500;
print("call " + '415-555-0134');` },
    { name: 'A table', format: 'csv', text: 'name,phone,score\nRobot,4155550134,10500\n"Pixel, the second",415-555-0199,742' },
];

const byId = (id) => document.getElementById(id);
const encoder = new TextEncoder();
const decoder = new TextDecoder();
let engine;
let timer = 0;

/** An element with text in it. */
function element(name, text, className = '') {
    const made = document.createElement(name);
    made.textContent = text;
    made.className = className;
    return made;
}

function fill(select, entries) {
    select.append(...entries.map(({ value, label }) => new Option(label, value)));
}

/* ---- Findings ---- */

/** The text with a mark around each finding; `shown` gives the text of one, `before` the place where it began. */
function mark(box, bytes, findings, size) {
    const pieces = [];
    let done = 0;
    let place = 0; // in `bytes`
    findings.forEach((finding, index) => {
        const begin = place + finding.begin - done;
        const end = begin + size(finding);
        pieces.push(document.createTextNode(decoder.decode(bytes.subarray(place, begin))));
        const found = element('mark', decoder.decode(bytes.subarray(begin, end)));
        found.title = finding.entity;
        found.dataset.finding = index;
        pieces.push(found);
        place = end;
        done = finding.end;
    });
    pieces.push(document.createTextNode(decoder.decode(bytes.subarray(place))));
    box.replaceChildren(...pieces);
}

/** Line and column, both from 1, of a byte. */
function lineAndColumn(bytes, place) {
    const lines = decoder.decode(bytes.subarray(0, place)).split('\n');
    return `${lines.length}:${[...lines.at(-1)].length + 1}`;
}

function describe(bytes, finding) {
    const item = element('li', '');
    const path = (finding.path ? ` in ${finding.path}` : '') + (finding.block ? `, block ${finding.block}` : '');
    const message = element('span', engine.message(finding.entity, byId('language').value), 'message');
    message.dir = 'auto';
    message.lang = byId('language').value;
    item.append(element('span', lineAndColumn(bytes, finding.begin), 'place'), element('span', finding.entity, 'entity'),
        message, element('span', `${engine.reason(finding.entity)}, rule ${finding.rule}, `
            + `confidence ${finding.confidence.toFixed(2)}, ${finding.action}${path}`, 'why'));
    return item;
}

function scan() {
    const bytes = encoder.encode(byId('input').value);
    const start = performance.now();
    const result = engine.scrub(byId('format').value, bytes);
    const time = performance.now() - start;
    const count = result.findings.length;
    let told = `${count} ${count === 1 ? 'finding' : 'findings'} in ${bytes.length} bytes, ${time.toFixed(1)} ms`;
    if (result.format && byId('format').value === 'auto')
        told += `, read as ${result.format}`;
    if (result.fault)
        told += `; not well formed at byte ${result.offset}: ${result.fault}`;
    byId('count').textContent = told;
    mark(byId('marked'), bytes, result.findings, (finding) => finding.end - finding.begin);
    byId('findings').replaceChildren(...result.findings.map((finding) => describe(bytes, finding)));
    byId('output').classList.toggle('refused', result.status !== OK);
    if (result.status === OK)
        mark(byId('output'), result.output, result.findings, (finding) => finding.replacementSize);
    else
        byId('output').textContent = result.status === BLOCKED ? 'Nothing: the policy blocks this text.'
            : `Nothing: ${engine.statusText(result.status)}`;
}

function scanSoon() {
    clearTimeout(timer);
    timer = setTimeout(scan, WAIT);
}

/* ---- Settings ---- */

function choosePolicy() {
    engine.setPolicy(byId('policy').value);
    engine.set('today', String(Math.floor(Date.now() / DAY)));
    const needsKey = engine.needsKey();
    if (needsKey)
        engine.set('key:page', crypto.getRandomValues(new Uint8Array(32)));
    const chosen = engine.policies().find(({ name }) => name === byId('policy').value);
    const description = chosen?.yaml.match(/^description:\s*(.*)$/m)?.[1].replace(/^(["'])(.*)\1$/, '$2');
    byId('policy-note').hidden = !chosen;
    byId('policy-note').textContent = [description, needsKey && 'Its key was drawn by this page and ends with it.']
        .filter(Boolean).join(' ');
    scan();
}

function chooseExample() {
    const example = EXAMPLES[byId('example').value];
    byId('format').value = example.format;
    byId('input').value = example.text;
    scan();
}

/* ---- Rules ---- */

function showRemark(remark) {
    const expected = remark.expected ? `; expected ${remark.expected}` : '';
    const where = [remark.rule, remark.field].filter(Boolean).join(', ');
    return element('li', `line ${remark.line}:${remark.column}: ${remark.severity}: ${where && `${where}: `}`
        + `${remark.message}${expected}`, remark.severity === 'error' ? 'error' : '');
}

function showTest(test) {
    const wanted = test.match ? 'should find exactly what is marked' : 'should find nothing';
    const found = test.found === 0 ? 'found nothing' : `found ${test.found === 1 ? 'something' : `${test.found} times`}`;
    return element('li', `line ${test.line}: ${test.rule}: ${wanted}, ${found}`, 'error');
}

function useRules() {
    const { status, remarks } = engine.setRules(byId('rules').value);
    const tests = status === OK ? engine.runTests() : [];
    const failed = tests.filter((test) => !test.passed || test.status !== OK);
    byId('verdict').textContent = status === OK
        ? `These rules are in use. Tests: ${tests.length - failed.length} passed, ${failed.length} failed.`
        : `Not in use: ${engine.statusText(status)}.`;
    byId('verdict').className = status === OK && failed.length === 0 ? 'good' : 'bad';
    byId('remarks').replaceChildren(...failed.map(showTest), ...remarks.map(showRemark));
    scan();
}

function dropRules() {
    engine.setRules('');
    byId('verdict').textContent = 'Only the built-in rules are in use.';
    byId('verdict').className = '';
    byId('remarks').replaceChildren();
    scan();
}

/* ---- Start ---- */

async function start() {
    const answer = await fetch('engine.wasm');
    if (!answer.ok)
        throw new Error(`engine.wasm: ${answer.status}`);
    engine = await Engine.load(await answer.arrayBuffer());
    fill(byId('policy'), engine.policies().map(({ name }) => ({ value: name, label: name })));
    fill(byId('format'), engine.formats().concat('auto').map((name) => ({ value: name, label: name })));
    fill(byId('language'), engine.languages().map(({ tag, name }) => ({ value: tag, label: name })));
    fill(byId('example'), EXAMPLES.map(({ name }, index) => ({ value: index, label: name })));
    byId('language').value = 'en';
    byId('policy').addEventListener('change', choosePolicy);
    byId('format').addEventListener('change', scan);
    byId('language').addEventListener('change', scan);
    byId('example').addEventListener('change', chooseExample);
    byId('input').addEventListener('input', scanSoon);
    byId('use').addEventListener('click', useRules);
    byId('drop').addEventListener('click', dropRules);
    byId('settings').addEventListener('submit', (event) => event.preventDefault());
    byId('state').textContent = `piiglet ${engine.version()} is ready.`;
    chooseExample();
    choosePolicy();
}

start().catch((error) => {
    byId('state').textContent = `The engine did not start: ${error.message}`;
    byId('state').className = 'bad';
});
