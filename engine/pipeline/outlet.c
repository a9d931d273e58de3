#include "outlet.h"

pii_status pii__outlet_flush(pii__outlet *outlet)
{
    size_t count = outlet->count;
    outlet->count = 0;
    return count && outlet->sink(outlet->context, outlet->pieces, count) ? PII_ERROR_SINK : PII_OK;
}

pii_status pii__outlet_put(pii__outlet *outlet, const void *data, size_t size)
{
    if (!size)
        return PII_OK;
    outlet->pieces[outlet->count++] = (pii_piece){data, size};
    return outlet->count == PII__OUTLET_BATCH ? pii__outlet_flush(outlet) : PII_OK;
}
