#include "document.h"

#include <stdio.h>

#include "field_findings.h"
#include "limits.h"
#include "memory.h"
#include "nest.h"
#include "project.h"

enum {
    slice = 32768,             /* source bytes that the front-end gets at a time */
    batch_text = 32768,        /* text that is scanned at a time */
    batch_source = 262144,     /* source that waits for a scan, at most, unless a field goes on */
};

/* Bytes of the shortest match there can be. */
static pii__kind_widths shortest_match(const pii__segment *segment)
{
    pii__kind_widths widths;
    size_t known = segment->known.known ? segment->known.known->shortest : PII__NO_WIDTH;
    for (size_t i = 0; i < PII__KIND_SETS; i++)
        widths.of[i] = (uint16_t)(known < PII__NO_WIDTH ? known : PII__NO_WIDTH);
    for (size_t i = 0; i < segment->ruleset->rule_count; i++)
        if (segment->rule_on[i])
            pii__kind_widths_meet(&widths, &segment->ruleset->rules[i].definition.kind_widths);
    return widths;
}

/* What was found before, and what could be, does not hold for other known values. */
static void take_known_values(pii__document *document)
{
    document->known_version = document->segment->known_version;
    memset(&document->clean, 0, sizeof document->clean);
    document->widths = shortest_match(document->segment);
}

void pii__document_init(pii__document *document, pii__segment *segment, const pii_allocator *allocator)
{
    *document = (pii__document){.segment = segment};
    pii__tape_init(&document->tape, allocator);
    take_known_values(document);
    pii__buffer_init(&document->path, allocator, SIZE_MAX / 4);
    pii__buffer_init(&document->replacement, allocator, SIZE_MAX / 4);
    pii__buffer_init(&document->inner, allocator, SIZE_MAX / 4);
    pii__buffer_init(&document->text, allocator, SIZE_MAX / 4);
}

void pii__document_free(pii__document *document)
{
    pii__tape_free(&document->tape);
    pii__buffer_free(&document->path);
    pii__buffer_free(&document->replacement);
    pii__buffer_free(&document->inner);
    pii__buffer_free(&document->text);
    pii__block_id_free(&document->block);
    pii__wipe(document->state, sizeof document->state);
}

static void restart_segment(pii__document *document)
{
    pii__segment_restart(document->segment);
    document->segment->scanner.fenced = true;
}

/* Fields that no rule can find anything in stay off the tape, unless they can be findings all the same: then they
 * are not passed over by their size alone. What says whom a record is about is to be read, too, however it looks. */
static void choose_shortcuts(pii__document *document)
{
    pii__tape *tape = &document->tape;
    document->careful = tape->map || (tape->project && tape->project->entities);
    bool subjects = tape->map && tape->map->subjects;
    tape->masker = pii__text_masker_of(&document->segment->masker);
    if (subjects)
        tape->masker = (pii__masker){0};
    tape->widths = document->widths;
    tape->shortest = document->careful ? 0 : tape->widths.of[PII__KIND_SETS - 1];
}

void pii__document_restart(pii__document *document, pii__reader reader)
{
    restart_segment(document);
    pii__treatment_restart(&document->segment->treatment);
    pii__tape_restart(&document->tape);
    if (document->known_version != document->segment->known_version)
        take_known_values(document);
    document->tape.lenient = document->segment->lenient;
    document->tape.project = reader.project;
    document->tape.map = pii__field_map_machine(document->segment->map);
    document->tape.met = document->tape.map ? document->tape.map->states[0].facts : 0;
    document->tape.wide_inner = reader.inner;
    choose_shortcuts(document);
    document->reader = reader;
    document->fields_end = document->next_part = 0;
    document->offset = document->batch = document->released = document->error_at = 0;
    document->whole_end = document->kept_end = 0;
    reader.front_end->start(document->state);
}

const char *pii__document_fault(const pii__document *document)
{
    return document->tape.fault;
}

/* ---- Findings ---- */

/* Written for a place in the text of a document after which `end` is. */
static pii_status write_for(const pii__document *document, const pii__front_end *front_end, uint8_t kind,
                            const char *text, uint64_t end, pii__buffer *ret)
{
    const pii__tape *tape = &document->tape;
    size_t at = (size_t)(end - tape->text_base), rest = tape->text.size - at;
    pii_status status = front_end->escape(kind, text, ret);
    if (status == PII_OK && front_end->guard)
        status = front_end->guard(kind, tape->text.bytes + at, rest < 2 ? rest : 2, ret);
    return status;
}

/* As it must be written in the field of a document, and that in the field around it. */
static pii_status escape(pii__document *document, const pii__field *field, const char *text, uint64_t end)
{
    const struct pii__nest *nest = document->tape.nest;
    pii__buffer *inner = &document->inner, *outer = &document->replacement;
    uint32_t layer = field->layer;
    uint8_t kind = field->kind;
    for (;;) {
        const pii__front_end *front_end = layer ? nest->layers[layer].front_end : document->reader.front_end;
        pii__buffer_clear(outer);
        pii_status status = write_for(document, front_end, kind, text, end, outer);
        if (status != PII_OK || !layer)
            return status;
        pii__buffer_clear(inner);
        status = pii__buffer_append(inner, outer->bytes, outer->size);
        if (status == PII_OK)
            status = pii__buffer_append(inner, "", 1);
        if (status != PII_OK)
            return status;
        text = (const char *)inner->bytes;
        kind = nest->layers[layer].kind;
        layer = nest->layers[layer].parent;
    }
}

/* Of a field with a finding, if anybody asks for it. */
static pii_status make_path(pii__document *document, const pii__field *field)
{
    bool wanted = document->paths || document->segment->treatment.placed;
    pii__buffer_clear(&document->path);
    return wanted ? pii__tape_path(&document->tape, field, &document->path)
                  : pii__buffer_append(&document->path, "", 1);
}

/* The same for the id of the block around it. */
static pii_status find_block(pii__document *document, const pii__field *field, const char **ret)
{
    size_t size;
    *ret = "";
    if (!document->paths)
        return PII_OK;
    const uint8_t *id = pii__tape_block(&document->tape, field, &size);
    return pii__block_id_show(&document->block, document->segment, id, size, ret);
}

/* What a span is to a policy. How far around it the text is at hand must not depend on where pieces were cut: what
 * comes before is kept, and a scan sees so much of what comes after. */
static pii__found found_in(const pii__document *document, const pii__field *field, const pii__span *span)
{
    const pii__tape *tape = &document->tape;
    const struct pii__project *project = document->reader.project;
    pii__found found = pii__segment_found(document->segment, span, tape->text.bytes, tape->text_base);
    const uint8_t *end = tape->text.bytes + tape->text.size;
    found.path = (const char *)document->path.bytes;
    found.project = project ? project->name : "";
    found.subject = pii__tape_subject(tape, span->begin, &found.subject_size);
    found.placed = document->segment->ruleset->reach >= PII__ALLOW_CONTEXT * PII__VIEW_GROWTH;
    if (field->aside_size) {
        found.value = tape->aside.bytes + field->aside_at;
        found.size = field->aside_size;
    }
    if (!found.value || field->aside_size)
        return found;
    while (found.before < PII__ALLOW_CONTEXT && span->begin - found.before > field->at)
        found.before++;
    for (const uint8_t *at = found.value + found.size; found.after < PII__ALLOW_CONTEXT && at < end; at++) {
        if (pii__is_fence(*at))
            break;
        found.after++;
    }
    return found;
}

/* Where a replacement does not begin and end with brackets, what is around it must not join it: neither is it empty,
 * nor does it make a < that is text begin a tag. */
static pii_status make_fit(pii__document *document, const pii__span *span, pii__answer *answer)
{
    const pii__tape *tape = &document->tape;
    uint8_t before = span->begin > tape->text_base ? tape->text.bytes[span->begin - tape->text_base - 1] : 0;
    if (answer->size && before != '<')
        return PII_OK;
    pii__buffer_clear(&document->text);
    pii_status status = pii__buffer_append(&document->text, " ", 1);
    if (status == PII_OK)
        status = pii__buffer_append(&document->text, answer->text, answer->size + 1);
    answer->text = (const char *)document->text.bytes;
    return status;
}

/* It stays as it is. Where others replace what it shares with them, they do. */
static pii_status put_kept(pii__document *document, pii_finding *finding, pii__answer_kind kind)
{
    if (finding->end <= document->kept_end || kind == PII__ANSWER_ALLOWED)
        return PII_OK;
    if (finding->begin < document->kept_end)
        finding->begin = document->kept_end;
    document->kept_end = finding->end;
    finding->replacement_size = (size_t)(finding->end - finding->begin);
    if (kind == PII__ANSWER_BLOCKED)
        document->error_at = finding->begin;
    return document->on_finding(document->context, finding, NULL, 0);
}

/* Whether all of a name is replaced by what other names may be replaced by, too. */
static bool replaces_name(const pii__document *document, const pii__field *field, const pii__span *span,
                          const pii__answer *answer)
{
    const pii__tape *tape = &document->tape;
    size_t end = (size_t)(span->end - tape->text_base);
    return field->name && answer->action == PII_ACTION_REPLACE && span->begin == field->at && end < tape->text.size &&
           pii__is_fence(tape->text.bytes[end]);
}

/* Two names of one object must not become the same: "[EMAIL]", "[EMAIL_2]". */
static pii_status make_distinct(pii__document *document, const pii__field *field, const char *entity,
                                pii__answer *answer)
{
    char number[16];
    size_t index = pii__ruleset_find_entity(document->segment->ruleset, entity);
    uint32_t count = pii__tape_replace_name(&document->tape, field, (uint32_t)index);
    if (!count || answer->size < 2)
        return PII_OK;
    int size = snprintf(number, sizeof number, "_%u]", (unsigned)count);
    pii__buffer_clear(&document->text);
    pii_status status = pii__buffer_append(&document->text, answer->text, answer->size - 1);
    if (status == PII_OK)
        status = pii__buffer_append(&document->text, number, (size_t)size + 1);
    answer->text = (const char *)document->text.bytes;
    return status;
}

static pii_status put_replaced(pii__document *document, const pii__field *field, const pii__span *span,
                               pii_finding *finding, pii__answer *answer)
{
    document->whole_end = document->kept_end = finding->end;
    pii_status status = answer->action == PII_ACTION_REPLACE ? PII_OK : make_fit(document, span, answer);
    if (status == PII_OK && replaces_name(document, field, span, answer))
        status = make_distinct(document, field, finding->entity, answer);
    if (status == PII_OK)
        status = escape(document, field, answer->text, span->end);
    if (status != PII_OK)
        return status;
    finding->replacement_size = document->replacement.size;
    return document->on_finding(document->context, finding, (const char *)document->replacement.bytes,
                                document->replacement.size);
}

/* A field that is replaced whole may hold several findings: the first one names it. */
static pii_status put_span(pii__document *document, const pii__field *field, const pii__span *span)
{
    const pii__tape *tape = &document->tape;
    document->tape.fields[field - tape->fields].found = true;
    if (field->silent)
        return PII_OK; /* it was found where the name stands */
    uint64_t begin = field->whole ? pii__tape_field_begin(tape, field) : pii__tape_source_begin(tape, span->begin);
    uint64_t end = field->whole ? pii__tape_field_end(tape, field) : pii__tape_source_end(tape, span->end);
    if (end <= document->whole_end)
        return PII_OK;
    if (begin < document->whole_end) /* both lie in one escape, which the first one took */
        begin = document->whole_end;
    pii_finding finding;
    pii__answer answer;
    if (field->name)
        pii__tape_hide_name(&document->tape, field, pii__segment_label(document->segment, span));
    pii_status status = make_path(document, field);
    if (status != PII_OK)
        return status;
    pii__found found = found_in(document, field, span);
    status = pii__segment_treat(document->segment, span, &found, &answer, &finding);
    if (status != PII_OK)
        return status;
    finding.begin = begin;
    finding.end = end;
    finding.path = found.path;
    finding.allow_hash = answer.hash;
    status = find_block(document, field, &finding.block);
    if (status != PII_OK)
        return status;
    return answer.kind == PII__ANSWER_REPLACED ? put_replaced(document, field, span, &finding, &answer)
                                               : put_kept(document, &finding, answer.kind);
}

/* Fields up to a place of the text that are findings as such. */
static pii_status put_fields(pii__document *document, uint64_t limit)
{
    const pii__tape *tape = &document->tape;
    const pii__field *last = tape->field_count ? &tape->fields[tape->field_count - 1] : NULL;
    if (tape->open && last && last->at < limit)
        limit = last->at;
    if (!document->careful || limit <= document->fields_end)
        return PII_OK;
    size_t index = pii__tape_fields_before(tape, document->fields_end);
    document->fields_end = limit;
    for (;;) {
        pii__span span;
        bool found;
        pii_status status = pii__field_next(tape, document->segment->ruleset, limit, &index, &span, &found);
        if (status == PII_OK && found)
            status = put_span(document, &tape->fields[index - 1], &span);
        if (status != PII_OK || !found)
            return status;
    }
}

static bool said(const pii__field *field)
{
    return field->entity || field->never;
}

/* What the scan has found, with the fields among it; all before place `final` has been scanned. */
static pii_status put_closed(pii__document *document, uint64_t final)
{
    pii__resolver *resolver = &document->segment->resolver;
    pii_status status = PII_OK;
    for (size_t i = 0; status == PII_OK && i < resolver->closed_count; i++) {
        const pii__span *span = &resolver->closed[i];
        const pii__field *field = pii__tape_field(&document->tape, span->begin);
        status = put_fields(document, span->begin);
        if (status == PII_OK && !said(field))
            status = put_span(document, field, span);
    }
    resolver->closed_count = 0;
    return status == PII_OK ? put_fields(document, final) : status;
}

static void tell_place(const pii__document *document, pii_explained_context *words)
{
    if (words->begin == words->end)
        return;
    if (pii__tape_field(&document->tape, words->begin)->silent) { /* it stands elsewhere, or nowhere */
        words->begin = words->end = pii__tape_source_begin(&document->tape, words->end);
        return;
    }
    words->begin = pii__tape_source_begin(&document->tape, words->begin);
    words->end = pii__tape_source_end(&document->tape, words->end);
}

/* Places of candidates, too, are told as those of the source. */
static void explain(void *context, const pii_explanation *explanation)
{
    const pii__document *document = context;
    pii_explanation told = *explanation;
    if (pii__tape_field(&document->tape, explanation->begin)->silent)
        return;
    told.begin = pii__tape_source_begin(&document->tape, explanation->begin);
    told.end = pii__tape_source_end(&document->tape, explanation->end);
    tell_place(document, &told.boost_context);
    tell_place(document, &told.suppress_context);
    document->explain(document->explain_context, &told);
}

/* ---- Scanning what is on the tape ---- */

/* There is some. */
static pii_status scan(pii__document *document, bool last)
{
    pii__tape *tape = &document->tape;
    pii__segment *segment = document->segment;
    segment->explain = document->explain ? explain : NULL;
    segment->explain_context = document;
    pii_status status = pii__segment_feed(segment, tape->text.bytes, tape->text.size, tape->text_base, last);
    if (status != PII_OK) {
        document->error_at = pii__tape_source_begin(tape, segment->error_at);
        return status;
    }
    return put_closed(document, last ? UINT64_MAX : pii__segment_final(segment));
}

/* All on the tape is of whole fields: it becomes final, and the tape empty. */
static pii_status end_batch(pii__document *document)
{
    pii_status status = document->tape.text.size ? scan(document, true) : PII_OK;
    if (status != PII_OK)
        return status;
    document->batch = document->offset;
    document->released = pii__nest_source_read(&document->tape, document->offset);
    pii__tape_learn(&document->tape);
    pii__tape_clear(&document->tape);
    document->fields_end = document->next_part = 0;
    restart_segment(document);
    return PII_OK;
}

/* A field, or a name and its value, is longer than a batch: it goes on. */
static pii_status scan_part(pii__document *document)
{
    pii__tape *tape = &document->tape;
    pii__segment *segment = document->segment;
    pii_status status = scan(document, false);
    if (status != PII_OK)
        return status;
    uint64_t final = pii__segment_final(segment);
    uint64_t source = pii__tape_source_begin(tape, final);
    const pii__field *field = pii__tape_field(tape, final);
    if (field->whole && source > pii__tape_field_begin(tape, field))
        source = pii__tape_field_begin(tape, field);
    if (source > document->released)
        document->released = source;
    uint64_t keep = final > PII__ALLOW_CONTEXT ? final - PII__ALLOW_CONTEXT : 0;
    if (segment->keep < keep)
        keep = segment->keep;
    if (field->entity && tape->text_base + tape->text.size - field->at <= PII__VALUE_SIZE_MAX && field->at < keep)
        keep = field->at; /* what takes its place may depend on it */
    pii__tape_trim(tape, keep);
    tape->settled = segment->frontier;
    uint64_t end = tape->text_base + tape->text.size;
    document->next_part = end + (end - segment->frontier) / 4; /* what is held back is looked at again */
    return PII_OK;
}

/* How much more a record may take in that began before the end of the input at hand. */
static size_t record_rest(const pii__document *document)
{
    uint64_t taken = document->offset - document->tape.record_source;
    return taken < PII__RECORD_SIZE_MAX ? PII__RECORD_SIZE_MAX - (size_t)taken : 0;
}

static pii_status after_slice(pii__document *document)
{
    const pii__tape *tape = &document->tape;
    if (tape->status != PII_OK) {
        document->error_at = tape->error_at;
        return tape->status;
    }
    if (tape->in_record) {
        document->error_at = tape->record_source;
        return record_rest(document) ? PII_OK : PII_ERROR_LIMIT;
    }
    bool much = tape->text.size + tape->aside.size >= batch_text || document->offset - document->batch >= batch_source;
    if (!much)
        return PII_OK;
    const pii__field *last = tape->field_count ? &tape->fields[tape->field_count - 1] : NULL;
    if (tape->open && last && last->whole && !last->entity)
        return PII_OK; /* it is short */
    if (pii__tape_settled(tape) || pii__tape_name_is_far(tape, document->offset))
        return end_batch(document);
    uint64_t end = tape->text_base + tape->text.size;
    return end - tape->settled >= batch_text && end >= document->next_part ? scan_part(document) : PII_OK;
}

pii_status pii__document_feed(pii__document *document, const uint8_t *bytes, size_t size)
{
    pii_status status = PII_OK;
    document->tape.clean = document->explain ? NULL : &document->clean; /* candidates show in all of the text */
    for (size_t done = 0; done < size && status == PII_OK;) {
        size_t count = size - done < slice ? size - done : slice;
        if (document->tape.in_record && count > record_rest(document))
            count = record_rest(document); /* where a record is too long must not depend on slices */
        document->tape.offset = document->offset;
        document->reader.front_end->feed(document->state, &document->tape, bytes + done, count);
        pii__nest_feed(&document->tape);
        document->offset += count;
        done += count;
        status = after_slice(document);
    }
    return status;
}

pii_status pii__document_flush(pii__document *document)
{
    return pii__tape_settled(&document->tape) ? end_batch(document) : PII_OK;
}

pii_status pii__document_finish(pii__document *document)
{
    document->tape.offset = document->offset;
    document->reader.front_end->finish(document->state, &document->tape);
    if (document->tape.status != PII_OK) {
        document->error_at = document->tape.error_at;
        return document->tape.status;
    }
    pii_status status = end_batch(document);
    if (status == PII_OK)
        document->released = document->offset; /* nothing is waited for any more */
    return status;
}
