/* known.c - values that are known beforehand; made once, shared by all threads. */
#include "binding.h"

static void free_known(void *known)
{
    pii_known_free(known);
}

static const rb_data_type_t known_type = {
    .wrap_struct_name = "Piiglet::Known",
    .function = {.dfree = free_known},
    .flags = RUBY_TYPED_FREE_IMMEDIATELY,
};

static VALUE allocate(VALUE class)
{
    return TypedData_Wrap_Struct(class, &known_type, NULL);
}

pii_known *rb__known_of(VALUE object)
{
    if (NIL_P(object))
        return NULL;
    pii_known *known = rb_check_typeddata(object, &known_type);
    if (!known)
        rb_raise(rb_eArgError, "known values that are not initialized");
    return known;
}

typedef struct building {
    pii_known_builder *builder;
    VALUE object; /* the Known */
    VALUE values; /* [[entity or nil, value, options], ...] */
} building;

/* One value; or, where it has no entity, a list of them. Raises what it is refused for. */
static void add_value(pii_known_builder *builder, VALUE item, long number)
{
    const char *fault = "such a value cannot be looked for; offset is its number";
    VALUE entity = rb_ary_entry(item, 0);
    VALUE value = rb_ary_entry(item, 1);
    size_t place = (size_t)number;
    pii_status status;
    StringValue(value);
    if (NIL_P(entity))
        status = pii_known_builder_add_list(builder, RSTRING_PTR(value), (size_t)RSTRING_LEN(value), &place, &fault);
    else
        status = pii_known_builder_add(builder, StringValueCStr(entity), RSTRING_PTR(value),
                                       (size_t)RSTRING_LEN(value), NUM2UINT(rb_ary_entry(item, 2)));
    if (status != PII_OK)
        rb__raise(status, fault, SIZET2NUM(place), Qnil);
}

static VALUE build(VALUE argument)
{
    building *work = (building *)argument;
    pii_status status = pii_known_builder_new(NULL, &work->builder);
    for (long i = 0; status == PII_OK && i < RARRAY_LEN(work->values); i++)
        add_value(work->builder, rb_ary_entry(work->values, i), i);
    pii_known *known = NULL;
    if (status == PII_OK)
        status = pii_known_builder_finish(work->builder, &known);
    if (status != PII_OK)
        rb__raise(status, NULL, Qnil, Qnil);
    RTYPEDDATA_DATA(work->object) = known;
    return Qnil;
}

static VALUE end_building(VALUE argument)
{
    pii_known_builder_free(((building *)argument)->builder);
    return Qnil;
}

static VALUE initialize(VALUE self, VALUE values)
{
    if (rb_check_typeddata(self, &known_type))
        rb_raise(rb_eRuntimeError, "known values are never changed");
    Check_Type(values, T_ARRAY);
    building work = {.object = self, .values = values};
    rb_ensure(build, (VALUE)&work, end_building, (VALUE)&work);
    return self;
}

static VALUE size(VALUE self)
{
    const pii_known *known = rb__known_of(self);
    return SIZET2NUM(pii_known_size(known));
}

void rb__init_known(VALUE module)
{
    VALUE class = rb_define_class_under(module, "Known", rb_cObject);
    rb_define_alloc_func(class, allocate);
    rb_define_method(class, "initialize", initialize, 1);
    rb_define_method(class, "size", size, 0);
    rb_undef_method(class, "initialize_copy");
}
