'use strict';

const VALUES = 11;

/** The findings that the addon gave as one flat array. */
function toFindings(flat) {
    const findings = [];
    for (let at = 0; at < flat.length; at += VALUES) {
        findings.push({
            entity: flat[at],
            rule: flat[at + 1],
            begin: flat[at + 2],
            end: flat[at + 3],
            byteBegin: flat[at + 4],
            byteEnd: flat[at + 5],
            confidence: flat[at + 6],
            replacementSize: flat[at + 7],
            action: flat[at + 8],
            path: flat[at + 9],
            block: flat[at + 10],
        });
    }
    return findings;
}

module.exports = { toFindings };
