#include "piiglet_types.h"

const char *pii_status_text(pii_status status)
{
    switch (status) {
    case PII_OK: return "no error";
    case PII_ERROR_MEMORY: return "out of memory";
    case PII_ERROR_ARGUMENT: return "an argument is missing, out of range or unknown";
    case PII_ERROR_BUSY: return "the object is in use already";
    case PII_ERROR_STATE: return "the stream has ended or failed before";
    case PII_ERROR_RULE: return "a rule file was refused";
    case PII_ERROR_INVALID: return "the input is not valid in its format";
    case PII_ERROR_LIMIT: return "an engine limit was reached";
    case PII_ERROR_BLOCKED: return "the policy blocks this input";
    case PII_ERROR_ENGINE: return "the match engine failed";
    case PII_ERROR_SINK: return "the output was stopped by its receiver";
    case PII_ERROR_KEY: return "the policy has an action that needs a key, and no such key";
    }
    return "unknown status";
}
