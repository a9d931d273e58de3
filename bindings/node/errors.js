'use strict';

const { toFindings } = require('./findings.js');

/**
 * Any failure of piiglet. There is no text to use then, and what was saved before should stay. No error holds scanned
 * text. `offset`: where in the input, in UTF-16 units of a string, else in bytes; undefined when it is no matter of a place.
 */
class PiigletError extends Error {
    constructor(message, offset) {
        super(message);
        this.name = new.target.name;
        this.offset = offset;
    }
}

/** A base of what a stream may throw. `output`: bytes that were final before; they are scrubbed. */
class StreamError extends PiigletError {
    output = Buffer.alloc(0);
}

/** The input is not what its format promises; `fault`: in which way. */
class Invalid extends StreamError {
    fault = undefined;
}

/** A limit of the engine was reached. */
class LimitExceeded extends StreamError {}

/** The policy blocks this input; `findings`: because of what (not for streams). */
class Blocked extends StreamError {
    findings = [];
}

/** The engine failed in a way that has no other name. */
class EngineFailed extends StreamError {}

/** Rule files, or a policy file, were refused; `diagnostics`: objects with file, line, column and message. */
class RulesRefused extends PiigletError {
    diagnostics = [];
}

/** No such format, policy or setting, an entity that the rules do not know, or a key that is missing. */
class BadArgument extends PiigletError {}

/** A stream was used after its end, after an error, or while a call on it was under way. */
class BadState extends PiigletError {}

// By the values of pii_status, which are stable.
const byStatus = { 2: BadArgument, 3: BadState, 4: BadState, 5: RulesRefused, 6: Invalid, 7: LimitExceeded, 8: Blocked,
    11: BadArgument };

/** The error of a status of the engine. `details`: bytes of a stream, findings, or diagnostics. */
function makeError(status, fault, text, offset, details) {
    const Kind = byStatus[status] || EngineFailed;
    const refused = Kind === RulesRefused && details && details.length > 0;
    const message = refused ? details.map((at) => `${at.file}:${at.line}:${at.column}: ${at.message}`).join('; ')
        : fault ? `${text}: ${fault}` : text;
    const error = new Kind(message, offset < 0 ? undefined : offset);
    if (Kind === Invalid) {
        error.fault = fault;
    }
    if (Buffer.isBuffer(details)) {
        error.output = details;
    } else if (Kind === Blocked) {
        error.findings = toFindings(details);
    } else if (refused) {
        error.diagnostics = details;
    }
    return error;
}

module.exports = {
    makeError,
    errors: { PiigletError, StreamError, Invalid, LimitExceeded, Blocked, EngineFailed, RulesRefused, BadArgument, BadState },
};
