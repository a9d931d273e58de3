#include "text_masker.h"

#include <string.h>

#include "rectangles.h"

enum { classes = sizeof(pii__text_masks) / sizeof(uint64_t[PII__BATCH_STRIDE]) };

_Static_assert((int)PII__MASK_WORDS == (int)PII__BATCH_BLOCKS, "masks are made in one batch");
_Static_assert((int)PII__MASK_PAD == (int)PII__BATCH_PAD, "columns are masks");

static pii__byte_set stops_of(pii__mask_format format)
{
    static const char *const signs[PII__MASKS_COUNT] = {[PII__MASKS_JSON] = "\"\\", [PII__MASKS_XML] = "\"'<>&]"};
    pii__byte_set stops = {{0}};
    pii__byte_set_add_range(&stops, 0, 0x1F);
    pii__byte_set_add_range(&stops, 0x80, 0xFF);
    for (const char *sign = signs[format]; *sign; sign++)
        pii__byte_set_add(&stops, (uint8_t)*sign);
    return stops;
}

/* Puts a class where there is room for it: after the one before, or into the next table. */
static void add_class(pii__classes *all, const pii__byte_set *set, size_t *bit)
{
    pii__rectangle rectangles[16];
    size_t count = pii__rectangles(set, rectangles);
    if (!all->table_count || *bit + count > 8) {
        all->table_count++;
        *bit = 0;
    }
    pii__class_table *table = &all->tables[all->table_count - 1];
    pii__class_bits *place = &all->classes[all->class_count++];
    place->table = (uint8_t)(all->table_count - 1);
    for (size_t i = 0; i < count; i++, (*bit)++) {
        pii__rectangle_enter(rectangles[i], (uint8_t)(1u << *bit), table->low, table->high);
        place->bits |= (uint8_t)(1u << *bit);
    }
}

void pii__text_masker_init(pii__text_masker *masker, const pii__kernel *kernel)
{
    *masker = (pii__text_masker){.kernel = kernel};
    for (size_t format = 0; format < PII__MASKS_COUNT; format++) {
        pii__byte_set sets[classes] = {stops_of((pii__mask_format)format)};
        for (unsigned byte = 0; byte < 0x80; byte++)
            if (pii__byte_kinds[byte] != PII__KIND_OTHER)
                pii__byte_set_add(&sets[pii__byte_kinds[byte] == PII__KIND_WORD ? 1 : 2], (uint8_t)byte);
        for (const char *blank = " \t\n\r"; *blank; blank++)
            pii__byte_set_add(&sets[3], (uint8_t)*blank);
        size_t bit = 0;
        for (size_t i = 0; i < classes; i++)
            add_class(&masker->classes[format], &sets[i], &bit);
    }
}

static void classify(const pii__text_masker *masker, pii__mask_format format, const uint8_t *bytes, size_t blocks,
                     uint64_t (*ret)[PII__BATCH_STRIDE])
{
    pii__batch batch = {.text = bytes, .count = blocks, .columns = ret};
    for (size_t i = 0; i < blocks; i++)
        batch.block[i] = (uint32_t)i;
    masker->kernel->classify(&masker->classes[format], &batch);
}

/* The last block is made whole by bytes that are stops in every format. */
static void fill(const void *context, pii__mask_format format, const uint8_t *bytes, size_t size, pii__text_masks *ret)
{
    uint64_t(*columns)[PII__BATCH_STRIDE] = (uint64_t(*)[PII__BATCH_STRIDE])ret->stop;
    size_t blocks = size / PII__BLOCK_SIZE, rest = size % PII__BLOCK_SIZE;
    classify(context, format, bytes, blocks, columns);
    if (rest) {
        uint8_t last[PII__BLOCK_SIZE] = {0};
        uint64_t masks[classes][PII__BATCH_STRIDE];
        memcpy(last, bytes + size - rest, rest);
        classify(context, format, last, 1, masks);
        for (size_t i = 0; i < classes; i++)
            columns[i][blocks] = masks[i][0];
        blocks++;
    }
    columns[0][blocks] = UINT64_MAX;
}

pii__masker pii__text_masker_of(const pii__text_masker *masker)
{
    return (pii__masker){fill, masker};
}
