/* rules.c - rulesets and policies: made once, shared by all threads, never changed after. */
#include "module.h"

/* What the compiler has to say against rule files: a list of (file, line, column, message). */
static PyObject *diagnostics_of(const pii_compiler *compiler)
{
    const pii_diagnostic *diagnostics = NULL;
    size_t count = pii_compiler_diagnostics(compiler, &diagnostics);
    PyObject *list = PyList_New(0);
    for (size_t i = 0; list && i < count; i++) {
        const pii_diagnostic *diagnostic = &diagnostics[i];
        if (diagnostic->severity != PII_SEVERITY_ERROR)
            continue;
        PyObject *item = Py_BuildValue("(sIIs)", diagnostic->file, diagnostic->line, diagnostic->column,
                                       diagnostic->message);
        if (!item || PyList_Append(list, item) < 0)
            Py_CLEAR(list);
        Py_XDECREF(item);
    }
    return list;
}

/* Adds the files of a sequence of (name, bytes). A refused file is no end: finish answers for all. */
static bool add_files(pii_compiler *compiler, PyObject *files, pii_status *ret)
{
    Py_ssize_t count = PySequence_Size(files);
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *file = PySequence_GetItem(files, i);
        const char *name = NULL;
        const char *yaml = NULL;
        Py_ssize_t size = 0;
        bool good = file && PyArg_ParseTuple(file, "sy#", &name, &yaml, &size);
        pii_status status = good ? pii_compiler_add(compiler, name, yaml, (size_t)size) : PII_OK;
        Py_XDECREF(file);
        if (!good)
            return false;
        if (status != PII_OK && status != PII_ERROR_RULE)
            *ret = status;
    }
    return count >= 0;
}

static bool compile(module_state *state, PyObject *files, bool with_default, pii_ruleset **ret)
{
    pii_compiler *compiler = NULL;
    pii_status status = pii_compiler_new(NULL, &compiler);
    if (status == PII_OK && with_default)
        status = pii_compiler_add_default(compiler);
    bool good = status != PII_OK || add_files(compiler, files, &status);
    if (good && status == PII_OK)
        status = pii_compiler_finish(compiler, ret);
    if (good && status != PII_OK) {
        PyObject *diagnostics = compiler ? diagnostics_of(compiler) : Py_NewRef(Py_None);
        if (diagnostics)
            py_raise(state, status, NULL, -1, diagnostics);
        Py_XDECREF(diagnostics);
        good = false;
    }
    pii_compiler_free(compiler);
    return good;
}

static PyObject *ruleset_new(PyTypeObject *type, PyObject *arguments, PyObject *keywords)
{
    static char *names[] = {"files", "default", NULL};
    PyObject *files = NULL;
    int with_default = 1;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "O|p", names, &files, &with_default))
        return NULL;
    pii_ruleset *ruleset = NULL;
    if (!compile(py_state_of_type(type), files, with_default, &ruleset))
        return NULL;
    ruleset_object *self = (ruleset_object *)PyType_GenericAlloc(type, 0);
    if (self)
        self->ruleset = ruleset;
    else
        pii_ruleset_free(ruleset);
    return (PyObject *)self;
}

static void ruleset_release(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    pii_ruleset_free(((ruleset_object *)object)->ruleset);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(object);
    Py_DECREF(type);
}

static PyObject *ruleset_entities(PyObject *object, void *Py_UNUSED(closure))
{
    const pii_ruleset *ruleset = ((ruleset_object *)object)->ruleset;
    PyObject *set = PyFrozenSet_New(NULL);
    for (size_t i = 0; set && i < pii_ruleset_size(ruleset); i++) {
        pii_rule_info info;
        PyObject *name = pii_ruleset_rule(ruleset, i, &info) == PII_OK ? PyUnicode_FromString(info.entity) : NULL;
        if (!name || PySet_Add(set, name) < 0)
            Py_CLEAR(set);
        Py_XDECREF(name);
    }
    return set;
}

static Py_ssize_t ruleset_length(PyObject *object)
{
    return (Py_ssize_t)pii_ruleset_size(((ruleset_object *)object)->ruleset);
}

static PyGetSetDef ruleset_properties[] = {
    {"entities", ruleset_entities, NULL, "frozenset of the kinds of information that the rules find", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot ruleset_slots[] = {
    {Py_tp_new, ruleset_new},
    {Py_tp_dealloc, ruleset_release},
    {Py_tp_getset, ruleset_properties},
    {Py_sq_length, ruleset_length},
    {0, NULL},
};

PyType_Spec py_ruleset_spec = {
    .name = "piiglet._piiglet.Ruleset",
    .basicsize = sizeof(ruleset_object),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .slots = ruleset_slots,
};

/* ---- policy ---- */

/* Applies a sequence of (setting, bytes) pairs. False: an exception is set. */
static bool apply(module_state *state, pii_policy *policy, PyObject *settings)
{
    Py_ssize_t count = PySequence_Size(settings);
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *pair = PySequence_GetItem(settings, i);
        const char *setting = NULL;
        const char *value = NULL;
        Py_ssize_t size = 0;
        bool good = pair && PyArg_ParseTuple(pair, "sy#", &setting, &value, &size);
        pii_status status = good ? pii__policy_set_by_name(policy, setting, value, (size_t)size) : PII_OK;
        if (good && status != PII_OK)
            py_raise(state, status, "there is no such setting of a policy", -1, NULL);
        Py_XDECREF(pair);
        if (!good || status != PII_OK)
            return false;
    }
    return count >= 0;
}

/* Raises why a policy was not made; `label` names its file. */
static void raise_refused(module_state *state, pii_status status, const char *label, const pii_policy_error *error)
{
    if (status != PII_ERROR_RULE) {
        py_raise(state, status, "there is no such policy", -1, NULL);
        return;
    }
    PyObject *diagnostics = Py_BuildValue("[(sIIs)]", label, error->line, error->column, error->message);
    if (diagnostics)
        py_raise(state, status, NULL, -1, diagnostics);
    Py_XDECREF(diagnostics);
}

/* Policy(source, text, label, settings, minimum_confidence): source as pii__policy_source; None: no minimum is set */
static PyObject *policy_new(PyTypeObject *type, PyObject *arguments, PyObject *Py_UNUSED(keywords))
{
    module_state *state = py_state_of_type(type);
    int source = 0;
    const char *text = NULL;
    Py_ssize_t size = 0;
    const char *label = NULL;
    PyObject *settings = NULL;
    PyObject *minimum = NULL;
    pii_policy_error error = {0};
    if (!PyArg_ParseTuple(arguments, "iy#sOO", &source, &text, &size, &label, &settings, &minimum))
        return NULL;
    double confidence = Py_IsNone(minimum) ? 0 : PyFloat_AsDouble(minimum);
    if (PyErr_Occurred())
        return NULL;
    policy_object *self = (policy_object *)PyType_GenericAlloc(type, 0);
    if (!self)
        return NULL;
    pii_status status = pii__policy_make((pii__policy_source)source, text, (size_t)size, &self->policy, &error);
    if (status != PII_OK) {
        raise_refused(state, status, label, &error);
    } else if (!Py_IsNone(minimum)) {
        status = pii_policy_set_min_confidence(self->policy, confidence);
        if (status != PII_OK)
            py_raise(state, status, "a confidence is from 0 to 1", -1, NULL);
    }
    if (status != PII_OK || !apply(state, self->policy, settings))
        Py_CLEAR(self);
    return (PyObject *)self;
}

static void policy_release(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    pii_policy_free(((policy_object *)object)->policy);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(object);
    Py_DECREF(type);
}

static PyType_Slot policy_slots[] = {
    {Py_tp_new, policy_new},
    {Py_tp_dealloc, policy_release},
    {0, NULL},
};

PyType_Spec py_policy_spec = {
    .name = "piiglet._piiglet.Policy",
    .basicsize = sizeof(policy_object),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .slots = policy_slots,
};
