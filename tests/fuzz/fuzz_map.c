/* Maps: whatever the text, it is read or refused with faults; what is read translates. */
#include <stdlib.h>
#include <string.h>

#include "text/intake_map.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cs_faults faults = {0};
	struct cs_map *m = NULL;
	struct cs_err e = {0};

	if (cs_map_read((const char *)data, size, NULL, &faults, &m, &e) < 0) {
		if (m || !*e.text || e.code != CS_BADDATA)
			abort();
	} else {
		if (!m || faults.count || !m->delimiter)
			abort();
		for (size_t i = 0; i < m->value_count; i++)
			if (!cs_map_value(&m->values[i], "x"))
				abort();
	}
	cs_map_free(m);
	cs_faults_free(&faults);
	return 0;
}
