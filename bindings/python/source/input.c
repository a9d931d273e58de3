#include "module.h"

/* A str with half of a surrogate pair in it has no UTF-8: refused with its place. */
static void raise_surrogate(module_state *state)
{
    PyObject *type = NULL;
    PyObject *value = NULL;
    PyObject *traceback = NULL;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    Py_ssize_t at = -1;
    bool encode_error = value && PyErr_GivenExceptionMatches(value, PyExc_UnicodeEncodeError) &&
                        PyUnicodeEncodeError_GetStart(value, &at) == 0;
    if (!encode_error) {
        PyErr_Restore(type, value, traceback);
        return;
    }
    /* The exception of Python holds the text; it is dropped. */
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    py_raise(state, PII_ERROR_INVALID, "half of a surrogate pair", at, NULL);
}

bool py_input_open(module_state *state, PyObject *object, py_input *ret)
{
    Py_ssize_t size = 0;
    if (PyUnicode_Check(object)) {
        const char *text = PyUnicode_AsUTF8AndSize(object, &size);
        if (!text) {
            raise_surrogate(state);
            return false;
        }
        *ret = (py_input){Py_NewRef(object), text, (size_t)size, PII__UNIT_CODE_POINT};
        if (PyUnicode_GetLength(object) == size) /* ASCII */
            ret->unit = PII__UNIT_BYTE;
        return true;
    }
    if (!PyBytes_Check(object) && !PyObject_CheckBuffer(object)) {
        PyErr_SetString(PyExc_TypeError, "piiglet takes str, bytes, or another buffer");
        return false;
    }
    PyObject *owner = PyBytes_Check(object) ? Py_NewRef(object) : PyBytes_FromObject(object);
    char *data = NULL;
    if (!owner || PyBytes_AsStringAndSize(owner, &data, &size) < 0) {
        Py_XDECREF(owner);
        return false;
    }
    *ret = (py_input){owner, data, (size_t)size, PII__UNIT_BYTE};
    return true;
}

void py_input_close(py_input *input)
{
    Py_CLEAR(input->owner);
}

bool py_format(module_state *state, PyObject *name, pii_format *ret)
{
    if (!name || Py_IsNone(name)) {
        *ret = PII_FORMAT_TEXT;
        return true;
    }
    const char *text = PyUnicode_AsUTF8AndSize(name, NULL);
    if (!text)
        return false;
    pii_status status = pii_format_find(text, ret);
    if (status != PII_OK)
        py_raise(state, status, "there is no such format", -1, NULL);
    return status == PII_OK;
}

bool py_policy_of(module_state *state, PyObject *object, const pii_policy **ret)
{
    if (!object || Py_IsNone(object)) {
        *ret = NULL;
        return true;
    }
    if (!PyObject_TypeCheck(object, state->policy)) {
        PyErr_SetString(PyExc_TypeError, "policy must be a piiglet.Policy or None");
        return false;
    }
    *ret = ((policy_object *)object)->policy;
    return true;
}
