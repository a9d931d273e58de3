/* scrubber.c - one-shot calls; an object of this class is for all threads. */
#include "binding.h"

typedef struct scrubber {
    pii__pool pool;
    VALUE policy; /* keeps what the pool refers to */
} scrubber;

static void mark_scrubber(void *data)
{
    rb_gc_mark(((scrubber *)data)->policy);
}

static void free_scrubber(void *data)
{
    pii__pool_close(&((scrubber *)data)->pool);
    xfree(data);
}

static const rb_data_type_t scrubber_type = {
    .wrap_struct_name = "Piiglet::Scrubber",
    .function = {.dmark = mark_scrubber, .dfree = free_scrubber},
    .flags = RUBY_TYPED_FREE_IMMEDIATELY,
};

static VALUE allocate(VALUE class)
{
    scrubber *self = NULL;
    VALUE object = TypedData_Make_Struct(class, scrubber, &scrubber_type, self);
    self->policy = Qnil;
    return object;
}

static VALUE initialize(VALUE object, VALUE ruleset, VALUE policy)
{
    scrubber *self = rb_check_typeddata(object, &scrubber_type);
    if (self->pool.ruleset)
        rb_raise(rb_eRuntimeError, "a scrubber is never changed");
    const pii_policy *chosen = rb__policy_of(policy);
    pii_ruleset *rules = rb__ruleset_of(ruleset);
    self->policy = policy;
    pii_status status = pii__pool_open(&self->pool, rules, chosen);
    if (status != PII_OK)
        rb__raise(status, "the policy does not go with the rules", Qnil, Qnil);
    return object;
}

/* One call; the members before `result` are there when it begins. */
typedef struct call {
    scrubber *self;
    pii_scrubber *engine;
    VALUE text; /* frozen: nobody changes it while other threads run */
    pii_format format;
    bool scan;
    pii_status status;
    pii_result result;
} call;

static void *run(void *argument)
{
    call *work = argument;
    const char *data = RSTRING_PTR(work->text);
    size_t size = (size_t)RSTRING_LEN(work->text);
    if (work->scan)
        work->status = pii_scan(work->engine, work->format, data, size, &work->result);
    else
        work->status = pii_scrub(work->engine, work->format, data, size, &work->result);
    return NULL;
}

/* The scrubbed text, or nil where nothing changed. */
static VALUE output(const call *work)
{
    const pii_result *result = &work->result;
    if (work->scan || result->data == RSTRING_PTR(work->text))
        return Qnil;
    VALUE made = rb_enc_str_new(result->data, (long)result->size, rb_enc_get(work->text));
    if (rb_enc_get(made) == rb_usascii_encoding() && !rb_enc_str_asciionly_p(made)) /* a replacement need not be */
        rb_enc_associate(made, rb_utf8_encoding());
    return made;
}

static VALUE fault_offset(const call *work)
{
    return SIZET2NUM(rb__characters(work->text, work->result.error_offset));
}

static VALUE findings(const call *work)
{
    return rb__findings(work->result.findings, work->result.finding_count, work->text);
}

/* Runs the call; raises what it means unless it went well. */
static call *run_call(VALUE argument)
{
    call *work = (call *)argument;
    rb__run(run, work, (size_t)RSTRING_LEN(work->text));
    if (work->status != PII_OK)
        rb__raise(work->status, work->result.fault, fault_offset(work), findings(work));
    return work;
}

static VALUE run_for_output(VALUE argument)
{
    return output(run_call(argument));
}

static VALUE run_for_all(VALUE argument)
{
    const call *work = run_call(argument);
    const char *fault = work->result.fault;
    return rb_ary_new_from_args(5, output(work), findings(work), rb__constant(pii_format_name(work->result.format)),
                                fault ? rb__constant(fault) : Qnil, fault ? fault_offset(work) : Qnil);
}

static VALUE give_back(VALUE argument)
{
    call *work = (call *)argument;
    pii__pool_give(&work->self->pool, work->engine);
    return Qnil;
}

static VALUE start(VALUE object, VALUE text, VALUE format, VALUE known, bool scan, VALUE (*body)(VALUE))
{
    call work = {.self = rb_check_typeddata(object, &scrubber_type), .format = rb__format(format), .scan = scan};
    StringValue(text);
    work.text = rb_str_new_frozen(text);
    if (!work.self->pool.ruleset)
        rb_raise(rb_eArgError, "a scrubber that is not initialized");
    pii_status status = pii__pool_take(&work.self->pool, rb__known_of(known), &work.engine);
    if (status != PII_OK)
        rb__raise(status, "known values do not go with the rules", Qnil, Qnil);
    VALUE answer = rb_ensure(body, (VALUE)&work, give_back, (VALUE)&work);
    RB_GC_GUARD(work.text);
    RB_GC_GUARD(object);
    return answer;
}

/* (text, format, known) -> the scrubbed text; nil: nothing changed. */
static VALUE scrub(VALUE object, VALUE text, VALUE format, VALUE known)
{
    return start(object, text, format, known, false, run_for_output);
}

/* (text, format, known) -> [output or nil, findings, format, fault or nil, its offset or nil] */
static VALUE process(VALUE object, VALUE text, VALUE format, VALUE known)
{
    return start(object, text, format, known, false, run_for_all);
}

/* The same without an output. */
static VALUE scan(VALUE object, VALUE text, VALUE format, VALUE known)
{
    return start(object, text, format, known, true, run_for_all);
}

void rb__init_scrubber(VALUE module)
{
    VALUE class = rb_define_class_under(module, "Scrubber", rb_cObject);
    rb_define_alloc_func(class, allocate);
    rb_define_method(class, "initialize", initialize, 2);
    rb_define_private_method(class, "native_scrub", scrub, 3);
    rb_define_private_method(class, "native_process", process, 3);
    rb_define_private_method(class, "native_scan", scan, 3);
    rb_undef_method(class, "initialize_copy");
}
