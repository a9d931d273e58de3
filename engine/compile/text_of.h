/* text_of.h - a number out of limits.h as it stands in a message. */
#ifndef PII__TEXT_OF_H
#define PII__TEXT_OF_H

#define PII__TEXT_OF(number) PII__TEXT_OF_(number)
#define PII__TEXT_OF_(number) #number

#endif
