/* The main of a fuzz target outside libFuzzer: runs every file of the named folders once, in the
   order of their names, and says so in TAP. A crash ends it, after stderr has named the file. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 16 * 1024 * 1024 };

static int run_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data = malloc(INPUT_MAX), *exact = NULL;
	size_t size = 0;
	int result = -1;

	if (!f || !data) {
		perror(path);
		goto out;
	}
	size = fread(data, 1, INPUT_MAX, f);
	if (ferror(f) || size == INPUT_MAX) {
		fprintf(stderr, "%s: unreadable or not below %d bytes\n", path, INPUT_MAX);
		goto out;
	}
	/* A block of exactly this size lets the sanitizer see a read past the end. */
	exact = malloc(size ? size : 1);
	if (!exact)
		goto out;
	memcpy(exact, data, size);
	fprintf(stderr, "%s\n", path);
	result = LLVMFuzzerTestOneInput(exact, size);
out:
	free(exact);
	free(data);
	if (f)
		fclose(f);
	return result;
}

static int visible(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

int main(int argc, char **argv)
{
	int tests = 0, failed = 0;

	for (int i = 1; i < argc; i++) {
		struct dirent **name = NULL;
		int n = scandir(argv[i], &name, visible, alphasort);

		if (n < 0) {
			perror(argv[i]);
			return 1;
		}
		for (int k = 0; k < n; k++) {
			char path[4096];
			int bad;

			snprintf(path, sizeof path, "%s/%s", argv[i], name[k]->d_name);
			bad = run_file(path);
			failed += bad != 0;
			printf("%sok %d - %s\n", bad ? "not " : "", ++tests, name[k]->d_name);
			fflush(stdout);
			free(name[k]);
		}
		free(name);
	}
	printf("1..%d\n", tests);
	return failed > 0;
}
