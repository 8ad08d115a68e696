/* Standard output, caught. */
#include "caught.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

static FILE *caught;
static int kept;

void catch_stdout(void)
{
	fflush(stdout);
	kept = dup(STDOUT_FILENO);
	caught = tmpfile();
	assert_non_null(caught);
	assert_true(dup2(fileno(caught), STDOUT_FILENO) >= 0);
}

const char *caught_stdout(void)
{
	static char text[8000];
	size_t n;

	fflush(stdout);
	dup2(kept, STDOUT_FILENO);
	close(kept);
	rewind(caught);
	n = fread(text, 1, sizeof text - 1, caught);
	text[n] = '\0';
	fclose(caught);
	return text;
}
