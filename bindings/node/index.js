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

    scrub(data, format) {
        return this.call(OUTPUT, data, format);
    }

    scan(data, format) {
        return toFindings(this.call(FINDINGS, data, format));
    }

    process(data, format) {
        return toResult(this.call(RESULT, data, format));
    }

    async scrubAsync(data, format) {
        return this.callLater(OUTPUT, data, format);
    }

    async scanAsync(data, format) {
        return toFindings(await this.callLater(FINDINGS, data, format));
    }

    async processAsync(data, format) {
        return toResult(await this.callLater(RESULT, data, format));
    }
}

class Stream {
    #native;
    findings = [];

    constructor({ format, policy, rules } = {}) {
        this.#native = new native.Stream(rulesOrDefault(rules), policyOf(policy), format);
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

    constructor({ format, policy, rules, ...options } = {}) {
        super({ ...options, decodeStrings: true, writableObjectMode: false });
        this.#stream = new Stream({ format, policy, rules });
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
    return (data, format) => (defaultScrubber ||= new Scrubber())[method](data, format);
}

module.exports = {
    ...errors,
    Ruleset, Policy, Scrubber, Stream, ScrubStream,
    scrub: byDefault('scrub'),
    scan: byDefault('scan'),
    process: byDefault('process'),
    scrubAsync: byDefault('scrubAsync'),
    scanAsync: byDefault('scanAsync'),
    processAsync: byDefault('processAsync'),
    buildInfo: native.buildInfo,
};
