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

RUBY_FUNC_EXPORTED void Init_piiglet(void)
{
    VALUE module = rb_define_module("Piiglet");
    rb_define_singleton_method(module, "build_info", build_info, 0);
    VALUE native = rb_define_module_under(module, "Native");
    rb__init_results(module);
    rb__init_rules(native);
    rb__init_known(native);
    rb__init_scrubber(native);
    rb__init_stream(native);
}
