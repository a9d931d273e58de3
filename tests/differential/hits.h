/* hits.h - whether two scans of one text have found the same. */
#ifndef HITS_H
#define HITS_H

#include "scan.h"

/* Hits come in the order in which rules met them, which gates change: both lists get sorted. */
bool hits_equal(const pii__scanner *a, const pii__scanner *b);

#endif
