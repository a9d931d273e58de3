/* The engine of the page answers what the library answers to the vectors of the bindings, byte for byte, and stays
 * whole under rules and texts that are wrong.
 *
 * Arguments: engine.wasm, the vectors, as bindings/vectors/make.py writes them. */
import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import { Engine, OK, RULE } from '../../docs/site/assets/engine.js';

const [wasm, file] = process.argv.slice(2);
const engine = await Engine.load(readFileSync(wasm));
const { vectors } = JSON.parse(readFileSync(file, 'utf8'));
let passed = 0;
let failed = 0;

function check(name, run) {
    try {
        run();
        passed += 1;
    } catch (error) {
        failed += 1;
        console.log(`${name}: ${error.message}`);
    }
}

/** Settings of a vector, in the order of bindings/vectors/make.py. */
function* settings(options) {
    if (options.only)
        yield ['all', 'off'];
    for (const entity of [...options.only ?? [], ...options.on ?? []])
        yield ['on', entity];
    for (const entity of options.off ?? [])
        yield ['off', entity];
    for (const name of ['limit', 'invalid', 'subject'])
        if (name in options)
            yield [name, options[name]];
    for (const [id, secret] of Object.entries(options.keys ?? {}))
        yield [`key:${id}`, secret];
    if (options.today)
        yield ['today', String(Date.parse(options.today) / 86400000)];
}

function answer(vector) {
    const { options } = vector;
    assert.strictEqual(engine.setPolicy(options.name ?? ''), OK);
    if ('minimum_confidence' in options)
        assert.strictEqual(engine.setMinimumConfidence(options.minimum_confidence), OK);
    for (const [name, value] of settings(options))
        assert.strictEqual(engine.set(name, value), OK, `${name} ${value}`);
    const input = 'base64' in vector ? Buffer.from(vector.base64, 'base64') : vector.text;
    return engine.scrub(vector.format, input);
}

// The page asks nobody for known values.
for (const vector of vectors.filter(({ options }) => !options.known)) {
    check(vector.name, () => {
        const { expect } = vector;
        const result = answer(vector);
        assert.strictEqual(result.status, expect.status);
        assert.deepStrictEqual(result.output && Buffer.from(result.output).toString('base64'), expect.output ?? null);
        assert.deepStrictEqual(result.findings.map((f) => [f.entity, f.rule, f.begin, f.end, f.confidence,
            f.replacementSize, f.action, f.path, f.block]), expect.findings);
        assert.deepStrictEqual([result.format, result.fault, result.offset], [expect.format, expect.fault, expect.offset]);
    });
}

const rule = (pattern) => `piiglet: 1\nfamily: badge\ndescription: of a school\nentities: [BADGE]\nrules:\n  - id: badge.number
    entity: BADGE\n    description: B and four digits\n    pattern: '${pattern}'\n    confidence: 0.9\n    tests:
      match: ['my badge is {{B-1234}}']\n      pass: ['level B-12', 'B-9999']\n`;

check('a rule of the reader', () => {
    engine.setPolicy('');
    assert.strictEqual(engine.setRules(rule('\\bB-\\d{4}\\b')).status, OK);
    assert.deepStrictEqual(engine.runTests().map((test) => test.passed), [true, true, false]);
    assert.deepStrictEqual(engine.scrub('text', 'B-1234, kid@example.org').findings.map((f) => f.entity),
        ['BADGE', 'EMAIL']);
});
check('a rule that is refused', () => {
    const { status, remarks } = engine.setRules(rule('B-\\d+'));
    assert.strictEqual(status, RULE);
    assert(remarks.some((remark) => remark.severity === 'error' && remark.field && remark.message && remark.line === 9),
        JSON.stringify(remarks));
    assert.strictEqual(engine.scrub('text', 'B-1234').findings.length, 1, 'the rules before stay');
    assert.strictEqual(engine.setRules('').status, OK);
    assert.strictEqual(engine.scrub('text', 'B-1234').findings.length, 0, 'and go');
});
check('words', () => {
    assert.strictEqual(engine.reason('PHONE'), 'phone.number');
    assert.notStrictEqual(engine.message('PHONE', 'es'), engine.message('PHONE', 'en'));
    assert(engine.policies().some(({ name, yaml }) => name === 'save-under-13' && yaml.includes('entities')));
    assert(engine.formats().includes('json') && engine.languages().some(({ tag, name }) => tag === 'es' && name));
    assert.notStrictEqual(engine.setPolicy('no such policy'), OK);
});
check('a long text', () => {
    const text = 'The robot sings on level 3. '.repeat(40000);
    const result = engine.scrub('text', `${text}kid@example.org`);
    assert.strictEqual(result.findings.length, 1);
    assert.strictEqual(result.output.length, text.length + 7);
});

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
