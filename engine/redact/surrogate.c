#include "transforms.h"
bool pii__transform_surrogate(const pii__transform_input *input, pii__replacement *out)
{ (void)input; (void)out; return false; }
