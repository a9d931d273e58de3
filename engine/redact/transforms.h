/* transforms.h - the actions of this folder that look at the value, one function
 * per file. Each writes what takes the value's place and answers whether it
 * understood the value; if not, what it wrote is dropped. */
#ifndef PII__TRANSFORMS_H
#define PII__TRANSFORMS_H

#include "replacement.h"
#include "transform.h"

enum { PII__TOKEN_LETTERS = 20 /* of a pseudonym, behind the id of its key */ };

bool pii__is_token_letter(uint8_t byte);

bool pii__transform_mask(const pii__transform_input *input, pii__replacement *out);
bool pii__transform_initial(const pii__transform_input *input, pii__replacement *out);
bool pii__transform_generalise(const pii__transform_input *input, pii__replacement *out);
bool pii__transform_shift(const pii__transform_input *input, pii__replacement *out);
bool pii__transform_pseudonym(const pii__transform_input *input, pii__replacement *out);
bool pii__transform_surrogate(const pii__transform_input *input, pii__replacement *out);

#endif
