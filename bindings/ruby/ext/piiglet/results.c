#include "binding.h"

#define RELEASE_SIZE 2048

static VALUE finding_class;
static ID raise_status;
static VALUE piiglet;

VALUE rb__constant(const char *text)
{
    return rb_enc_interned_str_cstr(text, rb_utf8_encoding());
}

/* Characters from one byte to a later one: all of them bytes where a text is ASCII or binary. */
static size_t characters_between(VALUE text, uint64_t from, uint64_t to)
{
    if (rb_enc_str_asciionly_p(text) || rb_enc_get(text) == rb_ascii8bit_encoding())
        return (size_t)(to - from);
    const char *data = RSTRING_PTR(text);
    return (size_t)rb_enc_strlen(data + from, data + to, rb_enc_get(text));
}

size_t rb__characters(VALUE text, uint64_t byte)
{
    return characters_between(text, 0, byte);
}

VALUE rb__findings(const pii_finding *findings, size_t count, VALUE text)
{
    VALUE array = rb_ary_new_capa((long)count);
    uint64_t byte = 0;
    uint64_t character = 0;
    for (size_t i = 0; i < count; i++) {
        const pii_finding *finding = &findings[i];
        uint64_t begin = finding->begin;
        uint64_t end = finding->end;
        if (!NIL_P(text)) {
            begin = character + characters_between(text, byte, finding->begin);
            end = character = begin + characters_between(text, finding->begin, finding->end);
            byte = finding->end;
        }
        VALUE made = rb_struct_new(finding_class, rb__constant(finding->entity), rb__constant(finding->rule),
                                   ULL2NUM(begin), ULL2NUM(end), ULL2NUM(finding->begin), ULL2NUM(finding->end),
                                   DBL2NUM(finding->confidence), SIZET2NUM(finding->replacement_size),
                                   rb__constant(pii__action_name(finding->action)),
                                   rb_obj_freeze(rb_utf8_str_new_cstr(finding->path)),
                                   rb_obj_freeze(rb_utf8_str_new_cstr(finding->block)));
        rb_ary_push(array, rb_obj_freeze(made));
    }
    return array;
}

void rb__raise(pii_status status, const char *fault, VALUE offset, VALUE details)
{
    if (status == PII_ERROR_MEMORY)
        rb_memerror();
    rb_funcall(piiglet, raise_status, 5, INT2NUM(status), fault ? rb__constant(fault) : Qnil,
               rb__constant(pii_status_text(status)), offset, details);
    rb_raise(rb_eRuntimeError, "piiglet did not raise"); /* so that this function never returns */
}

pii_format rb__format(VALUE name)
{
    pii_format format = PII_FORMAT_TEXT;
    if (NIL_P(name))
        return format;
    VALUE text = RB_TYPE_P(name, T_SYMBOL) ? rb_sym2str(name) : name;
    pii_status status = pii_format_find(StringValueCStr(text), &format);
    if (status != PII_OK)
        rb__raise(status, "there is no such format", Qnil, Qnil);
    return format;
}

void rb__run(void *(*call)(void *), void *argument, size_t size)
{
    if (size < RELEASE_SIZE)
        call(argument);
    else
        rb_thread_call_without_gvl(call, argument, NULL, NULL);
}

void rb__init_results(VALUE module)
{
    piiglet = module;
    raise_status = rb_intern("raise_status");
    finding_class = rb_struct_define_under(module, "Finding", "entity", "rule", "begin", "end", "byte_begin",
                                           "byte_end", "confidence", "replacement_size", "action", "path", "block",
                                           NULL);
    rb_gc_register_mark_object(finding_class);
}
