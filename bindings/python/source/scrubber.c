/* scrubber.c - one-shot calls; an object of this type is for all threads. */
#include "module.h"

#include <string.h>

typedef struct scrubber_object {
    PyObject_HEAD module_state *state; /* of the module that the type keeps alive */
    pii__pool pool;
    PyObject *policy; /* keeps what the pool refers to */
} scrubber_object;

typedef enum wanted {
    WANTED_OUTPUT,
    WANTED_FINDINGS,
    WANTED_RESULT
} wanted;

static PyObject *scrubber_new(PyTypeObject *type, PyObject *arguments, PyObject *keywords)
{
    static char *names[] = {"ruleset", "policy", NULL};
    module_state *state = py_state_of_type(type);
    PyObject *ruleset = NULL;
    PyObject *chosen = Py_None;
    const pii_policy *policy = NULL;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "O!|O", names, state->ruleset, &ruleset, &chosen) ||
        !py_policy_of(state, chosen, &policy))
        return NULL;
    scrubber_object *self = (scrubber_object *)PyType_GenericAlloc(type, 0);
    if (!self)
        return NULL;
    self->state = state;
    self->policy = Py_NewRef(chosen);
    pii_status status = pii__pool_open(&self->pool, ((ruleset_object *)ruleset)->ruleset, policy);
    if (status != PII_OK) {
        Py_DECREF(self);
        return py_raise(state, status, "the policy does not go with the rules", -1, NULL);
    }
    return (PyObject *)self;
}

static void scrubber_release(PyObject *object)
{
    scrubber_object *self = (scrubber_object *)object;
    PyTypeObject *type = Py_TYPE(object);
    pii__pool_close(&self->pool);
    Py_CLEAR(self->policy);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(object);
    Py_DECREF(type);
}

/* Raises what a failed call means. Findings are named where a policy blocks because of them. */
static PyObject *raise_result(module_state *state, pii_status status, const py_input *input, const pii_result *result)
{
    pii__place place = {.data = input->data, .unit = input->unit};
    PyObject *findings = py_findings(state, result->findings, result->finding_count, input);
    if (findings)
        py_raise(state, status, result->fault, (Py_ssize_t)pii__place_move(&place, (size_t)result->error_offset),
                 findings);
    Py_XDECREF(findings);
    return NULL;
}

static PyObject *answer(module_state *state, wanted wanted, const py_input *input, const pii_result *result)
{
    if (wanted == WANTED_OUTPUT)
        return py_output(input, result);
    if (wanted == WANTED_FINDINGS)
        return py_findings(state, result->findings, result->finding_count, input);
    return py_result(state, input, result);
}

static PyObject *call(scrubber_object *self, wanted wanted, pii_format format, pii_known *known, py_input *input)
{
    module_state *state = self->state;
    pii_scrubber *scrubber = NULL;
    pii_status status = pii__pool_take(&self->pool, known, &scrubber);
    if (status != PII_OK)
        return py_raise(state, status, "known values do not go with the rules", -1, NULL);
    pii_result result;
    PyThreadState *released = input->size >= PY_RELEASE_SIZE ? PyEval_SaveThread() : NULL;
    if (wanted == WANTED_FINDINGS)
        status = pii_scan(scrubber, format, input->data, input->size, &result);
    else
        status = pii_scrub(scrubber, format, input->data, input->size, &result);
    if (released)
        PyEval_RestoreThread(released);
    PyObject *made = status == PII_OK ? answer(state, wanted, input, &result)
                                      : raise_result(state, status, input, &result);
    pii__pool_give(&self->pool, scrubber);
    return made;
}

/* What calls take, each by its place or its name. */
enum {
    DATA,
    FORMAT,
    KNOWN,
    ARGUMENTS
};

static int argument_named(PyObject *keyword)
{
    static const char *const names[ARGUMENTS] = {"data", "format", "known"};
    for (int i = 0; i < ARGUMENTS; i++)
        if (PyUnicode_CompareWithASCIIString(keyword, names[i]) == 0)
            return i;
    return -1;
}

static bool parse(PyObject *const *arguments, Py_ssize_t count, PyObject *keywords, PyObject *ret[ARGUMENTS])
{
    Py_ssize_t named = keywords ? PyTuple_Size(keywords) : 0;
    if (count > ARGUMENTS) {
        PyErr_SetString(PyExc_TypeError, "takes data, format and known");
        return false;
    }
    for (Py_ssize_t i = 0; i < count; i++)
        ret[i] = arguments[i];
    for (Py_ssize_t i = 0; i < named; i++) {
        PyObject *keyword = PyTuple_GetItem(keywords, i);
        int which = argument_named(keyword);
        if (which < 0 || ret[which]) {
            PyErr_Format(PyExc_TypeError, "unexpected argument '%U'", keyword);
            return false;
        }
        ret[which] = arguments[count + i];
    }
    if (!ret[DATA])
        PyErr_SetString(PyExc_TypeError, "data is missing");
    return ret[DATA] != NULL;
}

static PyObject *start(PyObject *object, wanted wanted, PyObject *const *arguments, Py_ssize_t count,
                       PyObject *keywords)
{
    PyObject *values[ARGUMENTS] = {NULL};
    scrubber_object *self = (scrubber_object *)object;
    pii_format format;
    pii_known *known = NULL;
    py_input input;
    if (!parse(arguments, count, keywords, values) || !py_format(self->state, values[FORMAT], &format) ||
        !py_known_of(self->state, values[KNOWN], &known) || !py_input_open(self->state, values[DATA], &input))
        return NULL;
    PyObject *made = call(self, wanted, format, known, &input);
    py_input_close(&input);
    return made;
}

static PyObject *scrub(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords)
{
    return start(self, WANTED_OUTPUT, arguments, count, keywords);
}

static PyObject *scan(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords)
{
    return start(self, WANTED_FINDINGS, arguments, count, keywords);
}

static PyObject *process(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords)
{
    return start(self, WANTED_RESULT, arguments, count, keywords);
}

static PyMethodDef methods[] = {
    {"scrub", (PyCFunction)(void (*)(void))scrub, METH_FASTCALL | METH_KEYWORDS,
     "scrub(data, format='text', known=None): the text with everything found replaced, in the type of data"},
    {"scan", (PyCFunction)(void (*)(void))scan, METH_FASTCALL | METH_KEYWORDS,
     "scan(data, format='text', known=None): the list of findings"},
    {"process", (PyCFunction)(void (*)(void))process, METH_FASTCALL | METH_KEYWORDS,
     "process(data, format='text', known=None): both, and how the input was read, as a Result"},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_new, scrubber_new},
    {Py_tp_dealloc, scrubber_release},
    {Py_tp_methods, methods},
    {0, NULL},
};

PyType_Spec py_scrubber_spec = {
    .name = "piiglet._piiglet.Scrubber",
    .basicsize = sizeof(scrubber_object),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .slots = slots,
};
