#include "postgres_piiglet.h"

PG_MODULE_MAGIC;

PGDLLEXPORT void _PG_init(void);

void _PG_init(void)
{
    pii__pg_define_settings();
}
