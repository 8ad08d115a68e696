/* What can be blacked out. */
#ifndef CS_DOMAIN_REDACT_KIND_H
#define CS_DOMAIN_REDACT_KIND_H

enum cs_redact_kind {
	CS_REDACT_PARTY,    /* a name, with or without a title */
	CS_REDACT_PHONE,    /* mobile, landline, foreign; the last digits of one */
	CS_REDACT_IDENTITY, /* identity card, passport */
	CS_REDACT_PLATE,    /* of a car */
	CS_REDACT_ACCOUNT,  /* bank card, account, messenger */
	CS_REDACT_PREMISES, /* building, unit, room, villa, shop, parking space, house number */
	CS_REDACT_EMAIL
};

#endif
