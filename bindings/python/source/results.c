#include "module.h"

static PyStructSequence_Field finding_fields[] = {
    {"entity", "kind of information: EMAIL, PHONE ..."},
    {"rule", "id of the rule that found it"},
    {"begin", "first place, in code points of a str, in bytes of bytes"},
    {"end", "place after the last, counted likewise"},
    {"byte_begin", "first byte, of the UTF-8 form of a str"},
    {"byte_end", "byte after the last"},
    {"confidence", "0 to 1"},
    {"replacement_size", "bytes that take its place"},
    {"action", "what became of it: replace, keep, mask ..."},
    {"path", "of the field: a JSON Pointer; empty in plain text"},
    {"block", "id of the block or node around it, where the kind of project names one; else empty"},
    {NULL, NULL},
};

static PyStructSequence_Field result_fields[] = {
    {"output", "the scrubbed text, in the type of the input"},
    {"findings", "list of Finding, in order and disjoint"},
    {"format", "as which the input was read"},
    {"fault", "how the input first breaks the rules of its format, or None"},
    {"fault_offset", "where, counted as places of findings; or None"},
    {NULL, NULL},
};

static PyStructSequence_Desc finding_type = {"piiglet.Finding", "One span; it holds no text.", finding_fields, 10};
static PyStructSequence_Desc result_type = {"piiglet.Result", "What process() made of an input.", result_fields, 5};

bool py_make_result_types(module_state *state)
{
    state->finding = PyStructSequence_NewType(&finding_type);
    state->result = PyStructSequence_NewType(&result_type);
    return state->finding && state->result;
}

/* Fills a new struct sequence, which takes over the items; if one of them could not be made: NULL. */
static PyObject *sequence_of(PyTypeObject *type, PyObject *const *items, size_t count)
{
    PyObject *sequence = PyStructSequence_New(type);
    bool good = sequence != NULL;
    for (size_t i = 0; i < count; i++) {
        good = good && items[i];
        if (sequence)
            PyStructSequence_SetItem(sequence, (Py_ssize_t)i, items[i]);
        else
            Py_XDECREF(items[i]);
    }
    if (!good)
        Py_CLEAR(sequence);
    return sequence;
}

static PyObject *finding_object(module_state *state, const pii_finding *finding, pii__place *place)
{
    size_t begin = (size_t)finding->begin;
    size_t end = (size_t)finding->end;
    if (place) {
        begin = pii__place_move(place, begin);
        end = pii__place_move(place, end);
    }
    PyObject *items[] = {
        PyUnicode_FromString(finding->entity),
        PyUnicode_FromString(finding->rule),
        PyLong_FromSize_t(begin),
        PyLong_FromSize_t(end),
        PyLong_FromUnsignedLongLong(finding->begin),
        PyLong_FromUnsignedLongLong(finding->end),
        PyFloat_FromDouble(finding->confidence),
        PyLong_FromSize_t(finding->replacement_size),
        PyUnicode_FromString(pii__action_name(finding->action)),
        PyUnicode_FromString(finding->path),
        PyUnicode_FromString(finding->block),
    };
    return sequence_of(state->finding, items, sizeof items / sizeof items[0]);
}

PyObject *py_findings(module_state *state, const pii_finding *findings, size_t count, const py_input *input)
{
    pii__place place = {0};
    if (input)
        place = (pii__place){.data = input->data, .unit = input->unit};
    PyObject *list = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; list && i < count; i++) {
        PyObject *finding = finding_object(state, &findings[i], input ? &place : NULL);
        if (!finding || PyList_SetItem(list, (Py_ssize_t)i, finding) < 0)
            Py_CLEAR(list);
    }
    return list;
}

PyObject *py_output(const py_input *input, const pii_result *result)
{
    if (result->data == input->data && result->size == input->size)
        return Py_NewRef(input->owner);
    if (PyUnicode_Check(input->owner))
        return PyUnicode_DecodeUTF8(result->data, (Py_ssize_t)result->size, "strict");
    return PyBytes_FromStringAndSize(result->data, (Py_ssize_t)result->size);
}

PyObject *py_result(module_state *state, const py_input *input, const pii_result *result)
{
    pii__place place = {.data = input->data, .unit = input->unit};
    PyObject *items[] = {
        py_output(input, result),
        py_findings(state, result->findings, result->finding_count, input),
        PyUnicode_FromString(pii_format_name(result->format)),
        result->fault ? PyUnicode_FromString(result->fault) : Py_NewRef(Py_None),
        result->fault ? PyLong_FromSize_t(pii__place_move(&place, (size_t)result->error_offset)) : Py_NewRef(Py_None),
    };
    return sequence_of(state->result, items, sizeof items / sizeof items[0]);
}

PyObject *py_raise(module_state *state, pii_status status, const char *fault, Py_ssize_t offset, PyObject *details)
{
    if (status == PII_ERROR_MEMORY)
        return PyErr_NoMemory();
    PyObject *none = PyObject_CallFunction(state->raise_status, "izsnO", (int)status, fault, pii_status_text(status),
                                           offset, details ? details : Py_None);
    Py_XDECREF(none);
    return NULL;
}
