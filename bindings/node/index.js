'use strict';

// piiglet takes personal information out of text that children publish. index.d.ts says what each of these does.
const fs = require('node:fs');
const { Transform } = require('node:stream');

const native = require('./build/piiglet.node');
const { errors, makeError } = require('./errors.js');
const { toFindings } = require('./findings.js');

native.setMakeError(makeError);

// What a call of the addon is to answer.
const OUTPUT = 0;
const FINDINGS = 1;
const RESULT = 2;

class Ruleset extends native.Ruleset {
    constructor(files = [], { default: withDefault = true } = {}) {
        super(files.map((file) => [String(file), fs.readFileSync(file)]), withDefault);
    }

    get entities() {
        return new Set(this.listEntities());
    }
}

// As pii__policy_source.
const USUAL = 0;
const NAMED = 1;
const YAML = 2;
const DAY = 24 * 60 * 60 * 1000;

/** What the addon needs to know of PolicyOptions: [setting, value]. */
function settingsOf({ only, on = [], off = [], limit, invalid, kernel, keys = {}, subject, today }) {
    const settings = [
        ['limit', limit], ['invalid', invalid], ['kernel', kernel], ['all', only && 'off'],
        ...[...(only || []), ...on].map((entity) => ['on', entity]),
        ...[...off].map((entity) => ['off', entity]),
        ...Object.entries(keys).map(([id, secret]) => [`key:${id}`, secret]),
        ['subject', subject], ['today', today && String(Math.floor(today.getTime() / DAY))],
    ];
    return settings.filter(([, value]) => value !== undefined);
}

class Policy extends native.Policy {
    constructor({ name, file, minimumConfidence, ...options } = {}) {
        if (name !== undefined && file !== undefined) {
            throw new TypeError('a policy has a name or a file, not both');
        }
        const source = name !== undefined ? NAMED : file !== undefined ? YAML : USUAL;
        const text = file !== undefined ? fs.readFileSync(file) : name ?? '';
        super(source, text, String(file ?? ''), settingsOf(options), minimumConfidence);
    }
}

/** A policy, or undefined, from itself or the name of a built-in one. */
function policyOf(policy) {
    return typeof policy === 'string' ? new Policy({ name: policy }) : policy;
}

// Options of the library for PERSON.
const EXACT = 1;
const GIVEN_ALONE = 2;
const SURNAME_ALONE = 4;

class Known extends native.Known {
    constructor(values = [], { file, exact, givenAlone, surnameAlone } = {}) {
        const options = (exact && EXACT) | (givenAlone && GIVEN_ALONE) | (surnameAlone && SURNAME_ALONE);
        const pairs = Array.from(values, (value) => (typeof value === 'string' ? ['PERSON', value] : value));
        const given = pairs.map(([entity, value]) => [entity, value, entity === 'PERSON' ? options : 0]);
        super(file === undefined ? given : [...given, [undefined, fs.readFileSync(file), 0]]);
    }
}

let defaultRules;

function rulesOrDefault(rules) {
    return rules || (defaultRules ||= new Ruleset());
}

function toResult([output, findings, format, fault, faultOffset]) {
    return { output, findings: toFindings(findings), format, fault, faultOffset };
}

class Scrubber extends native.Scrubber {
    constructor({ policy, rules } = {}) {
        super(rulesOrDefault(rules), policyOf(policy));
    }

    scrub(data, format, known) {
        return this.call(OUTPUT, data, format, known);
    }

    scan(data, format, known) {
        return toFindings(this.call(FINDINGS, data, format, known));
    }

    process(data, format, known) {
        return toResult(this.call(RESULT, data, format, known));
    }

    async scrubAsync(data, format, known) {
        return this.callLater(OUTPUT, data, format, known);
    }

    async scanAsync(data, format, known) {
        return toFindings(await this.callLater(FINDINGS, data, format, known));
    }

    async processAsync(data, format, known) {
        return toResult(await this.callLater(RESULT, data, format, known));
    }
}

class Stream {
    #native;
    findings = [];

    constructor({ format, policy, rules, known } = {}) {
        this.#native = new native.Stream(rulesOrDefault(rules), policyOf(policy), format, known);
    }

    #take([output, findings]) {
        this.findings = toFindings(findings);
        return output;
    }

    write(data) {
        return this.#take(this.#native.run(data));
    }

    finish() {
        return this.#take(this.#native.run());
    }

    async writeAsync(data) {
        return this.#take(await this.#native.runLater(data));
    }

    async finishAsync() {
        return this.#take(await this.#native.runLater());
    }

    reset() {
        this.#native.reset();
        this.findings = [];
    }

    get format() {
        return this.#native.state()[0];
    }

    get fault() {
        const [, text, offset] = this.#native.state();
        return text && { text, offset };
    }
}

class ScrubStream extends Transform {
    #stream;

    constructor({ format, policy, rules, known, ...options } = {}) {
        super({ ...options, decodeStrings: true, writableObjectMode: false });
        this.#stream = new Stream({ format, policy, rules, known });
    }

    #pass(promise, callback) {
        promise.then((output) => {
            for (const finding of this.#stream.findings) {
                this.emit('finding', finding);
            }
            return output.length > 0 ? output : undefined;
        }).then((output) => callback(null, output), callback);
    }

    _transform(chunk, encoding, callback) {
        this.#pass(this.#stream.writeAsync(chunk), callback);
    }

    _flush(callback) {
        this.#pass(this.#stream.finishAsync(), callback);
    }
}

let defaultScrubber;

/** A function that calls one method of the scrubber of the default rules and policy. */
function byDefault(method) {
    return (...values) => (defaultScrubber ||= new Scrubber())[method](...values);
}

module.exports = {
    ...errors,
    Ruleset, Policy, Known, Scrubber, Stream, ScrubStream,
    scrub: byDefault('scrub'),
    scan: byDefault('scan'),
    process: byDefault('process'),
    scrubAsync: byDefault('scrubAsync'),
    scanAsync: byDefault('scanAsync'),
    processAsync: byDefault('processAsync'),
    message: native.message,
    reason: native.reason,
    languages: native.languages,
    buildInfo: native.buildInfo,
};
