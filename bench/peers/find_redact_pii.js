// redact-pii over texts, as find.py does for the peers in Python: JSON Lines {"id", "text"} to {"id", "spans"}, offsets
// in bytes; with --time only the seconds of processor time it takes, the best of some
// rounds. Usage: node find_redact_pii.js PEERS_DIR [--time]
//
// It replaces and does not say where. So each of its redactors is told to replace with the same word as ever, but
// through a function that notes the place; `origin` leads from places of the half redacted text to those of the text.
'use strict';
const fs = require('fs');
const path = require('path');

const [peers, mode] = process.argv.slice(2);
const { SyncRedactor } = require(path.resolve(peers, 'node_modules', 'redact-pii'));
const ROUNDS = 1; // seconds of processor time in which another round may begin
const KINDS = { EMAIL_ADDRESS: 'EMAIL', PHONE_NUMBER: 'PHONE', STREET_ADDRESS: 'ADDRESS', ZIPCODE: 'ZIP',
    IP_ADDRESS: 'IP', US_SOCIAL_SECURITY_NUMBER: 'SSN', CREDIT_CARD_NUMBER: 'CREDIT_CARD' };

// Names are not compared with anybody's; they come last, so the others find the same without them.
const options = { builtInRedactors: { names: { enabled: false } } };
const redactor = new SyncRedactor(options);

function spansOf(text, steps) {
    let current = text;
    let origin = Array.from({ length: text.length }, (_, at) => [at, at + 1]);
    let spans = [];
    for (const { step, word } of steps) {
        const places = [];
        let end = 0;
        step.replaceWith = (match, ...rest) => {
            const offset = rest[rest.length - 2];
            if (match.length === 0) {
                return word;
            }
            const whole = [origin[offset][0], origin[offset + match.length - 1][1]];
            spans = spans.filter(([from, to]) => from < whole[0] || to > whole[1]);
            spans.push([...whole, KINDS[word] || word]);
            places.push(...origin.slice(end, offset), ...Array.from(word, () => whole));
            end = offset + match.length;
            return word;
        };
        current = step.redact(current);
        origin = [...places, ...origin.slice(end)];
    }
    return spans;
}

function inBytes(text, [start, end, type]) {
    return { start: Buffer.byteLength(text.slice(0, start)), end: Buffer.byteLength(text.slice(0, end)), type };
}

function secondsUsed() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
}

function bestSeconds(texts) {
    const begin = secondsUsed();
    let best = Infinity;
    while (secondsUsed() - begin < ROUNDS) {
        const start = secondsUsed();
        texts.forEach(text => redactor.redact(text));
        best = Math.min(best, secondsUsed() - start);
    }
    return best;
}

const records = fs.readFileSync(0, 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line));
if (mode === '--time') {
    console.log(bestSeconds(records.map(({ text }) => text)));
} else {
    const steps = redactor.childRedactors.map(step => ({ step, word: step.replaceWith }));
    for (const { id, text } of records) {
        const spans = spansOf(text, steps).map(span => inBytes(text, span));
        if (spans.length > 0) {
            console.log(JSON.stringify({ id, spans }));
        }
    }
}
