// redact-pii over a file, line by line, as its readers would call it. Writes the seconds its work took.
// Usage: node redact_pii.js PEERS_DIR three|default FILE
'use strict';
const fs = require('fs');
const path = require('path');

const [peers, kinds, file] = process.argv.slice(2);
const { SyncRedactor } = require(path.join(peers, 'node_modules', 'redact-pii'));

const WANTED = new Set(['emailAddress', 'phoneNumber', 'streetAddress']);
const ALL = ['credentials', 'creditCardNumber', 'digits', 'emailAddress', 'ipAddress', 'names', 'password',
    'phoneNumber', 'streetAddress', 'username', 'usSocialSecurityNumber', 'zipcode', 'url'];
const builtInRedactors = {};
if (kinds === 'three') {
    for (const name of ALL) {
        builtInRedactors[name] = { enabled: WANTED.has(name) };
    }
}

const redactor = new SyncRedactor({ builtInRedactors });
const lines = fs.readFileSync(file, 'utf8').split('\n');
let length = 0;
const begin = process.hrtime.bigint();
for (const line of lines) {
    length += redactor.redact(line).length;
}
const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
console.log(seconds.toFixed(6), length);
