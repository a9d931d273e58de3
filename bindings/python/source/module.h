/* module.h - what the files of the extension module share.
 *
 * Limited API of Python 3.11: one wheel for that and every later version. Private to this module, so
 * names of functions carry `py_` (they are hidden from other libraries). */
#ifndef PII__PYTHON_MODULE_H
#define PII__PYTHON_MODULE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "binding_collect.h"
#include "binding_policy.h"
#include "binding_pool.h"
#include "binding_text.h"

/* What belongs to one import of the module; a process may have several. */
typedef struct module_state {
    PyObject *raise_status; /* piiglet._errors.raise_status */
    PyTypeObject *finding;
    PyTypeObject *result;
    PyTypeObject *ruleset;
    PyTypeObject *policy;
    PyTypeObject *known;
    PyTypeObject *scrubber;
    PyTypeObject *stream;
} module_state;

/* The state of the module that `type`, or a base of it, was made by. */
module_state *py_state_of_type(PyTypeObject *type);

typedef struct ruleset_object {
    PyObject_HEAD pii_ruleset *ruleset;
} ruleset_object;

typedef struct policy_object {
    PyObject_HEAD pii_policy *policy;
} policy_object;

typedef struct known_object {
    PyObject_HEAD pii_known *known;
} known_object;

extern PyType_Spec py_ruleset_spec;
extern PyType_Spec py_policy_spec;
extern PyType_Spec py_known_spec;
extern PyType_Spec py_scrubber_spec;
extern PyType_Spec py_stream_spec;

/* ---- input ---- */

/* Bytes to scan. `owner` keeps them where they are, and unchanged. */
typedef struct py_input {
    PyObject *owner;
    const char *data;
    size_t size;
    pii__unit unit; /* in which the caller counts: bytes, or code points of a str */
} py_input;

/* Opens a str, bytes, or - copied, as it could change - any other buffer. False: an exception is set. */
bool py_input_open(module_state *state, PyObject *object, py_input *ret);
void py_input_close(py_input *input);

/* Shorter inputs are done before another thread could be woken. */
#define PY_RELEASE_SIZE 2048

/* The format of a name (NULL: text). False: an exception is set. */
bool py_format(module_state *state, PyObject *name, pii_format *ret);

/* The policy of a Policy, or NULL for None. False: an exception is set. */
bool py_policy_of(module_state *state, PyObject *object, const pii_policy **ret);

/* The values of a Known, or NULL for None. False: an exception is set. */
bool py_known_of(module_state *state, PyObject *object, pii_known **ret);

/* ---- results ---- */

/* Types of findings and results. False: an exception is set. */
bool py_make_result_types(module_state *state);

/* A list of Finding, counted in the unit of `input` (NULL: bytes). */
PyObject *py_findings(module_state *state, const pii_finding *findings, size_t count, const py_input *input);

/* The output of a call, in the type of the input: the same object where nothing changed. */
PyObject *py_output(const py_input *input, const pii_result *result);

/* A Result. */
PyObject *py_result(module_state *state, const py_input *input, const pii_result *result);

/* Sets the exception of a status that is not PII_OK; returns NULL. `fault` may be NULL; steals nothing. */
PyObject *py_raise(module_state *state, pii_status status, const char *fault, Py_ssize_t offset, PyObject *details);

#endif
