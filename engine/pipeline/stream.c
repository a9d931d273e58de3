/* stream.c - a segment that comes in pieces.
 *
 * What a later match may still look at is carried from one piece to the next;
 * the rest of a piece is scanned where it lies and goes to the sink by
 * reference. Invariants between calls: everything before `released` has been
 * given out, `carry` holds the bytes from `carry_base` on, and carry_base <=
 * min(released, what the segment needs). */
#include <stdatomic.h>
#include <string.h>

#include "buffer.h"
#include "detect.h"
#include "document_stream.h"
#include "encoding.h"
#include "memory.h"
#include "outlet.h"
#include "segment.h"

enum {
    gather_size = 4096, /* small writes are gathered up to this many bytes before a step */
    run_step = 65536    /* the cursor form takes this much input at a time */
};

struct pii_stream {
    pii_allocator allocator;
    atomic_flag in_use;
    pii__segment segment;
    pii__document_stream *document; /* does all the work, if there is one */
    pii_format format;
    pii__reader reader; /* of it, as far as it is known */
    pii_format chosen;  /* the same, or in place of PII_FORMAT_AUTO */
    bool choosing;      /* format and encoding, of what has been gathered in `first` */
    pii__buffer first;
    pii__buffer carry;
    uint64_t carry_base;
    uint64_t offset;   /* input consumed */
    uint64_t released; /* source offset up to which output has been given out */
    size_t unscanned;  /* bytes gathered at the end of carry since the last step */
    bool ended;
    pii_status failure; /* PII_OK while all is well */
    pii_finding_callback on_finding;
    void *finding_context;
    pii__buffer pending; /* cursor form: output that waits for room */
    size_t pending_from; /* its first `pending_from` bytes are gone */
};

/* The way out of one call. */
typedef struct outlet {
    pii_stream *stream;
    const uint8_t *bytes; /* source bytes from offset `base` on */
    uint64_t base;
    pii__outlet pieces;
} outlet;

static pii_status add_document(pii_stream *stream, pii__reader reader)
{
    stream->document = pii__allocate(&stream->allocator, sizeof *stream->document);
    if (!stream->document)
        return PII_ERROR_MEMORY;
    pii__document_stream_init(stream->document, &stream->segment, reader, &stream->allocator);
    stream->document->on_finding = stream->on_finding;
    stream->document->finding_context = stream->finding_context;
    return PII_OK;
}

static void drop_document(pii_stream *stream)
{
    if (stream->document)
        pii__document_stream_free(stream->document);
    pii__release(&stream->allocator, stream->document);
    stream->document = NULL;
}

static bool same_reader(pii__reader a, pii__reader b)
{
    return a.front_end == b.front_end && a.inner == b.inner && a.project == b.project;
}

pii_status pii_stream_new(pii_ruleset *ruleset, const pii_policy *policy, pii_format format,
                          const pii_allocator *allocator, pii_stream **ret)
{
    pii__reader reader = {0};
    if (!ruleset || !ret || (format != PII_FORMAT_AUTO && !pii__reader_of(format, &reader)))
        return PII_ERROR_ARGUMENT;
    pii_allocator own = pii__allocator_or_default(allocator);
    pii_stream *stream = pii__allocate(&own, sizeof *stream);
    if (!stream)
        return PII_ERROR_MEMORY;
    stream->allocator = own;
    atomic_flag_clear(&stream->in_use);
    pii__buffer_init(&stream->first, &stream->allocator, SIZE_MAX / 4);
    pii__buffer_init(&stream->carry, &stream->allocator, SIZE_MAX / 4);
    pii__buffer_init(&stream->pending, &stream->allocator, SIZE_MAX / 4);
    pii_status status = pii__segment_init(&stream->segment, ruleset, policy, &own);
    if (status == PII_OK && reader.front_end)
        status = add_document(stream, reader);
    stream->format = format;
    stream->chosen = format;
    stream->choosing = true;
    stream->reader = reader;
    if (status != PII_OK) {
        pii_stream_free(stream);
        return status;
    }
    *ret = stream;
    return PII_OK;
}

void pii_stream_free(pii_stream *stream)
{
    if (!stream)
        return;
    pii_allocator own = stream->allocator;
    drop_document(stream);
    pii__segment_free(&stream->segment);
    pii__buffer_free(&stream->first);
    pii__buffer_free(&stream->carry);
    pii__buffer_free(&stream->pending);
    pii__release(&own, stream);
}

void pii_stream_reset(pii_stream *stream)
{
    if (!stream)
        return;
    pii__segment_restart(&stream->segment);
    pii__treatment_restart(&stream->segment.treatment);
    pii__buffer_clear(&stream->carry);
    pii__buffer_clear(&stream->pending);
    stream->carry_base = stream->offset = stream->released = 0;
    stream->unscanned = stream->pending_from = 0;
    stream->ended = false;
    stream->failure = PII_OK;
    stream->choosing = true;
    stream->chosen = stream->format;
    pii__buffer_clear(&stream->first);
    if (stream->document && same_reader(stream->document->reader, stream->reader))
        pii__document_stream_restart(stream->document);
    else
        drop_document(stream);
}

void pii_stream_on_finding(pii_stream *stream, pii_finding_callback callback, void *context)
{
    if (!stream)
        return;
    stream->on_finding = callback;
    stream->finding_context = context;
    if (stream->document) {
        stream->document->on_finding = callback;
        stream->document->finding_context = context;
    }
}

uint64_t pii_stream_offset(const pii_stream *stream)
{
    if (!stream)
        return 0;
    if (stream->failure == PII_OK)
        return stream->offset;
    if (stream->choosing)
        return 0;
    return stream->document ? stream->document->document.error_at : stream->segment.error_at;
}

const char *pii_stream_fault(const pii_stream *stream, uint64_t *ret_offset)
{
    const pii__document *document = stream && stream->document ? &stream->document->document : NULL;
    const char *fault = document ? pii__document_fault(document) : NULL;
    if (fault && ret_offset)
        *ret_offset = document->tape.fault_at;
    return fault;
}

uint64_t pii_stream_fields_met(const pii_stream *stream)
{
    return stream && stream->document ? stream->document->document.tape.met : 0;
}

pii_format pii_stream_format(const pii_stream *stream)
{
    return stream ? stream->chosen : PII_FORMAT_TEXT;
}

/* ---- output ---- */

/* Source bytes up to offset `until`, unchanged. */
static pii_status put_source(outlet *out, uint64_t until)
{
    pii_stream *stream = out->stream;
    uint64_t from = stream->released;
    if (until <= from)
        return PII_OK;
    stream->released = until;
    return pii__outlet_put(&out->pieces, out->bytes + (from - out->base), (size_t)(until - from));
}

static pii_status put_finding(outlet *out, const pii__span *span)
{
    pii_stream *stream = out->stream;
    pii_status status = put_source(out, span->begin);
    if (status != PII_OK)
        return status;
    pii__found found = pii__segment_found(&stream->segment, span, out->bytes, out->base);
    pii__answer answer;
    pii_finding finding;
    status = pii__segment_treat(&stream->segment, span, &found, &answer, &finding);
    if (status != PII_OK || answer.kind == PII__ANSWER_ALLOWED)
        return status;
    if (stream->on_finding)
        stream->on_finding(stream->finding_context, &finding);
    if (answer.kind == PII__ANSWER_BLOCKED)
        stream->segment.error_at = span->begin;
    if (answer.kind != PII__ANSWER_REPLACED)
        return answer.kind == PII__ANSWER_BLOCKED ? PII_ERROR_BLOCKED : PII_OK;
    stream->released = span->end;
    status = pii__outlet_put(&out->pieces, answer.text, answer.size);
    bool lasting = answer.text == found.label;
    return status == PII_OK && !lasting ? pii__outlet_flush(&out->pieces) : status;
}

/* All that the last step made final. */
static pii_status put_final(outlet *out)
{
    pii__segment *segment = &out->stream->segment;
    pii_status status = PII_OK;
    for (size_t i = 0; status == PII_OK && i < segment->resolver.closed_count; i++)
        status = put_finding(out, &segment->resolver.closed[i]);
    segment->resolver.closed_count = 0;
    if (status == PII_OK)
        status = put_source(out, pii__segment_final(segment));
    return status == PII_OK ? pii__outlet_flush(&out->pieces) : status;
}

/* ---- steps ---- */

static pii_status step(outlet *out, const uint8_t *bytes, size_t size, uint64_t base, bool last)
{
    out->bytes = bytes;
    out->base = base;
    pii_status status = pii__segment_feed(&out->stream->segment, bytes, size, base, last);
    return status == PII_OK ? put_final(out) : status;
}

static const uint8_t *carried_bytes(const pii_stream *stream)
{
    return stream->carry.bytes ? stream->carry.bytes : (const uint8_t *)"";
}

static pii_status step_on_carry(outlet *out, bool last)
{
    pii_stream *stream = out->stream;
    stream->unscanned = 0;
    if (stream->document)
        return last ? pii__document_stream_finish(stream->document, &out->pieces)
                    : pii__document_stream_write(stream->document, (const uint8_t *)"", 0, true, &out->pieces);
    return step(out, carried_bytes(stream), stream->carry.size, stream->carry_base, last);
}

/* Bytes before what is kept are of no more use. All before the frontier is
 * released or part of the open cluster, whose bytes nobody will see but an action. */
static void trim_carry(pii_stream *stream)
{
    uint64_t needed = pii__segment_needed(&stream->segment);
    if (needed <= stream->carry_base)
        return;
    pii__buffer_drop_front(&stream->carry, (size_t)(needed - stream->carry_base));
    stream->carry_base = needed;
}

static pii_status gather(pii_stream *stream, const uint8_t *bytes, size_t size)
{
    pii_status status = pii__buffer_append(&stream->carry, bytes, size);
    if (status == PII_OK) {
        stream->offset += size;
        stream->unscanned += size;
    }
    return status;
}

/* A step looks at all that is held back, too. That is little, except in a flood of characters which the view leaves
 * out; there, a step waits for its share of new bytes. */
static bool gathered_enough(const pii_stream *stream)
{
    size_t held_back = stream->carry.size - stream->unscanned;
    return stream->unscanned >= gather_size && stream->unscanned >= held_back / 4;
}

static pii_status take_piece_of_document(outlet *out, const uint8_t *bytes, size_t size)
{
    out->stream->offset += size;
    out->stream->unscanned += size;
    return pii__document_stream_write(out->stream->document, bytes, size, false, &out->pieces);
}

static pii_status take_piece(outlet *out, const uint8_t *bytes, size_t size);

/* What begins the document tells how it is read. */
static pii_status choose(pii_stream *stream, const uint8_t *bytes, size_t size, bool complete)
{
    pii__reader reader = stream->reader;
    pii_status status = PII_OK;
    if (stream->format == PII_FORMAT_AUTO)
        status = pii__detect(bytes, size, complete, &stream->allocator,
                             pii__text_masker_of(&stream->segment.masker), &stream->chosen);
    if (status != PII_OK)
        return status;
    (void)pii__reader_of(stream->chosen, &reader);
    reader = pii__encoding_reader(pii__encoding_of(bytes, size, true), reader);
    bool there = stream->document && same_reader(stream->document->reader, reader);
    if (!there)
        drop_document(stream);
    if (!there && reader.front_end)
        status = add_document(stream, reader);
    if (status == PII_OK) {
        stream->choosing = false;
        stream->offset = 0;
    }
    return status;
}

static bool can_choose(const pii_stream *stream, const uint8_t *bytes, size_t size)
{
    return stream->format == PII_FORMAT_AUTO ? size >= pii_format_detect_size()
                                             : pii__encoding_of(bytes, size, false) != PII__ENCODING_UNDECIDED;
}

static pii_status choose_by_first(outlet *out, bool complete)
{
    const pii__buffer *first = &out->stream->first;
    const uint8_t *bytes = first->bytes ? first->bytes : (const uint8_t *)"";
    pii_status status = choose(out->stream, bytes, first->size, complete);
    return status == PII_OK ? take_piece(out, bytes, first->size) : status;
}

/* A piece that says enough is not copied. */
static pii_status take_first(outlet *out, const uint8_t *bytes, size_t size)
{
    pii_stream *stream = out->stream;
    if (!stream->first.size && can_choose(stream, bytes, size)) {
        pii_status status = choose(stream, bytes, size, false);
        return status == PII_OK ? take_piece(out, bytes, size) : status;
    }
    size_t enough = stream->format == PII_FORMAT_AUTO ? pii_format_detect_size() : PII__ENCODING_MARK_MAX;
    size_t room = enough - stream->first.size, count = size < room ? size : room;
    pii_status status = pii__buffer_append(&stream->first, bytes, count);
    stream->offset += count;
    if (status != PII_OK || !can_choose(stream, stream->first.bytes, stream->first.size))
        return status;
    status = choose_by_first(out, false);
    return status == PII_OK && size > count ? take_piece(out, bytes + count, size - count) : status;
}

/* Scans carry and piece as one text. Bytes of the piece are gathered until the
 * carry alone has brought `keep` into the piece; the rest of the piece is then
 * scanned in place, and its own tail carried on. */
static pii_status take_piece(outlet *out, const uint8_t *bytes, size_t size)
{
    pii_stream *stream = out->stream;
    uint64_t piece_base = stream->offset;
    if (stream->choosing)
        return take_first(out, bytes, size);
    if (stream->document)
        return take_piece_of_document(out, bytes, size);
    size_t taken = 0;
    while (taken < size) {
        uint64_t needed = pii__segment_needed(&stream->segment);
        if (needed >= piece_base) {
            size_t from = (size_t)(needed - piece_base);
            pii__buffer_clear(&stream->carry);
            stream->offset = piece_base + size;
            pii_status status = step(out, bytes + from, size - from, needed, false);
            stream->carry_base = pii__segment_needed(&stream->segment);
            from = (size_t)(stream->carry_base - piece_base);
            return status == PII_OK ? pii__buffer_append(&stream->carry, bytes + from, size - from) : status;
        }
        size_t count = size - taken < gather_size ? size - taken : gather_size;
        pii_status status = gather(stream, bytes + taken, count);
        taken += count;
        if (status == PII_OK && gathered_enough(stream))
            status = step_on_carry(out, false);
        if (status != PII_OK)
            return status;
        trim_carry(stream);
    }
    return PII_OK;
}

/* ---- the calls ---- */

/* `draining`: the call only fetches output, which the end of the input does not
 * forbid. */
static pii_status enter(pii_stream *stream, bool draining)
{
    if (!stream)
        return PII_ERROR_ARGUMENT;
    if (atomic_flag_test_and_set_explicit(&stream->in_use, memory_order_acquire))
        return PII_ERROR_BUSY;
    if (stream->failure == PII_OK && (draining || !stream->ended))
        return PII_OK;
    atomic_flag_clear_explicit(&stream->in_use, memory_order_release);
    return PII_ERROR_STATE;
}

static pii_status leave(pii_stream *stream, pii_status status)
{
    stream->failure = status;
    atomic_flag_clear_explicit(&stream->in_use, memory_order_release);
    return status;
}

pii_status pii_stream_set_known(pii_stream *stream, pii_known *known)
{
    pii_status status = enter(stream, false);
    if (status != PII_OK)
        return status;
    status = stream->offset ? PII_ERROR_STATE : pii__segment_set_known(&stream->segment, known);
    if (status == PII_OK && stream->document)
        pii__document_stream_restart(stream->document);
    atomic_flag_clear_explicit(&stream->in_use, memory_order_release);
    return status;
}

pii_status pii_stream_write(pii_stream *stream, const void *data, size_t size, pii_sink sink, void *context)
{
    if (!sink || (!data && size))
        return PII_ERROR_ARGUMENT;
    pii_status status = enter(stream, false);
    if (status != PII_OK)
        return status;
    outlet out = {.stream = stream, .pieces = {.sink = sink, .context = context}};
    return leave(stream, take_piece(&out, data, size));
}

static pii_status finish(pii_stream *stream, pii_sink sink, void *context)
{
    outlet out = {.stream = stream, .pieces = {.sink = sink, .context = context}};
    stream->ended = true;
    pii_status status = stream->choosing ? choose_by_first(&out, true) : PII_OK;
    return status == PII_OK ? step_on_carry(&out, true) : status;
}

pii_status pii_stream_finish(pii_stream *stream, pii_sink sink, void *context)
{
    if (!sink)
        return PII_ERROR_ARGUMENT;
    pii_status status = enter(stream, false);
    return status == PII_OK ? leave(stream, finish(stream, sink, context)) : status;
}

/* ---- the cursor form, on top of the sink form ---- */

static int pend(void *context, const pii_piece *pieces, size_t count)
{
    pii_stream *stream = context;
    for (size_t i = 0; i < count; i++)
        if (pii__buffer_append(&stream->pending, pieces[i].data, pieces[i].size) != PII_OK)
            return 1;
    return 0;
}

/* Moves what fits from `pending` to the caller. */
static void drain(pii_stream *stream, pii_out *out)
{
    size_t waiting = stream->pending.size - stream->pending_from;
    size_t room = out->size - out->pos;
    size_t count = waiting < room ? waiting : room;
    if (count)
        memcpy((uint8_t *)out->data + out->pos, stream->pending.bytes + stream->pending_from, count);
    out->pos += count;
    stream->pending_from += count;
    if (stream->pending_from == stream->pending.size) {
        pii__buffer_clear(&stream->pending);
        stream->pending_from = 0;
    }
}

/* The next bit of work once all output is out; false when there is none. */
static bool work(pii_stream *stream, pii_in *in, pii_directive directive, pii_status *ret_status)
{
    outlet out = {.stream = stream, .pieces = {.sink = pend, .context = stream}};
    size_t count = in->size - in->pos;
    if (count) {
        count = count < run_step ? count : run_step;
        *ret_status = take_piece(&out, (const uint8_t *)in->data + in->pos, count);
        in->pos += count;
        return true;
    }
    if (directive == PII_FLUSH && stream->unscanned) {
        *ret_status = step_on_carry(&out, false);
        trim_carry(stream);
        return true;
    }
    if (directive == PII_END && !stream->ended) {
        *ret_status = finish(stream, pend, stream);
        return true;
    }
    return false;
}

pii_status pii_stream_run(pii_stream *stream, pii_out *out, pii_in *in, pii_directive directive, size_t *ret_pending)
{
    if (!stream || !out || !in || !ret_pending || out->pos > out->size || in->pos > in->size)
        return PII_ERROR_ARGUMENT;
    pii_status status = enter(stream, directive == PII_END && in->pos == in->size);
    if (status != PII_OK)
        return status;
    for (;;) {
        drain(stream, out);
        if (stream->pending.size || !work(stream, in, directive, &status))
            break;
        if (status != PII_OK)
            return leave(stream, status == PII_ERROR_SINK ? PII_ERROR_MEMORY : status);
    }
    *ret_pending = stream->pending.size - stream->pending_from;
    return leave(stream, PII_OK);
}
