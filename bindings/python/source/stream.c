/* stream.c - one stream of bytes in pieces. */
#include "module.h"

typedef struct stream_object {
    PyObject_HEAD module_state *state; /* of the module that the type keeps alive */
    pii_stream *stream;
    pii__collection collection;
    PyObject *findings; /* of the last call */
    bool busy;          /* a call is under way in another thread */
} stream_object;

static PyObject *stream_new(PyTypeObject *type, PyObject *arguments, PyObject *keywords)
{
    static char *names[] = {"ruleset", "policy", "format", "known", NULL};
    module_state *state = py_state_of_type(type);
    PyObject *ruleset = NULL;
    PyObject *chosen = Py_None;
    PyObject *format_name = Py_None;
    PyObject *known_values = Py_None;
    pii_known *known = NULL;
    const pii_policy *policy = NULL;
    pii_format format;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "O!|OOO", names, state->ruleset, &ruleset, &chosen,
                                     &format_name, &known_values) ||
        !py_policy_of(state, chosen, &policy) || !py_format(state, format_name, &format) ||
        !py_known_of(state, known_values, &known))
        return NULL;
    stream_object *self = (stream_object *)PyType_GenericAlloc(type, 0);
    if (!self)
        return NULL;
    self->state = state;
    self->findings = PyList_New(0);
    pii_status status = pii_stream_new(((ruleset_object *)ruleset)->ruleset, policy, format, NULL, &self->stream);
    if (status == PII_OK && known)
        status = pii_stream_set_known(self->stream, known);
    if (status == PII_OK)
        pii_stream_on_finding(self->stream, pii__collect_finding, &self->collection);
    else
        py_raise(state, status, "policy or known values do not go with the rules", -1, NULL);
    if (status != PII_OK || !self->findings)
        Py_CLEAR(self);
    return (PyObject *)self;
}

static void stream_release(PyObject *object)
{
    stream_object *self = (stream_object *)object;
    PyTypeObject *type = Py_TYPE(object);
    pii_stream_free(self->stream);
    pii__collection_free(&self->collection);
    Py_CLEAR(self->findings);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(object);
    Py_DECREF(type);
}

/* Begins a call; false: another thread is in one, and an exception is set. */
static bool enter(stream_object *self)
{
    if (self->busy) {
        py_raise(self->state, PII_ERROR_BUSY, NULL, -1, NULL);
        return false;
    }
    self->busy = true;
    return true;
}

/* What a call gave; or raises, with what it had given before in the exception: that is final. */
static PyObject *leave(stream_object *self, pii_status status)
{
    self->busy = false;
    PyObject *findings = py_findings(self->state, self->collection.findings, self->collection.finding_count, NULL);
    PyObject *output = PyBytes_FromStringAndSize(self->collection.data, (Py_ssize_t)self->collection.size);
    if (!findings || !output) {
        Py_XDECREF(findings);
        Py_XDECREF(output);
        return NULL;
    }
    Py_DECREF(self->findings);
    self->findings = findings;
    if (status == PII_OK)
        return output;
    uint64_t offset = 0;
    const char *fault = pii_stream_fault(self->stream, &offset);
    py_raise(self->state, status, fault, (Py_ssize_t)(fault ? offset : pii_stream_offset(self->stream)), output);
    Py_DECREF(output);
    return NULL;
}

static PyObject *stream_write(PyObject *object, PyObject *data)
{
    stream_object *self = (stream_object *)object;
    if (PyUnicode_Check(data)) {
        PyErr_SetString(PyExc_TypeError, "a stream takes bytes");
        return NULL;
    }
    py_input input;
    if (!py_input_open(self->state, data, &input))
        return NULL;
    if (!enter(self)) {
        py_input_close(&input);
        return NULL;
    }
    PyThreadState *released = input.size >= PY_RELEASE_SIZE ? PyEval_SaveThread() : NULL;
    pii_status status = pii__collect_write(&self->collection, self->stream, input.data, input.size);
    if (released)
        PyEval_RestoreThread(released);
    py_input_close(&input);
    return leave(self, status);
}

static PyObject *stream_finish(PyObject *object, PyObject *Py_UNUSED(none))
{
    stream_object *self = (stream_object *)object;
    if (!enter(self))
        return NULL;
    pii_status status = PII_OK;
    Py_BEGIN_ALLOW_THREADS
    status = pii__collect_finish(&self->collection, self->stream);
    Py_END_ALLOW_THREADS
    return leave(self, status);
}

static PyObject *stream_reset(PyObject *object, PyObject *Py_UNUSED(none))
{
    stream_object *self = (stream_object *)object;
    PyObject *none_yet = PyList_New(0);
    if (!none_yet || !enter(self)) {
        Py_XDECREF(none_yet);
        return NULL;
    }
    pii_stream_reset(self->stream);
    Py_DECREF(self->findings);
    self->findings = none_yet;
    self->busy = false;
    Py_RETURN_NONE;
}

static PyObject *stream_findings(PyObject *object, void *Py_UNUSED(closure))
{
    return Py_NewRef(((stream_object *)object)->findings);
}

/* Asks the stream something; not while another thread is in a call. */
static PyObject *stream_format(PyObject *object, void *Py_UNUSED(closure))
{
    stream_object *self = (stream_object *)object;
    if (self->busy)
        return py_raise(self->state, PII_ERROR_BUSY, NULL, -1, NULL);
    return PyUnicode_FromString(pii_format_name(pii_stream_format(self->stream)));
}

static PyObject *stream_fault(PyObject *object, void *Py_UNUSED(closure))
{
    stream_object *self = (stream_object *)object;
    if (self->busy)
        return py_raise(self->state, PII_ERROR_BUSY, NULL, -1, NULL);
    uint64_t offset = 0;
    const char *fault = pii_stream_fault(self->stream, &offset);
    return fault ? Py_BuildValue("(sK)", fault, (unsigned long long)offset) : Py_NewRef(Py_None);
}

static PyMethodDef methods[] = {
    {"write", stream_write, METH_O, "write(bytes) -> bytes: takes the next piece, gives what is final"},
    {"finish", stream_finish, METH_NOARGS, "finish() -> bytes: the input is complete; gives the rest"},
    {"reset", stream_reset, METH_NOARGS, "reset(): ready for another stream of bytes"},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef properties[] = {
    {"findings", stream_findings, NULL, "findings that became final in the last call, counted in bytes", NULL},
    {"format", stream_format, NULL, "as which the input is read; 'auto' until that is known", NULL},
    {"fault", stream_fault, NULL, "(text, offset in bytes) of the first fault of the input, or None", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_new, stream_new},
    {Py_tp_dealloc, stream_release},
    {Py_tp_methods, methods},
    {Py_tp_getset, properties},
    {0, NULL},
};

PyType_Spec py_stream_spec = {
    .name = "piiglet._piiglet.Stream",
    .basicsize = sizeof(stream_object),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .slots = slots,
};
