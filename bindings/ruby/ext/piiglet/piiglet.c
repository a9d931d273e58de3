/* piiglet.c - Piiglet::Native; what users see is made of it in lib/ in Ruby. */
#include "binding.h"

/* Facts about the engine, for bug reports. */
static VALUE build_info(VALUE self)
{
    pii_build_info info;
    pii_build_info_get(&info);
    VALUE hash = rb_hash_new();
    rb_hash_aset(hash, ID2SYM(rb_intern("version")), rb__constant(info.version));
    rb_hash_aset(hash, ID2SYM(rb_intern("pcre2")), rb__constant(info.pcre2));
    rb_hash_aset(hash, ID2SYM(rb_intern("unicode")), rb__constant(info.unicode));
    rb_hash_aset(hash, ID2SYM(rb_intern("kernel")), rb__constant(info.kernel));
    rb_hash_aset(hash, ID2SYM(rb_intern("jit")), info.jit ? Qtrue : Qfalse);
    return hash;
}

/* Piiglet.message(entity, language = nil): what a child is told about a finding; in English where there is no such
 * language. */
static VALUE message(int count, VALUE *values, VALUE self)
{
    VALUE entity, language;
    rb_scan_args(count, values, "11", &entity, &language);
    entity = rb_String(entity);
    language = NIL_P(language) ? Qnil : rb_String(language);
    return rb__constant(pii_message(StringValueCStr(entity), NIL_P(language) ? NULL : StringValueCStr(language)));
}

/* Piiglet.reason(entity): a code for programs, such as "phone.number", that never changes. */
static VALUE reason(VALUE self, VALUE entity)
{
    entity = rb_String(entity);
    return rb__constant(pii_reason(StringValueCStr(entity)));
}

/* Piiglet.languages: names of the languages of messages, by tag. */
static VALUE languages(VALUE self)
{
    const char *tag = NULL;
    const char *name = NULL;
    VALUE hash = rb_hash_new();
    for (size_t i = 0; pii_message_language_at(i, &tag, &name); i++)
        rb_hash_aset(hash, rb__constant(tag), rb__constant(name));
    return hash;
}

RUBY_FUNC_EXPORTED void Init_piiglet(void)
{
    VALUE module = rb_define_module("Piiglet");
    rb_define_singleton_method(module, "build_info", build_info, 0);
    rb_define_singleton_method(module, "message", message, -1);
    rb_define_singleton_method(module, "reason", reason, 1);
    rb_define_singleton_method(module, "languages", languages, 0);
    VALUE native = rb_define_module_under(module, "Native");
    rb__init_results(module);
    rb__init_rules(native);
    rb__init_known(native);
    rb__init_scrubber(native);
    rb__init_stream(native);
}
