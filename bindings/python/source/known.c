/* known.c - values that are known beforehand; made once, shared by all threads. */
#include "module.h"

bool py_known_of(module_state *state, PyObject *object, pii_known **ret)
{
    if (!object || Py_IsNone(object)) {
        *ret = NULL;
        return true;
    }
    if (!PyObject_TypeCheck(object, state->known)) {
        PyErr_SetString(PyExc_TypeError, "known must be a piiglet.Known or None");
        return false;
    }
    *ret = ((known_object *)object)->known;
    return true;
}

/* One value; or, where it has no entity, a list of them. Sets what an exception tells: a text, and a number. */
static pii_status add_value(pii_known_builder *builder, const char *entity, const char *value, size_t size,
                            unsigned options, const char **fault, Py_ssize_t *place)
{
    if (entity)
        return pii_known_builder_add(builder, entity, value, size, options);
    size_t line = 0;
    pii_status status = pii_known_builder_add_list(builder, value, size, &line, fault);
    *place = (Py_ssize_t)line;
    return status;
}

/* Adds a sequence of (entity or None, value, options). False: an exception is set. */
static bool add_values(module_state *state, pii_known_builder *builder, PyObject *values)
{
    Py_ssize_t count = PySequence_Size(values);
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *item = PySequence_GetItem(values, i);
        const char *entity = NULL;
        const char *value = NULL;
        Py_ssize_t size = 0;
        unsigned options = 0;
        bool good = item && PyArg_ParseTuple(item, "zy#I", &entity, &value, &size, &options);
        const char *fault = "such a value cannot be looked for; offset is its number";
        Py_ssize_t place = i;
        pii_status status = good ? add_value(builder, entity, value, (size_t)size, options, &fault, &place) : PII_OK;
        if (good && status != PII_OK)
            py_raise(state, status, fault, place, NULL);
        Py_XDECREF(item);
        if (!good || status != PII_OK)
            return false;
    }
    return count >= 0;
}

static bool build(module_state *state, PyObject *values, pii_known **ret)
{
    pii_known_builder *builder = NULL;
    pii_status status = pii_known_builder_new(NULL, &builder);
    bool good = status == PII_OK && add_values(state, builder, values);
    if (good)
        status = pii_known_builder_finish(builder, ret);
    pii_known_builder_free(builder);
    if (status != PII_OK)
        py_raise(state, status, NULL, -1, NULL);
    return good && status == PII_OK;
}

static PyObject *known_new(PyTypeObject *type, PyObject *arguments, PyObject *Py_UNUSED(keywords))
{
    PyObject *values = NULL;
    pii_known *known = NULL;
    if (!PyArg_ParseTuple(arguments, "O", &values) || !build(py_state_of_type(type), values, &known))
        return NULL;
    known_object *self = (known_object *)PyType_GenericAlloc(type, 0);
    if (self)
        self->known = known;
    else
        pii_known_free(known);
    return (PyObject *)self;
}

static void known_release(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    pii_known_free(((known_object *)object)->known);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(object);
    Py_DECREF(type);
}

static Py_ssize_t known_length(PyObject *object)
{
    return (Py_ssize_t)pii_known_size(((known_object *)object)->known);
}

static PyType_Slot slots[] = {
    {Py_tp_new, known_new},
    {Py_tp_dealloc, known_release},
    {Py_sq_length, known_length},
    {0, NULL},
};

PyType_Spec py_known_spec = {
    .name = "piiglet._piiglet.Known",
    .basicsize = sizeof(known_object),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .slots = slots,
};
