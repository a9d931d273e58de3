/* stream.c - one stream of bytes in pieces. */
#include "binding.h"

typedef struct stream {
    pii_stream *engine;
    pii__collection collection;
    VALUE findings; /* of the last call */
    bool busy;      /* a call is under way in another thread */
} stream;

/* About what the engine takes for a stream: the collector of garbage does not see it otherwise. */
#define STREAM_SIZE (64 * 1024)

static void mark_stream(void *data)
{
    rb_gc_mark(((stream *)data)->findings);
}

static void free_stream(void *data)
{
    stream *self = data;
    if (self->engine)
        rb_gc_adjust_memory_usage(-STREAM_SIZE);
    pii_stream_free(self->engine);
    pii__collection_free(&self->collection);
    xfree(self);
}

static const rb_data_type_t stream_type = {
    .wrap_struct_name = "Piiglet::Stream",
    .function = {.dmark = mark_stream, .dfree = free_stream},
    .flags = RUBY_TYPED_FREE_IMMEDIATELY,
};

static VALUE allocate(VALUE class)
{
    stream *self = NULL;
    VALUE object = TypedData_Make_Struct(class, stream, &stream_type, self);
    self->findings = Qnil;
    return object;
}

static VALUE initialize(VALUE object, VALUE ruleset, VALUE policy, VALUE format, VALUE known)
{
    stream *self = rb_check_typeddata(object, &stream_type);
    if (self->engine)
        rb_raise(rb_eRuntimeError, "a stream is initialized once");
    pii_status status = pii_stream_new(rb__ruleset_of(ruleset), rb__policy_of(policy), rb__format(format), NULL,
                                       &self->engine);
    if (status == PII_OK && !NIL_P(known))
        status = pii_stream_set_known(self->engine, rb__known_of(known));
    if (status != PII_OK)
        rb__raise(status, "policy or known values do not go with the rules", Qnil, Qnil);
    rb_gc_adjust_memory_usage(STREAM_SIZE);
    pii_stream_on_finding(self->engine, pii__collect_finding, &self->collection);
    self->findings = rb_ary_new();
    return object;
}

/* The stream, which no other thread is in a call of. */
static stream *idle_stream(VALUE object)
{
    stream *self = rb_check_typeddata(object, &stream_type);
    if (!self->engine)
        rb_raise(rb_eArgError, "a stream that is not initialized");
    if (self->busy)
        rb__raise(PII_ERROR_BUSY, NULL, Qnil, Qnil);
    return self;
}

/* One call: a piece to write, or (nil) the end. */
typedef struct call {
    stream *self;
    VALUE text; /* frozen */
    pii_status status;
} call;

static void *run(void *argument)
{
    call *work = argument;
    stream *self = work->self;
    if (NIL_P(work->text))
        work->status = pii__collect_finish(&self->collection, self->engine);
    else
        work->status = pii__collect_write(&self->collection, self->engine, RSTRING_PTR(work->text),
                                          (size_t)RSTRING_LEN(work->text));
    return NULL;
}

static VALUE run_and_answer(VALUE argument)
{
    call *work = (call *)argument;
    stream *self = work->self;
    rb__run(run, work, NIL_P(work->text) ? SIZE_MAX : (size_t)RSTRING_LEN(work->text));
    const pii__collection *collection = &self->collection;
    self->findings = rb__findings(collection->findings, collection->finding_count, Qnil);
    VALUE output = rb_str_new(collection->data, (long)collection->size);
    if (work->status == PII_OK)
        return output;
    uint64_t offset = 0;
    const char *fault = pii_stream_fault(self->engine, &offset);
    rb__raise(work->status, fault, ULL2NUM(fault ? offset : pii_stream_offset(self->engine)), output);
}

static VALUE end_call(VALUE argument)
{
    ((call *)argument)->self->busy = false;
    return Qnil;
}

static VALUE start(VALUE object, VALUE text)
{
    call work = {.self = idle_stream(object), .text = text};
    work.self->busy = true;
    VALUE answer = rb_ensure(run_and_answer, (VALUE)&work, end_call, (VALUE)&work);
    RB_GC_GUARD(work.text);
    RB_GC_GUARD(object);
    return answer;
}

static VALUE stream_write(VALUE object, VALUE text)
{
    StringValue(text);
    return start(object, rb_str_new_frozen(text));
}

static VALUE stream_finish(VALUE object)
{
    return start(object, Qnil);
}

static VALUE stream_reset(VALUE object)
{
    stream *self = idle_stream(object);
    pii_stream_reset(self->engine);
    self->findings = rb_ary_new();
    return object;
}

static VALUE stream_findings(VALUE object)
{
    return ((stream *)rb_check_typeddata(object, &stream_type))->findings;
}

static VALUE stream_format(VALUE object)
{
    return rb__constant(pii_format_name(pii_stream_format(idle_stream(object)->engine)));
}

/* [text, offset in bytes], or nil. */
static VALUE stream_fault(VALUE object)
{
    uint64_t offset = 0;
    const char *fault = pii_stream_fault(idle_stream(object)->engine, &offset);
    return fault ? rb_ary_new_from_args(2, rb__constant(fault), ULL2NUM(offset)) : Qnil;
}

void rb__init_stream(VALUE module)
{
    VALUE class = rb_define_class_under(module, "Stream", rb_cObject);
    rb_define_alloc_func(class, allocate);
    rb_define_method(class, "initialize", initialize, 4);
    rb_define_private_method(class, "native_write", stream_write, 1);
    rb_define_method(class, "finish", stream_finish, 0);
    rb_define_method(class, "reset", stream_reset, 0);
    rb_define_method(class, "findings", stream_findings, 0);
    rb_define_method(class, "format", stream_format, 0);
    rb_define_method(class, "fault", stream_fault, 0);
    rb_undef_method(class, "initialize_copy");
}
