'use strict';

// The same answers as the library itself, byte for byte: for strings, for bytes, in pieces, and off the main thread.
const assert = require('node:assert');
const { test } = require('node:test');
const piiglet = require('piiglet');
const { tuples, vectors } = require('./vectors.js');

/** Bytes of the UTF-8 form before a place of the input. */
function bytesBefore(input, place) {
    return typeof input === 'string' ? Buffer.byteLength(input.slice(0, place)) : place;
}

function checkError(vector, input, error) {
    assert.strictEqual(error.constructor, vector.expect.error);
    assert.strictEqual(bytesBefore(input, error.offset), vector.expect.offset);
    assert.strictEqual(error.fault ?? null, vector.expect.fault);
    return true;
}

function checkResult(vector, input, result) {
    const { expect } = vector;
    assert.strictEqual(typeof result.output === 'string', typeof input === 'string');
    assert.deepStrictEqual(Buffer.from(result.output), expect.output);
    assert.deepStrictEqual(tuples(result.findings), expect.findings);
    assert.strictEqual(result.format, expect.format);
    assert.strictEqual(result.fault ?? null, expect.fault);
    for (const finding of result.findings) {
        assert.strictEqual(bytesBefore(input, finding.begin), finding.byteBegin);
        assert.strictEqual(bytesBefore(input, finding.end), finding.byteEnd);
    }
}

async function checkOneShot(vector, input) {
    const scrubber = new piiglet.Scrubber({ policy: vector.policy });
    if (vector.expect.error) {
        const check = (error) => checkError(vector, input, error);
        assert.throws(() => scrubber.scrub(input, vector.format, vector.known), check);
        assert.throws(() => scrubber.scan(input, vector.format, vector.known), check);
        await assert.rejects(scrubber.scrubAsync(input, vector.format, vector.known), check);
        return;
    }
    const result = scrubber.process(input, vector.format, vector.known);
    checkResult(vector, input, result);
    checkResult(vector, input, await scrubber.processAsync(input, vector.format, vector.known));
    assert.deepStrictEqual(scrubber.scrub(input, vector.format, vector.known), result.output);
    assert.deepStrictEqual(await scrubber.scrubAsync(input, vector.format, vector.known), result.output);
    assert.deepStrictEqual(scrubber.scan(input, vector.format, vector.known), result.findings);
    assert.deepStrictEqual(await scrubber.scanAsync(input, vector.format, vector.known), result.findings);
}

async function checkStream(vector, size) {
    const { expect } = vector;
    const stream = new piiglet.Stream({ format: vector.format, policy: vector.policy, known: vector.known });
    const pieces = [];
    const findings = [];
    try {
        for (let at = 0; at < vector.bytes.length; at += size) {
            const piece = vector.bytes.subarray(at, at + size);
            pieces.push(size === 7 ? await stream.writeAsync(piece) : stream.write(piece));
            findings.push(...stream.findings);
        }
        pieces.push(stream.finish());
    } catch (error) {
        assert.ok(error instanceof piiglet.StreamError, error);
        assert.deepStrictEqual([error.constructor, error.offset], [expect.error, expect.offset]);
        return;
    }
    assert.deepStrictEqual(Buffer.concat(pieces), expect.output);
    assert.deepStrictEqual(tuples([...findings, ...stream.findings]), expect.findings);
    assert.strictEqual(stream.format, expect.format);
    assert.deepStrictEqual(stream.fault, expect.fault ? { text: expect.fault, offset: expect.offset } : undefined);
}

for (const vector of vectors) {
    test(vector.name, async () => {
        await checkOneShot(vector, vector.bytes);
        if ('text' in vector) {
            await checkOneShot(vector, vector.text);
        }
        for (const size of [1, 7, 4096]) {
            await checkStream(vector, size);
        }
    });
}
