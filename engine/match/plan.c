#include "plan.h"

#include <string.h>

#include "memory.h"
#include "outlines.h"
#include "sieve.h"

/* Values of the program before columns are given to them. A value is a class
 * or the result of a step; `value_true` stands for "no condition". */
enum { value_true = UINT16_MAX, values_max = UINT16_MAX - 1 };

typedef struct value {
    uint8_t kind; /* pii__shape_kind */
    uint8_t distance;
    uint16_t a;
    uint16_t b;
    pii__byte_set set;
    pii__class_bits place; /* of a class */
    bool used;
    uint32_t last_use; /* index of the last value that reads this one */
    uint16_t column;
} value;

/* Class tables that are being filled. */
typedef struct packing {
    pii__rectangle entered[PII__CLASS_TABLES_MAX][8];
    size_t counts[PII__CLASS_TABLES_MAX];
} packing;

typedef struct builder {
    pii_allocator allocator;
    value *values;
    size_t count;
    size_t capacity;
    size_t class_count;
    packing packing;
    uint16_t all; /* the class of all bytes */
    bool out_of_memory;
} builder;

static bool same(const value *a, const value *b)
{
    return a->kind == b->kind && a->distance == b->distance && a->a == b->a && a->b == b->b &&
           pii__byte_set_equal(&a->set, &b->set);
}

/* The value, made once however often it is asked for; `value_true`, which
 * drops the condition, when there is no room for it. */
static uint16_t intern(builder *b, const value *wanted)
{
    for (size_t i = 0; i < b->count; i++)
        if (same(&b->values[i], wanted))
            return (uint16_t)i;
    if (b->count == values_max)
        return value_true;
    value *values = pii__grow(&b->allocator, b->values, &b->capacity, b->count, sizeof *values);
    b->out_of_memory |= !values;
    if (!values)
        return value_true;
    b->values = values;
    b->values[b->count] = *wanted;
    return (uint16_t)b->count++;
}

/* ---- Classes ---- */

/* Bit of `rectangle` in the table, or 0. */
static uint8_t find_rectangle(const pii__rectangle *entered, size_t count, pii__rectangle rectangle)
{
    for (size_t i = 0; i < count; i++)
        if (entered[i].high == rectangle.high && entered[i].low == rectangle.low)
            return (uint8_t)(1u << i);
    return 0;
}

static size_t missing_rectangles(const packing *p, size_t table, const pii__rectangle *wanted, size_t count)
{
    size_t missing = 0;
    for (size_t i = 0; i < count; i++)
        missing += !find_rectangle(p->entered[table], p->counts[table], wanted[i]);
    return missing;
}

/* Puts the rectangles of a class into the first table with room for them;
 * false when there is none. */
static bool pack_class(packing *p, const pii__byte_set *set, pii__class_bits *ret)
{
    pii__rectangle wanted[16];
    size_t count = pii__rectangles(set, wanted), t = 0;
    while (t < PII__CLASS_TABLES_MAX && missing_rectangles(p, t, wanted, count) > 8 - p->counts[t])
        t++;
    if (t == PII__CLASS_TABLES_MAX)
        return false;
    *ret = (pii__class_bits){(uint8_t)t, 0};
    for (size_t i = 0; i < count; i++) {
        uint8_t bit = find_rectangle(p->entered[t], p->counts[t], wanted[i]);
        if (!bit) {
            bit = (uint8_t)(1u << p->counts[t]);
            p->entered[t][p->counts[t]++] = wanted[i];
        }
        ret->bits |= bit;
    }
    return true;
}

static uint16_t intern_class(builder *b, const pii__byte_set *set)
{
    value wanted = {.kind = PII__SHAPE_CLASS, .set = *set};
    for (size_t i = 0; i < b->count; i++)
        if (same(&b->values[i], &wanted))
            return (uint16_t)i;
    if (b->class_count == PII__CLASSES_MAX || !pack_class(&b->packing, set, &wanted.place))
        return value_true;
    b->class_count++;
    return intern(b, &wanted);
}

/* ---- Shapes ---- */

static uint16_t intern_step(builder *b, const pii__shape_op *op, uint16_t left, uint16_t right)
{
    value wanted = {.kind = op->kind, .distance = op->distance, .a = left, .b = right};
    switch (op->kind) {
    case PII__SHAPE_AND:
        if (left == right || right == value_true)
            return left;
        if (left == value_true)
            return right;
        break;
    case PII__SHAPE_OR:
        if (left == value_true || right == value_true)
            return value_true;
        if (left == right)
            return left;
        break;
    case PII__SHAPE_AHEAD:
        wanted.b = 0;
        if (left == value_true || !op->distance)
            return left;
        break;
    default: /* "and not": an unknown b says nothing */
        if (right == value_true)
            return left;
        if (left == value_true)
            wanted.a = b->all;
    }
    bool swap = (op->kind == PII__SHAPE_AND || op->kind == PII__SHAPE_OR) && wanted.a > wanted.b;
    if (swap) {
        uint16_t first = wanted.a;
        wanted.a = wanted.b;
        wanted.b = first;
    }
    return intern(b, &wanted);
}

static uint16_t intern_shape(builder *b, const pii__shape *shape)
{
    uint16_t made[PII__SHAPE_OPS_MAX];
    for (size_t i = 0; i < shape->count; i++) {
        const pii__shape_op *op = &shape->ops[i];
        if (op->kind == PII__SHAPE_TRUE)
            made[i] = value_true;
        else if (op->kind == PII__SHAPE_CLASS)
            made[i] = intern_class(b, &op->set);
        else
            made[i] = intern_step(b, op, made[op->a], made[op->b]);
    }
    return made[shape->result] == value_true ? b->all : made[shape->result];
}

/* ---- Values into columns ---- */

static void mark_use(builder *b, uint16_t read, uint32_t reader)
{
    b->values[read].used = true;
    b->values[read].last_use = reader;
}

/* The columns of the results are `results[i].column` values until the steps
 * have been emitted. */
static void mark_uses(builder *b, const pii__plan_group *group)
{
    for (size_t i = 0; i < b->count; i++) {
        const value *v = &b->values[i];
        if (v->kind == PII__SHAPE_CLASS)
            continue;
        mark_use(b, v->a, (uint32_t)i);
        if (v->kind != PII__SHAPE_AHEAD)
            mark_use(b, v->b, (uint32_t)i);
    }
    for (size_t i = 0; i < group->result_count; i++)
        mark_use(b, group->results[i].column, UINT32_MAX);
}

/* Gives each class that is used its column, ordered by table. */
static void place_classes(builder *b, pii__classes *ret)
{
    for (size_t t = 0; t < PII__CLASS_TABLES_MAX && b->packing.counts[t]; t++) {
        for (size_t i = 0; i < b->packing.counts[t]; i++)
            pii__rectangle_enter(b->packing.entered[t][i], (uint8_t)(1u << i), ret->tables[t].low, ret->tables[t].high);
        for (size_t i = 0; i < b->count; i++) {
            value *v = &b->values[i];
            if (v->kind != PII__SHAPE_CLASS || !v->used || v->place.table != t)
                continue;
            v->column = (uint16_t)ret->class_count;
            ret->classes[ret->class_count++] = v->place;
        }
        ret->table_count = t + 1;
    }
}

/* A column is free again after the last step that reads it; class columns are
 * not, as `classify` fills them before the steps run. */
static pii_status emit_steps(builder *b, pii__plan_group *group)
{
    size_t columns = group->classes.class_count, free_count = 0;
    group->steps = pii__allocate_array(&b->allocator, b->count, sizeof *group->steps);
    uint16_t *free_columns = pii__allocate_array(&b->allocator, b->count, sizeof *free_columns);
    if (!group->steps || !free_columns) {
        pii__release(&b->allocator, free_columns);
        return PII_ERROR_MEMORY;
    }
    for (size_t i = 0; i < b->count; i++) {
        value *v = &b->values[i];
        if (v->kind == PII__SHAPE_CLASS || !v->used)
            continue;
        v->column = free_count ? free_columns[--free_count] : (uint16_t)columns++;
        uint16_t reads[2] = {v->a, v->kind == PII__SHAPE_AHEAD ? v->a : v->b};
        group->steps[group->step_count++] = (pii__step){
            .kind = v->kind,
            .distance = v->distance,
            .to = v->column,
            .a = b->values[reads[0]].column,
            .b = b->values[reads[1]].column,
        };
        for (int k = 0; k < 2; k++) {
            value *read = &b->values[reads[k]];
            if (read->kind != PII__SHAPE_CLASS && read->last_use == i && (k == 0 || reads[1] != reads[0]))
                free_columns[free_count++] = read->column;
        }
    }
    group->column_count = columns;
    pii__release(&b->allocator, free_columns);
    return PII_OK;
}

/* ---- Groups ---- */

static pii_status build_steps(builder *b, pii__plan_group *group, const pii__shape *const *shapes)
{
    const pii__byte_set all = {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}};
    b->all = intern_class(b, &all);
    for (size_t i = 0; i < group->result_count && !b->out_of_memory; i++)
        group->results[i].column = intern_shape(b, shapes[group->results[i].shape]);
    if (b->out_of_memory)
        return PII_ERROR_MEMORY;
    mark_uses(b, group);
    place_classes(b, &group->classes);
    pii_status status = emit_steps(b, group);
    for (size_t i = 0; i < group->result_count; i++)
        group->results[i].column = b->values[group->results[i].column].column;
    return status;
}

static pii_status build_group(pii__plan *plan, size_t index, const pii__shape *const *shapes)
{
    pii__plan_group *group = &plan->groups[index];
    group->results = pii__allocate_array(&plan->allocator, plan->shape_count, sizeof *group->results);
    if (!group->results)
        return PII_ERROR_MEMORY;
    for (size_t i = 0; i < plan->shape_count; i++)
        if (plan->groups_of[i] == index)
            group->results[group->result_count++].shape = (uint32_t)i;
    builder *b = pii__allocate(&plan->allocator, sizeof *b);
    if (!b)
        return PII_ERROR_MEMORY;
    b->allocator = plan->allocator;
    pii_status status = build_steps(b, group, shapes);
    if (group->column_count > plan->column_count)
        plan->column_count = group->column_count;
    pii__release(&plan->allocator, b->values);
    pii__release(&plan->allocator, b);
    return status;
}

/* Sorts the shapes into buckets; those that can hit several are in the group of the
 * first, which is the most common. */
static pii_status build_sieve(pii__plan *plan, const pii__shape *const *shapes)
{
    pii__buckets *buckets = pii__allocate(&plan->allocator, sizeof *buckets);
    if (!buckets)
        return PII_ERROR_MEMORY;
    for (size_t i = 0; i < plan->shape_count; i++)
        pii__buckets_add(buckets, shapes[i]->fingerprint);
    pii__buckets_settle(buckets);
    pii__buckets_finish(buckets, &plan->sieve);
    plan->group_count = buckets->count;
    for (size_t i = 0; i < plan->shape_count; i++) {
        plan->buckets[i] = pii__buckets_of(buckets, shapes[i]->fingerprint);
        plan->groups_of[i] = plan->buckets[i] ? (uint8_t)__builtin_ctzll(plan->buckets[i]) : 0;
    }
    pii__release(&plan->allocator, buckets);
    return PII_OK;
}

static pii_status build(pii__plan *plan, const pii__shape *const *shapes)
{
    pii_status status = build_sieve(plan, shapes);
    if (status == PII_OK)
        status = pii__outlines_new(&plan->allocator, shapes, plan->shape_count, &plan->outlines);
    for (size_t i = 0; i < plan->group_count && status == PII_OK; i++)
        status = build_group(plan, i, shapes);
    return status;
}

pii_status pii__plan_new(const pii_allocator *allocator, const pii__shape *const *shapes, size_t count, pii__plan **ret)
{
    pii__plan *plan = pii__allocate(allocator, sizeof *plan);
    if (!plan)
        return PII_ERROR_MEMORY;
    plan->allocator = *allocator;
    plan->shape_count = count;
    plan->buckets = pii__allocate_array(allocator, count, sizeof *plan->buckets);
    plan->groups_of = pii__allocate_array(allocator, count, sizeof *plan->groups_of);
    pii_status status = plan->buckets && plan->groups_of ? build(plan, shapes) : PII_ERROR_MEMORY;
    if (status != PII_OK) {
        pii__plan_free(plan);
        return status;
    }
    *ret = plan;
    return PII_OK;
}

uint64_t pii__plan_buckets_on(const pii__plan *plan, const bool *shape_on)
{
    uint64_t buckets = 0;
    for (size_t i = 0; i < plan->shape_count; i++)
        buckets |= shape_on[i] ? plan->buckets[i] : 0;
    return buckets;
}

void pii__plan_free(pii__plan *plan)
{
    if (!plan)
        return;
    pii_allocator allocator = plan->allocator;
    for (size_t i = 0; i < PII__SIEVE_BUCKETS; i++) {
        pii__release(&allocator, plan->groups[i].steps);
        pii__release(&allocator, plan->groups[i].results);
    }
    pii__release(&allocator, plan->outlines.rows);
    pii__release(&allocator, plan->buckets);
    pii__release(&allocator, plan->groups_of);
    pii__release(&allocator, plan);
}
