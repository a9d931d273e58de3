/* rules.c - rulesets and policies: made once, shared by all threads, never changed after. */
#include "binding.h"

static void free_ruleset(void *ruleset)
{
    pii_ruleset_free(ruleset);
}

static const rb_data_type_t ruleset_type = {
    .wrap_struct_name = "Piiglet::Ruleset",
    .function = {.dfree = free_ruleset},
    .flags = RUBY_TYPED_FREE_IMMEDIATELY,
};

static VALUE allocate_ruleset(VALUE class)
{
    return TypedData_Wrap_Struct(class, &ruleset_type, NULL);
}

pii_ruleset *rb__ruleset_of(VALUE object)
{
    pii_ruleset *ruleset = rb_check_typeddata(object, &ruleset_type);
    if (!ruleset)
        rb_raise(rb_eArgError, "a ruleset that is not initialized");
    return ruleset;
}

/* What the compiler has to say against rule files: [[file, line, column, message], ...]. */
static VALUE diagnostics_of(const pii_compiler *compiler)
{
    const pii_diagnostic *diagnostics = NULL;
    size_t count = pii_compiler_diagnostics(compiler, &diagnostics);
    VALUE array = rb_ary_new();
    for (size_t i = 0; i < count; i++) {
        const pii_diagnostic *diagnostic = &diagnostics[i];
        if (diagnostic->severity == PII_SEVERITY_ERROR)
            rb_ary_push(array, rb_ary_new_from_args(4, rb_utf8_str_new_cstr(diagnostic->file),
                                                    UINT2NUM(diagnostic->line), UINT2NUM(diagnostic->column),
                                                    rb_utf8_str_new_cstr(diagnostic->message)));
    }
    return array;
}

typedef struct compilation {
    pii_compiler *compiler;
    VALUE object; /* the Ruleset */
    VALUE files;  /* [[name, yaml], ...] */
    bool with_default;
} compilation;

static VALUE compile(VALUE argument)
{
    compilation *work = (compilation *)argument;
    pii_status status = pii_compiler_new(NULL, &work->compiler);
    if (status == PII_OK && work->with_default)
        status = pii_compiler_add_default(work->compiler);
    for (long i = 0; status == PII_OK && i < RARRAY_LEN(work->files); i++) {
        VALUE file = rb_ary_entry(work->files, i);
        VALUE name = rb_ary_entry(file, 0);
        VALUE yaml = rb_ary_entry(file, 1);
        status = pii_compiler_add(work->compiler, StringValueCStr(name), StringValuePtr(yaml),
                                  (size_t)RSTRING_LEN(yaml));
        if (status == PII_ERROR_RULE) /* further files may have faults to be told of, too */
            status = PII_OK;
    }
    pii_ruleset *ruleset = NULL;
    if (status == PII_OK)
        status = pii_compiler_finish(work->compiler, &ruleset);
    if (status != PII_OK)
        rb__raise(status, NULL, Qnil, work->compiler ? diagnostics_of(work->compiler) : Qnil);
    RTYPEDDATA_DATA(work->object) = ruleset;
    return Qnil;
}

static VALUE end_compilation(VALUE argument)
{
    pii_compiler_free(((compilation *)argument)->compiler);
    return Qnil;
}

static VALUE ruleset_initialize(VALUE self, VALUE files, VALUE with_default)
{
    if (rb_check_typeddata(self, &ruleset_type))
        rb_raise(rb_eRuntimeError, "a ruleset is never changed");
    Check_Type(files, T_ARRAY);
    compilation work = {.object = self, .files = files, .with_default = RTEST(with_default)};
    rb_ensure(compile, (VALUE)&work, end_compilation, (VALUE)&work);
    return self;
}

static VALUE ruleset_size(VALUE self)
{
    return SIZET2NUM(pii_ruleset_size(rb__ruleset_of(self)));
}

static VALUE ruleset_entities(VALUE self)
{
    const pii_ruleset *ruleset = rb__ruleset_of(self);
    VALUE names = rb_ary_new();
    for (size_t i = 0; i < pii_ruleset_size(ruleset); i++) {
        pii_rule_info info;
        if (pii_ruleset_rule(ruleset, i, &info) == PII_OK)
            rb_ary_push(names, rb__constant(info.entity));
    }
    return rb_funcall(names, rb_intern("uniq"), 0);
}

/* ---- policy ---- */

static void free_policy(void *policy)
{
    pii_policy_free(policy);
}

static const rb_data_type_t policy_type = {
    .wrap_struct_name = "Piiglet::Policy",
    .function = {.dfree = free_policy},
    .flags = RUBY_TYPED_FREE_IMMEDIATELY,
};

static VALUE allocate_policy(VALUE class)
{
    return TypedData_Wrap_Struct(class, &policy_type, NULL);
}

const pii_policy *rb__policy_of(VALUE object)
{
    if (NIL_P(object))
        return NULL;
    const pii_policy *policy = rb_check_typeddata(object, &policy_type);
    if (!policy)
        rb_raise(rb_eArgError, "a policy that is not initialized");
    return policy;
}

/* Makes the policy of an object; `label` names its file. */
static pii_policy *make_policy(VALUE self, VALUE source, VALUE text, VALUE label)
{
    pii_policy *policy = NULL;
    pii_policy_error error = {0};
    StringValue(text);
    pii_status status = pii__policy_make((pii__policy_source)NUM2INT(source), RSTRING_PTR(text),
                                         (size_t)RSTRING_LEN(text), &policy, &error);
    if (status == PII_ERROR_RULE)
        rb__raise(status, NULL, Qnil,
                  rb_ary_new_from_args(1, rb_ary_new_from_args(4, label, UINT2NUM(error.line), UINT2NUM(error.column),
                                                               rb_utf8_str_new_cstr(error.message))));
    if (status != PII_OK)
        rb__raise(status, "there is no such policy", Qnil, Qnil);
    RTYPEDDATA_DATA(self) = policy;
    return policy;
}

/* Source as pii__policy_source; settings: [[name, value], ...]; no minimum is set for nil. */
static VALUE policy_initialize(VALUE self, VALUE source, VALUE text, VALUE label, VALUE settings, VALUE minimum)
{
    if (rb_check_typeddata(self, &policy_type))
        rb_raise(rb_eRuntimeError, "a policy is never changed");
    Check_Type(settings, T_ARRAY);
    pii_policy *policy = make_policy(self, source, text, label);
    pii_status status = NIL_P(minimum) ? PII_OK : pii_policy_set_min_confidence(policy, NUM2DBL(minimum));
    if (status != PII_OK)
        rb__raise(status, "a confidence is from 0 to 1", Qnil, Qnil);
    for (long i = 0; i < RARRAY_LEN(settings); i++) {
        VALUE name = rb_ary_entry(rb_ary_entry(settings, i), 0);
        VALUE value = rb_ary_entry(rb_ary_entry(settings, i), 1);
        StringValue(value);
        status = pii__policy_set_by_name(policy, StringValueCStr(name), RSTRING_PTR(value),
                                         (size_t)RSTRING_LEN(value));
        if (status != PII_OK)
            rb__raise(status, "there is no such setting of a policy", Qnil, Qnil);
    }
    return self;
}

void rb__init_rules(VALUE module)
{
    VALUE ruleset = rb_define_class_under(module, "Ruleset", rb_cObject);
    rb_define_alloc_func(ruleset, allocate_ruleset);
    rb_define_method(ruleset, "initialize", ruleset_initialize, 2);
    rb_define_method(ruleset, "size", ruleset_size, 0);
    rb_define_method(ruleset, "entities", ruleset_entities, 0);
    rb_undef_method(ruleset, "initialize_copy");

    VALUE policy = rb_define_class_under(module, "Policy", rb_cObject);
    rb_define_alloc_func(policy, allocate_policy);
    rb_define_method(policy, "initialize", policy_initialize, 5);
    rb_undef_method(policy, "initialize_copy");
}
