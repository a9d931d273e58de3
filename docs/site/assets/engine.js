/** The engine of piiglet, compiled to WebAssembly: takes and gives bytes and strings; in browsers and in Node.
 *
 * The module has one session for as long as it lives. It asks for nothing outside but to end when it is broken. */

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8');

/** Statuses of pii_status that callers look at. */
export const OK = 0;
export const RULE = 5;

const SEVERITIES = ['note', 'warning', 'error'];

export class Engine {
    #exports;
    #session;

    /** `source`: bytes of engine.wasm, or a compiled module. */
    static async load(source) {
        const module = source instanceof WebAssembly.Module ? source : await WebAssembly.compile(source);
        // A program that runs without a system: only what its C library is linked with, and never reaches.
        const refuse = (name) => () => { throw new Error(`the engine called ${name}`); };
        const imports = {};
        for (const { module: from, name } of WebAssembly.Module.imports(module))
            (imports[from] ??= {})[name] = name.includes('notify') ? () => {} : refuse(name);
        const { exports } = await WebAssembly.instantiate(module, imports);
        exports._initialize?.();
        return new Engine(exports);
    }

    constructor(exports) {
        this.#exports = exports;
        this.#session = exports.page_new();
        if (!this.#session)
            throw new Error('no memory for the engine');
    }

    /* ---- Memory ---- */

    /** A constant of the module as a string; null for NULL. */
    #string(address) {
        if (!address)
            return null;
        const memory = new Uint8Array(this.#exports.memory.buffer);
        return decoder.decode(memory.subarray(address, memory.indexOf(0, address)));
    }

    #bytes(address, size) {
        return new Uint8Array(this.#exports.memory.buffer).slice(address, address + size);
    }

    /** Calls with bytes or strings copied into the module, each with a NUL after it, as [address, size]. */
    #with(values, call) {
        const blocks = values.map((value) => {
            const bytes = typeof value === 'string' ? encoder.encode(value) : value;
            const address = this.#exports.page_take(bytes.length + 1);
            if (!address)
                throw new Error('no memory for this text');
            const memory = new Uint8Array(this.#exports.memory.buffer);
            memory.set(bytes, address);
            memory[address + bytes.length] = 0;
            return [address, bytes.length];
        });
        try {
            return call(...blocks);
        } finally {
            blocks.forEach(([address]) => this.#exports.page_give(address));
        }
    }

    /** Every string that a function of an index gives, to the first NULL. */
    #list(give) {
        const found = [];
        for (let next; (next = this.#string(give(found.length))) !== null;)
            found.push(next);
        return found;
    }

    /* ---- What there is ---- */

    version() {
        return this.#string(this.#exports.page_version());
    }

    formats() {
        return this.#list((index) => this.#exports.page_format_name(index));
    }

    /** [{tag, name}] */
    languages() {
        const names = this.#list((index) => this.#exports.page_language_name(index));
        return this.#list((index) => this.#exports.page_language(index)).map((tag, i) => ({ tag, name: names[i] }));
    }

    /** [{name, yaml}] */
    policies() {
        const { page_policy_yaml: yaml, page_policy_yaml_size: size } = this.#exports;
        return this.#list((index) => this.#exports.page_policy_name(index)).map((name, i) => ({
            name, yaml: decoder.decode(this.#bytes(yaml(i), size(i))) }));
    }

    reason(entity) {
        return this.#with([entity], ([name]) => this.#string(this.#exports.page_reason(name)));
    }

    message(entity, language) {
        return this.#with([entity, language], ([name], [tag]) => this.#string(this.#exports.page_message(name, tag)));
    }

    statusText(status) {
        return this.#string(this.#exports.page_status_text(status));
    }

    /* ---- Policy ---- */

    /** Statuses, as all that follows; `name` '': the policy by default. */
    setPolicy(name) {
        return this.#with([name], ([text]) => this.#exports.page_policy(this.#session, name ? text : 0));
    }

    /** As pii__policy_set_by_name of bindings/shared has it. */
    set(setting, value) {
        return this.#with([setting, value], ([name], [text, size]) =>
            this.#exports.page_set(this.#session, name, text, size));
    }

    setMinimumConfidence(minimum) {
        return this.#exports.page_confidence(this.#session, minimum);
    }

    needsKey() {
        return Boolean(this.#exports.page_needs_key(this.#session));
    }

    /* ---- Scan ---- */

    /** {status, output: bytes or null, format, fault, offset, findings}; places are bytes. */
    scrub(format, data) {
        const session = this.#session;
        const page = this.#exports;
        return this.#with([format, data], ([name], [text, size]) => {
            const status = page.page_scrub(session, name, text, size);
            return {
                status,
                output: status === OK ? this.#bytes(page.page_output(session), page.page_output_size(session)) : null,
                format: this.#string(page.page_format(session)),
                fault: this.#string(page.page_fault(session)),
                offset: page.page_error_offset(session),
                findings: Array.from({ length: page.page_finding_count(session) }, (_, i) => this.#finding(i)),
            };
        });
    }

    #finding(index) {
        const session = this.#session;
        const page = this.#exports;
        return {
            entity: this.#string(page.page_entity(session, index)),
            rule: this.#string(page.page_rule(session, index)),
            begin: page.page_begin(session, index),
            end: page.page_end(session, index),
            confidence: page.page_found_confidence(session, index),
            replacementSize: page.page_replacement_size(session, index),
            action: this.#string(page.page_action(session, index)),
            path: this.#string(page.page_path(session, index)),
            block: this.#string(page.page_block(session, index)),
        };
    }

    /* ---- Rules of the reader ---- */

    /** The built-in rules and those of `yaml`: {status, remarks}. After an error the rules are those before. */
    setRules(yaml) {
        const page = this.#exports;
        const status = this.#with([yaml], ([text, size]) => page.page_rules(this.#session, text, size));
        const remarks = Array.from({ length: page.page_remark_count(this.#session) }, (_, i) => ({
            severity: SEVERITIES[page.page_remark_severity(this.#session, i)],
            line: page.page_remark_line(this.#session, i),
            column: page.page_remark_column(this.#session, i),
            rule: this.#string(page.page_remark_rule(this.#session, i)),
            field: this.#string(page.page_remark_field(this.#session, i)),
            message: this.#string(page.page_remark_message(this.#session, i)),
            expected: this.#string(page.page_remark_expected(this.#session, i)),
        }));
        return { status, remarks };
    }

    /** Runs the tests of the rules that were set: [{status, passed, rule, line, match, found}]. */
    runTests() {
        const page = this.#exports;
        return Array.from({ length: page.page_test_count(this.#session) }, (_, i) => ({
            status: page.page_test_run(this.#session, i),
            passed: Boolean(page.page_test_passed(this.#session)),
            rule: this.#string(page.page_test_rule(this.#session)),
            line: page.page_test_line(this.#session),
            match: Boolean(page.page_test_match(this.#session)),
            found: page.page_test_found(this.#session),
        }));
    }
}
