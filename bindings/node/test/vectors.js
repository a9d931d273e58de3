'use strict';

// Vectors of the library: PIIGLET_VECTORS names the file that bindings/vectors/make.py wrote.
const fs = require('node:fs');
const piiglet = require('piiglet');

const errors = { 6: piiglet.Invalid, 7: piiglet.LimitExceeded, 8: piiglet.Blocked, 9: piiglet.EngineFailed };

const vectors = JSON.parse(fs.readFileSync(process.env.PIIGLET_VECTORS, 'utf8')).vectors;

for (const vector of vectors) {
    const { minimum_confidence: minimumConfidence, today, keys = {}, known = [], ...options } = vector.options;
    const secrets = Object.fromEntries(Object.entries(keys).map(([id, secret]) => [id, Buffer.from(secret)]));
    vector.policy = new piiglet.Policy({
        minimumConfidence, keys: secrets, today: today && new Date(today), ...options });
    vector.known = new piiglet.Known(known);
    vector.bytes = 'base64' in vector ? Buffer.from(vector.base64, 'base64') : Buffer.from(vector.text);
    vector.expect.error = errors[vector.expect.status];
    vector.expect.output = Buffer.from(vector.expect.output || '', 'base64');
}

/** Findings as the vectors have them. */
function tuples(findings) {
    return findings.map((f) => [f.entity, f.rule, f.byteBegin, f.byteEnd, f.confidence, f.replacementSize,
        f.action, f.path, f.block]);
}

module.exports = { vectors, tuples };
