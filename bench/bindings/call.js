'use strict';

// See call.c. The lines: scrub of a string, scrub of a Buffer, process of a string.
const fs = require('node:fs');
const piiglet = require('piiglet');

const BATCHES = 10;

const [path, format, count] = process.argv.slice(2);
const calls = Number(count);
const bytes = fs.readFileSync(path);
const scrubber = new piiglet.Scrubber();

/** Nanoseconds of one call. */
function batch(method, data) {
    const begin = process.hrtime.bigint();
    for (let i = 0; i < calls; i++) {
        scrubber[method](data, format);
    }
    return Number(process.hrtime.bigint() - begin) / calls;
}

for (const [name, method, data] of [['scrub', 'scrub', String(bytes)], ['bytes', 'scrub', bytes],
    ['process', 'process', String(bytes)]]) {
    const least = Math.min(...Array.from({ length: BATCHES }, () => batch(method, data)));
    console.log(`${name} ${least.toFixed(1)}`);
}
