/* validators.h - the checks of this folder, one function per file.
 *
 * Each looks at candidate->text only, and there at no more than its line in
 * registry.c declares. None allocates, and none keeps anything. */
#ifndef PII__VALIDATORS_H
#define PII__VALIDATORS_H

#include "candidate.h"

void pii__validate_base58_check(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_bech32(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_credit_card(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_credit_card_grouped(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_date(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_document_number(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_driver_license_uk(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_email(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_email_provider(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_email_spelled(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_gps(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_iban(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_ipv4(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_ipv6(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_mac(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_national_id(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_national_id_strict(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_person(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_person_self(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_phone_international(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_phone_lookalike(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_phone_nanp(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_phone_national(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_phone_words(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_secret_labelled(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_secret_told(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_social_handle(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_ssn(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_street_address(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_street_first(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_url(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_url_named(const pii__candidate *candidate, pii__verdict *verdict);
void pii__validate_zip(const pii__candidate *candidate, pii__verdict *verdict);

#endif
