'use strict';

// Types, errors, streams, threads, memory.
const assert = require('node:assert');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { Readable, Writable } = require('node:stream');
const { pipeline } = require('node:stream/promises');
const { test } = require('node:test');
const { Worker } = require('node:worker_threads');
const piiglet = require('piiglet');

const MAIL = 'write to kid.one@example.org';

test('answers in the type of the input', async () => {
    assert.strictEqual(piiglet.scrub(MAIL), 'write to [EMAIL]');
    for (const bytes of [Buffer.from(MAIL), new Uint8Array(Buffer.from(MAIL))]) {
        assert.deepStrictEqual(piiglet.scrub(bytes), Buffer.from('write to [EMAIL]'));
        assert.deepStrictEqual(await piiglet.scrubAsync(bytes), Buffer.from('write to [EMAIL]'));
    }
    const shared = new Uint8Array(new SharedArrayBuffer(MAIL.length));
    shared.set(Buffer.from(MAIL));
    assert.deepStrictEqual(piiglet.scrub(shared), Buffer.from('write to [EMAIL]'));
    const clean = Buffer.from('nothing');
    assert.strictEqual(piiglet.scrub(clean), clean);
    assert.strictEqual(piiglet.scrub(''), '');
    assert.strictEqual(piiglet.scrub(Buffer.alloc(0)).length, 0);
    for (const size of [2030, 2040, 2043, 2044, 2045, 2046, 2047, 2048, 5000]) {
        for (const letter of ['a', 'é', '漢', '😀']) {
            const text = `${letter.repeat(Math.floor(size / Buffer.byteLength(letter)))} ${MAIL}`;
            assert.strictEqual(piiglet.scrub(text), text.replace(/kid.*/, '[EMAIL]'));
            const around = `${'x'.repeat(size - letter.length)}${letter}`;
            assert.strictEqual(piiglet.scrub(around), around);
        }
    }
});

test('other values are refused', async () => {
    for (const wrong of [undefined, null, 5, {}, [MAIL], new Float64Array(3), new String(MAIL)]) {
        assert.throws(() => piiglet.scrub(wrong), TypeError);
        await assert.rejects(piiglet.scrubAsync(wrong), TypeError);
    }
    assert.throws(() => piiglet.scrub(MAIL, 'no-such-format'), piiglet.BadArgument);
    assert.throws(() => piiglet.scrub(MAIL, 'x'.repeat(5000)), piiglet.BadArgument);
    assert.throws(() => piiglet.scrub(MAIL, 'text\0'), piiglet.BadArgument);
    for (const wrong of [{ limit: 'x' }, { invalid: '' }, { minimumConfidence: 2 }, { minimumConfidence: NaN }]) {
        assert.throws(() => new piiglet.Policy(wrong), piiglet.BadArgument);
    }
    const policy = new piiglet.Policy({ only: ['NO_SUCH_ENTITY'] });
    assert.throws(() => new piiglet.Scrubber({ policy }), piiglet.BadArgument);
    assert.throws(() => new piiglet.Stream({ policy }), piiglet.BadArgument);
    assert.throws(() => new piiglet.Scrubber({ policy: 'no-such-policy' }), piiglet.BadArgument);
    assert.throws(() => new piiglet.Scrubber({ policy: 5 }), TypeError);
    assert.throws(() => new piiglet.Scrubber({ policy: new piiglet.Ruleset() }), TypeError);
    assert.throws(() => piiglet.Scrubber.prototype.scrub.call({ call: piiglet.Scrubber.prototype.call }, MAIL), TypeError);
    assert.throws(() => piiglet.Scrubber(), TypeError);
});

test('half of a surrogate pair', async () => {
    for (const [text, offset] of [['a\ud800b', 1], ['é😀\udfff', 3], [`${'x'.repeat(3000)}\ud83d`, 3000]]) {
        assert.throws(() => piiglet.scrub(text), { constructor: piiglet.Invalid, offset });
        await assert.rejects(piiglet.scrubAsync(text), { constructor: piiglet.Invalid, offset });
    }
    assert.strictEqual(piiglet.scrub('\ufffd 😀'), '\ufffd 😀');
});

test('errors hold no text', () => {
    assert.throws(() => piiglet.scrub('{"a": "kid.one@example.org", ', 'json'), (error) => {
        assert.ok(error instanceof piiglet.Invalid && error instanceof piiglet.PiigletError && error instanceof Error);
        assert.ok(!`${error.stack}${JSON.stringify(error)}`.includes('kid.one'));
        return true;
    });
});

test('rules of a file', () => {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'piiglet-')), 'class.yaml');
    assert.throws(() => new piiglet.Ruleset([file]), { code: 'ENOENT' });
    fs.writeFileSync(file, 'version: 1\nrules:\n  - id: x\n');
    assert.throws(() => new piiglet.Ruleset([file]), (error) => {
        assert.ok(error instanceof piiglet.RulesRefused);
        assert.strictEqual(error.diagnostics[0].file, file);
        return true;
    });
    assert.throws(() => new piiglet.Ruleset([], { default: false }), piiglet.RulesRefused);
    assert.ok(new piiglet.Ruleset().entities.has('EMAIL'));
    fs.rmSync(path.dirname(file), { recursive: true });
});

test('policies', () => {
    const [finding] = new piiglet.Scrubber({ policy: 'audit' }).scan(MAIL);
    assert.deepStrictEqual([finding.entity, finding.action], ['EMAIL', 'keep']);
    const gallery = new piiglet.Scrubber({ policy: 'public-gallery' });
    assert.throws(() => gallery.scrub('my ssn is 536-22-1234'), (error) => {
        assert.deepStrictEqual([error.constructor, error.findings[0].entity, error.findings[0].begin],
            [piiglet.Blocked, 'SSN', 10]);
        return true;
    });
    assert.throws(() => new piiglet.Scrubber({ policy: 'logs' }), piiglet.BadArgument);
    assert.throws(() => new piiglet.Policy({ name: 'logs', keys: { k1: Buffer.alloc(5) } }), piiglet.BadArgument);
    const secret = Buffer.alloc(32, 'k');
    const [one, two] = [MAIL, 'Kid.One@example.org'].map((text) => new piiglet.Scrubber({
        policy: new piiglet.Policy({ name: 'logs', keys: { k1: secret } }) }).scrub(text).match(/\[EMAIL:k1:\w+\]/)[0]);
    assert.strictEqual(one, two);
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'piiglet-')), 'class.yaml');
    fs.writeFileSync(file, 'piiglet: 1\npolicy: class\ndescription: Ours.\nentities:\n  EMAIL: mask\n');
    assert.ok(new piiglet.Scrubber({ policy: new piiglet.Policy({ file }) }).scrub(MAIL).includes('*'));
    fs.writeFileSync(file, 'piiglet: 1\npolicy: class\ndescription: Ours.\nentities:\n  EMAIL: fly\n');
    assert.throws(() => new piiglet.Policy({ file }), (error) => {
        assert.deepStrictEqual([error.constructor, error.diagnostics[0].file, error.diagnostics[0].line],
            [piiglet.RulesRefused, file, 5]);
        return true;
    });
    assert.throws(() => new piiglet.Policy({ file, name: 'logs' }), TypeError);
    fs.rmSync(path.dirname(file), { recursive: true });
});

test('known values from a file', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'piiglet-'));
    const file = path.join(folder, 'known.txt');
    try {
        fs.writeFileSync(file, 'Ada Lovelace\nPERSON\tMay Hopper\tgiven-alone\nSOCIAL_HANDLE\tskater_kid\n');
        const known = new piiglet.Known(['Grace Young'], { file });
        assert.strictEqual(piiglet.scrub('May, skater-kid, G. Young', 'text', known), '[PERSON], [SOCIAL_HANDLE], [PERSON]');
        fs.writeFileSync(file, 'Ada Lovelace\n\nPERSON\tMay Hopper\tnever\n');
        assert.throws(() => new piiglet.Known([], { file }),
            (error) => error instanceof piiglet.BadArgument && error.offset === 3 && !error.message.includes('Hopper'));
    } finally {
        fs.rmSync(folder, { recursive: true });
    }
});

test('messages', () => {
    assert.deepStrictEqual([piiglet.reason('PHONE'), piiglet.reason('NO_SUCH')], ['phone.number', 'other.private']);
    assert.strictEqual(piiglet.message('PHONE'), piiglet.message('PHONE', 'en'));
    assert.strictEqual(piiglet.message('PHONE', 'es-MX'), piiglet.message('PHONE', 'es'));
    assert.notStrictEqual(piiglet.message('PHONE'), piiglet.message('PHONE', 'es'));
    assert.strictEqual(piiglet.languages().es, 'Español');
    assert.strictEqual(Object.keys(piiglet.languages()).length, 8);
    assert.throws(() => piiglet.message(5), TypeError);
    assert.throws(() => piiglet.message(), TypeError);
});

test('known values', async () => {
    const known = new piiglet.Known(['Ada Lovelace', ['SOCIAL_HANDLE', 'skater_kid']]);
    const text = 'é lovelace, ada is skater-kid';
    assert.strictEqual(piiglet.scrub(text, 'text', known), 'é [PERSON] is [SOCIAL_HANDLE]');
    assert.strictEqual(await piiglet.scrubAsync(text, 'text', known), 'é [PERSON] is [SOCIAL_HANDLE]');
    assert.strictEqual(piiglet.scrub(text), text);
    assert.strictEqual(await piiglet.scrubAsync(text), text);
    assert.deepStrictEqual(piiglet.scan(text, undefined, known).map((f) => f.rule), ['known.value', 'known.value']);
    assert.deepStrictEqual(await piped(['A. Love', 'lace here'], { known }), ['[PERSON] here', ['PERSON']]);
    const alone = new piiglet.Known(['Ada Lovelace'], { givenAlone: true });
    assert.strictEqual(piiglet.scrub('Ada!', 'text', alone), '[PERSON]!');
    assert.throws(() => new piiglet.Known(['Ada Lovelace', '!']), (error) => {
        assert.ok(error instanceof piiglet.BadArgument && error.offset === 1 && !error.message.includes('Ada'));
        return true;
    });
    const strange = new piiglet.Known([['NO_SUCH_ENTITY', 'value']]);
    assert.throws(() => piiglet.scrub('x', 'text', strange), piiglet.BadArgument);
    await assert.rejects(piiglet.scrubAsync('x', 'text', strange), piiglet.BadArgument);
    assert.throws(() => new piiglet.Stream({ known: strange }), piiglet.BadArgument);
    assert.throws(() => piiglet.scrub('x', 'text', ['Ada']), TypeError);
});

test('states of a stream', async () => {
    const stream = new piiglet.Stream();
    assert.strictEqual(String(Buffer.concat([stream.write(MAIL), stream.finish()])), 'write to [EMAIL]');
    assert.throws(() => stream.write('more'), piiglet.BadState);
    stream.reset();
    const both = [stream.writeAsync(Buffer.alloc(1 << 20, 'a ')), stream.writeAsync('x')];
    await assert.rejects(both[1], piiglet.BadState);
    assert.throws(() => stream.reset(), piiglet.BadState);
    await both[0];
    stream.reset();
    assert.deepStrictEqual(stream.findings, []);
    const broken = new piiglet.Stream({ format: 'json' });
    assert.throws(() => broken.write('["call 415-555-0134 now", }'), (error) => {
        assert.ok(error instanceof piiglet.Invalid && !error.output.includes('0134'));
        return true;
    });
});

/** What a ScrubStream makes of pieces. */
async function piped(pieces, options) {
    const stream = new piiglet.ScrubStream(options);
    const output = [];
    const entities = [];
    stream.on('finding', (finding) => entities.push(finding.entity));
    await pipeline(Readable.from(pieces), stream, new Writable({
        write(chunk, encoding, callback) {
            output.push(chunk);
            callback();
        },
    }));
    return [String(Buffer.concat(output)), entities];
}

test('as a Transform', async () => {
    assert.deepStrictEqual(await piped(['{"a": "é kid.o', Buffer.from('ne@example.org"}')], { format: 'json' }),
        ['{"a": "é [EMAIL]"}', ['EMAIL']]);
    const [output, entities] = await piped(Array(50000).fill(`${MAIL}\n`), {});
    assert.deepStrictEqual([output, entities.length], ['write to [EMAIL]\n'.repeat(50000), 50000]);
    await assert.rejects(piped(['{"a'], { format: 'json' }), piiglet.Invalid);
    await assert.rejects(piped(['[1, }', 'more'], { format: 'json' }), piiglet.Invalid);
});

test('many calls at once share one ruleset', async () => {
    const scrubber = new piiglet.Scrubber({ rules: new piiglet.Ruleset() });
    const texts = Array.from({ length: 16 }, (_, n) => `${n}: call 415-555-01${n + 10} or ${MAIL}. `.repeat(1 + n * 40));
    const expected = texts.map((text) => scrubber.process(text));
    const answers = await Promise.all(Array.from({ length: 800 }, (_, n) => scrubber.processAsync(texts[n % 16])));
    answers.forEach((answer, n) => assert.deepStrictEqual(answer, expected[n % 16]));
});

test('the main thread goes on meanwhile', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await piiglet.scrubAsync(Buffer.from(`${MAIL} `.repeat(300000)));
    clearInterval(timer);
    assert.ok(ticks > 5);
});

test('bytes may be changed once a call has begun', async () => {
    const bytes = Buffer.from(`${MAIL} `.repeat(1000));
    const promise = piiglet.scrubAsync(bytes);
    bytes.fill('x');
    assert.strictEqual(String(await promise), 'write to [EMAIL] '.repeat(1000));
});

test('in threads of their own, also such that are ended', async () => {
    const work = `
        const piiglet = require(${JSON.stringify(require.resolve('piiglet'))});
        const { parentPort } = require('node:worker_threads');
        for (let n = 0; n < 200; n++) piiglet.scrubAsync('${MAIL} '.repeat(2000));
        parentPort.postMessage(piiglet.scrub('${MAIL}'));`;
    const workers = Array.from({ length: 8 }, () => new Worker(work, { eval: true }));
    const answers = await Promise.all(workers.map((worker) => new Promise((resolve, reject) => {
        worker.on('message', resolve).on('error', reject);
    })));
    assert.deepStrictEqual(answers, Array(8).fill('write to [EMAIL]'));
    await Promise.all(workers.map((worker) => worker.terminate()));
});

/** Calls of every kind, also such that fail. */
async function allCalls(scrubber) {
    scrubber.scrub(MAIL);
    scrubber.scan(Buffer.from(MAIL), 'text', new piiglet.Known(['Ada Lovelace']));
    await scrubber.processAsync(`é ${MAIL}`);
    for (const wrong of ['{', '[\ud800']) {
        assert.throws(() => scrubber.scrub(wrong, 'json'), piiglet.Invalid);
    }
    await assert.rejects(scrubber.scrubAsync('{', 'json'), piiglet.Invalid);
    const stream = new piiglet.Stream({ format: 'json', policy: new piiglet.Policy({ only: ['EMAIL'] }) });
    stream.write('{"say": "kid.one@exam');
    await stream.writeAsync('ple.org"}');
    stream.finish();
}

test('nothing leaks', async () => {
    const calls = Number(process.env.PIIGLET_LEAK_CALLS || 30000);
    const scrubber = new piiglet.Scrubber();
    const repeat = async (count) => {
        for (let n = 0; n < count / 10; n++) {
            await allCalls(scrubber);
        }
        for (let n = 0; n < count; n++) {
            scrubber.process(MAIL);
        }
        globalThis.gc();
        await new Promise((resolve) => setImmediate(resolve));
    };
    await repeat(30000);
    // What leaks grows each time; what the collector of garbage has put off does not.
    const growth = [];
    for (let round = 0; round < 3; round++) {
        const before = process.memoryUsage().rss;
        await repeat(calls);
        growth.push(process.memoryUsage().rss - before);
    }
    assert.ok(Math.min(...growth) < 4 << 20, `bytes more: ${growth}`);
});
