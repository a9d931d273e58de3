/* module.c - the module piiglet._piiglet; what users see is made of it in piiglet/ in Python. */
#include "module.h"

#include <string.h>

static struct PyModuleDef definition;

module_state *py_state_of_type(PyTypeObject *type)
{
    /* Scrubber and Stream are derived from in Python: the base that is ours knows the module. */
    for (; type; type = PyType_GetSlot(type, Py_tp_base)) {
        PyObject *module = PyType_GetModule(type);
        if (module && PyModule_GetDef(module) == &definition)
            return PyModule_GetState(module);
        PyErr_Clear();
    }
    return NULL;
}

/* Facts about the engine, for bug reports. */
static PyObject *build_info(PyObject *module, PyObject *Py_UNUSED(none))
{
    (void)module;
    pii_build_info info;
    pii_build_info_get(&info);
    return Py_BuildValue("{s:s,s:s,s:s,s:s,s:O}", "version", info.version, "pcre2", info.pcre2, "unicode",
                         info.unicode, "kernel", info.kernel, "jit", info.jit ? Py_True : Py_False);
}

/* message(entity, language=None), reason(entity), languages(): what to tell people about a finding. */
static PyObject *message(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    const char *entity = NULL;
    const char *language = NULL;
    if (!PyArg_ParseTuple(arguments, "s|z", &entity, &language))
        return NULL;
    return PyUnicode_FromString(pii_message(entity, language));
}

static PyObject *reason(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    const char *entity = NULL;
    return PyArg_ParseTuple(arguments, "s", &entity) ? PyUnicode_FromString(pii_reason(entity)) : NULL;
}

static PyObject *languages(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    const char *tag = NULL;
    const char *name = NULL;
    PyObject *dict = PyDict_New();
    for (size_t i = 0; dict && pii_message_language_at(i, &tag, &name); i++) {
        PyObject *text = PyUnicode_FromString(name);
        if (!text || PyDict_SetItemString(dict, tag, text) != 0)
            Py_CLEAR(dict);
        Py_XDECREF(text);
    }
    return dict;
}

static bool add_type(PyObject *module, PyType_Spec *spec, PyTypeObject **ret)
{
    *ret = (PyTypeObject *)PyType_FromModuleAndSpec(module, spec, NULL);
    return *ret && PyModule_AddType(module, *ret) == 0;
}

static int prepare(PyObject *module)
{
    module_state *state = PyModule_GetState(module);
    PyObject *errors = PyImport_ImportModule("piiglet._errors");
    if (!errors)
        return -1;
    state->raise_status = PyObject_GetAttrString(errors, "raise_status");
    Py_DECREF(errors);
    bool good = state->raise_status && py_make_result_types(state) &&
                PyModule_AddObjectRef(module, "Finding", (PyObject *)state->finding) == 0 &&
                PyModule_AddObjectRef(module, "Result", (PyObject *)state->result) == 0 &&
                add_type(module, &py_ruleset_spec, &state->ruleset) &&
                add_type(module, &py_policy_spec, &state->policy) &&
                add_type(module, &py_known_spec, &state->known) &&
                add_type(module, &py_scrubber_spec, &state->scrubber) &&
                add_type(module, &py_stream_spec, &state->stream);
    return good ? 0 : -1;
}

static int traverse(PyObject *module, visitproc visit, void *arg)
{
    module_state *state = PyModule_GetState(module);
    Py_VISIT(state->raise_status);
    Py_VISIT(state->finding);
    Py_VISIT(state->result);
    Py_VISIT(state->ruleset);
    Py_VISIT(state->policy);
    Py_VISIT(state->known);
    Py_VISIT(state->scrubber);
    Py_VISIT(state->stream);
    return 0;
}

static int clear(PyObject *module)
{
    module_state *state = PyModule_GetState(module);
    Py_CLEAR(state->raise_status);
    Py_CLEAR(state->finding);
    Py_CLEAR(state->result);
    Py_CLEAR(state->ruleset);
    Py_CLEAR(state->policy);
    Py_CLEAR(state->known);
    Py_CLEAR(state->scrubber);
    Py_CLEAR(state->stream);
    return 0;
}

static void release(void *module)
{
    clear(module);
}

static PyMethodDef functions[] = {
    {"build_info", build_info, METH_NOARGS, "build_info() -> dict: versions and facts of the engine"},
    {"message", message, METH_VARARGS,
     "message(entity, language=None) -> str: what a child is told about a finding, in the language of a tag such as "
     "'es-MX', or in English"},
    {"reason", reason, METH_VARARGS,
     "reason(entity) -> str: a code for programs, such as 'phone.number'; never changes"},
    {"languages", languages, METH_NOARGS, "languages() -> dict: names of the languages of messages, by tag"},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {{Py_mod_exec, prepare}, {0, NULL}};

static struct PyModuleDef definition = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "piiglet._piiglet",
    .m_size = sizeof(module_state),
    .m_methods = functions,
    .m_slots = slots,
    .m_traverse = traverse,
    .m_clear = clear,
    .m_free = release,
};

PyMODINIT_FUNC PyInit__piiglet(void)
{
    return PyModuleDef_Init(&definition);
}
