/// <reference types="node" />
import { Transform, TransformOptions } from 'node:stream';

/** What is scanned: a string, or bytes. The answer has the same type; for bytes it is a Buffer. */
export type Text = string | Uint8Array;

/** `text`, `json`, `jsonl`, `xml`, `html`, `csv`, `javascript` ..., a kind of project, or `auto`. */
export type Format = string;

/** One span; it holds no text. `begin` and `end` count UTF-16 units of a string, else bytes. */
export interface Finding {
    readonly entity: string;
    readonly rule: string;
    readonly begin: number;
    readonly end: number;
    /** In bytes; of the UTF-8 form of a string. */
    readonly byteBegin: number;
    readonly byteEnd: number;
    /** 0 to 1. */
    readonly confidence: number;
    /** Bytes that take its place. */
    readonly replacementSize: number;
    /** What became of it: `replace`, `keep`, `mask` ... */
    readonly action: string;
    /** Of the field: a JSON Pointer; empty in plain text. */
    readonly path: string;
    /** Id of the block or node around it, where the kind of project names one; else empty. */
    readonly block: string;
}

export interface Result<T> {
    output: T;
    findings: Finding[];
    /** As which the input was read. */
    format: Format;
    /** How the input first breaks the rules of its format, and where. */
    fault: string | undefined;
    faultOffset: number | undefined;
}

/** Any failure. There is no text to use then, and what was saved before should stay. No error holds scanned text. */
export class PiigletError extends Error {
    /** Where in the input, counted as findings; undefined when it is no matter of a place. */
    readonly offset: number | undefined;
}
/** A base of what a stream may throw. */
export class StreamError extends PiigletError {
    /** Bytes that were final before; they are scrubbed. */
    readonly output: Buffer;
}
/** The input is not what its format promises. */
export class Invalid extends StreamError {
    readonly fault: string | undefined;
}
/** A limit of the engine was reached. */
export class LimitExceeded extends StreamError {}
/** The policy blocks this input. */
export class Blocked extends StreamError {
    readonly findings: Finding[];
}
/** The engine failed in a way that has no other name. */
export class EngineFailed extends StreamError {}
/** Rule files, or a policy file, were refused. */
export class RulesRefused extends PiigletError {
    readonly diagnostics: { file: string; line: number; column: number; message: string }[];
}
/** No such format, policy or setting, an entity that the rules do not know, or a key that is missing. */
export class BadArgument extends PiigletError {}
/** A stream was used after its end, after an error, or while a call on it was under way. */
export class BadState extends PiigletError {}

/** Compiled rules: the built-in ones, unless `default` is false, and those of YAML files. Never changed after. */
export class Ruleset {
    constructor(files?: Iterable<string | URL>, options?: { default?: boolean });
    readonly entities: Set<string>;
}

export interface PolicyOptions {
    /** Of a built-in policy, such as `save-under-13`. */
    name?: string;
    /** A policy file (docs/POLICIES.md). With neither it is what counts by default, replaced by `[ENTITY]`. */
    file?: string | URL;
    /** Entities; nothing else counts. */
    only?: Iterable<string>;
    /** Further entities that count, or do not. */
    on?: Iterable<string>;
    off?: Iterable<string>;
    /** 0 to 1. */
    minimumConfidence?: number;
    /** What the engine cannot decide within its limits blocks the call, or is redacted. */
    limit?: 'block' | 'redact';
    /** A document that is not well formed blocks the call, or is scanned as text. */
    invalid?: 'block' | 'text';
    /** For measurements. */
    kernel?: string;
    /** 32 random bytes by id; the last one is used where the policy names none. */
    keys?: Record<string, Uint8Array>;
    /** Whom a text is about: dates of one subject are shifted alike. */
    subject?: Text;
    /** For ages. */
    today?: Date;
}

/** What counts, and what becomes of it. Never changed after. */
export class Policy {
    constructor(options?: PolicyOptions);
}

/**
 * Values that are known beforehand: a student's name, username, school; the names of a class. No value is kept, and
 * nothing of them can be read from the object. Costs a call nothing.
 */
export class Known {
    /** Names of people, or pairs of entity and value. */
    constructor(values?: Iterable<string | readonly [entity: string, value: string]>, options?: {
        /** Path of a list of more values (docs/KNOWN.md). The other options are for people among the values. */
        file?: string;
        /** Only as they are. */
        exact?: boolean;
        /** Also one of the two names. */
        givenAlone?: boolean;
        surnameAlone?: boolean;
    });
}

export interface EngineOptions {
    /** A policy, or the name of a built-in one. */
    policy?: Policy | string;
    rules?: Ruleset;
}

/** Scrubs with one ruleset and one policy. The promises are worked on off the main thread, several at once. */
export class Scrubber {
    constructor(options?: EngineOptions);
    /** The text with everything found replaced; the same string or array where nothing is. */
    scrub(data: string, format?: Format, known?: Known): string;
    scrub(data: Uint8Array, format?: Format, known?: Known): Buffer;
    scan(data: Text, format?: Format, known?: Known): Finding[];
    process(data: string, format?: Format, known?: Known): Result<string>;
    process(data: Uint8Array, format?: Format, known?: Known): Result<Buffer>;
    scrubAsync(data: string, format?: Format, known?: Known): Promise<string>;
    scrubAsync(data: Uint8Array, format?: Format, known?: Known): Promise<Buffer>;
    scanAsync(data: Text, format?: Format, known?: Known): Promise<Finding[]>;
    processAsync(data: string, format?: Format, known?: Known): Promise<Result<string>>;
    processAsync(data: Uint8Array, format?: Format, known?: Known): Promise<Result<Buffer>>;
}

export interface StreamOptions extends EngineOptions {
    format?: Format;
    known?: Known;
}

/** Scrubs bytes that come in pieces; however they are cut, the output is the same. Strings are taken as UTF-8. */
export class Stream {
    constructor(options?: StreamOptions);
    write(data: Text): Buffer;
    finish(): Buffer;
    /** One at a time. */
    writeAsync(data: Text): Promise<Buffer>;
    finishAsync(): Promise<Buffer>;
    reset(): void;
    /** What became final in the last call, counted in bytes. */
    readonly findings: Finding[];
    readonly format: Format;
    readonly fault: { text: string; offset: number } | undefined;
}

/** The same as a Transform of bytes; emits `finding` for each. */
export class ScrubStream extends Transform {
    constructor(options?: StreamOptions & TransformOptions);
    on(event: 'finding', listener: (finding: Finding) => void): this;
    on(event: string | symbol, listener: (...values: any[]) => void): this;
}

/** By the default rules and policy. */
export const scrub: Scrubber['scrub'];
export const scan: Scrubber['scan'];
export const process: Scrubber['process'];
export const scrubAsync: Scrubber['scrubAsync'];
export const scanAsync: Scrubber['scanAsync'];
export const processAsync: Scrubber['processAsync'];

/** What a child is told about a finding, in the language of a tag such as 'es-MX'; in English where there is none such. */
export function message(entity: string, language?: string): string;
/** A code for programs, such as 'phone.number'; never changes. */
export function reason(entity: string): string;
/** Names of the languages of messages, by tag. */
export function languages(): Record<string, string>;
/** Versions and facts of the engine, for bug reports. */
export function buildInfo(): { version: string; pcre2: string; unicode: string; kernel: string; jit: boolean };
