#include "postgres_piiglet.h"

static int sqlstate_of(pii_status status)
{
    switch (status) {
    case PII_ERROR_MEMORY: return ERRCODE_OUT_OF_MEMORY;
    case PII_ERROR_ARGUMENT:
    case PII_ERROR_KEY: return ERRCODE_INVALID_PARAMETER_VALUE;
    case PII_ERROR_RULE: return ERRCODE_CONFIG_FILE_ERROR;
    case PII_ERROR_INVALID: return ERRCODE_INVALID_TEXT_REPRESENTATION;
    case PII_ERROR_LIMIT: return ERRCODE_PROGRAM_LIMIT_EXCEEDED;
    case PII_ERROR_BLOCKED: return ERRCODE_CHECK_VIOLATION;
    default: return ERRCODE_INTERNAL_ERROR;
    }
}

void pii__pg_fail(pii_status status, const pii_result *result)
{
    const char *fault = result && result->fault ? result->fault : "";
    bool placed = status == PII_ERROR_INVALID || status == PII_ERROR_LIMIT;
    uint64 offset = result ? result->error_offset : 0;
    ereport(ERROR, (errcode(sqlstate_of(status)), errmsg("piiglet: %s", pii_status_text(status)),
                    result && placed ? errdetail("%s%sbyte " UINT64_FORMAT, fault, *fault ? ", " : "", offset) : 0,
                    status == PII_ERROR_KEY ? errhint("Keys are taken from piiglet.key_files, and only where the "
                                                      "policy is that of piiglet.policy.")
                                            : 0,
                    errhidestmt(true), errhidecontext(true)));
    pg_unreachable();
}
