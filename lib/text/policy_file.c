/* Reading policies and the files they name. */
#include "text/policy_file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/policy_merge.h"
#include "text/process.h"

#ifndef CS_DATADIR
#define CS_DATADIR "/usr/local/share/csdesk"
#endif

enum { FILE_MAX = 16 << 20, BLOCK = 64 << 10 };

const char *cs_policy_folder(void)
{
	static char folder[4096];
	const char *data = getenv("CS_DATADIR");

	snprintf(folder, sizeof folder, "%s/policy", data && *data ? data : CS_DATADIR);
	return folder;
}

static int read_file(const char *path, struct cs_buf *out, struct cs_err *e)
{
	FILE *f = fopen(path, "rbe");
	char block[BLOCK];
	size_t n = 0;
	int rc = 0;

	if (!f)
		return cs_fail(e,
			       errno == ENOENT || errno == ENOTDIR ? CS_NOTFOUND
			       : errno == EACCES                   ? CS_DENIED
								   : CS_IO,
			       "%s: %s", path, strerror(errno));
	errno = 0;
	while (out->len <= FILE_MAX && (n = fread(block, 1, sizeof block, f)) > 0)
		cs_buf_add(out, block, n);
	if (ferror(f))
		rc = cs_fail(e, CS_IO, "%s: %s", path, strerror(errno));
	else if (out->len > FILE_MAX)
		rc = cs_fail(e, CS_CONFIG, "%s: more than %d MiB; no policy is that long", path,
			     FILE_MAX >> 20);
	fclose(f);
	return rc;
}

static bool is_path(const char *name)
{
	size_t len = strlen(name);

	return strchr(name, '/') || (len > 5 && strcmp(name + len - 5, ".json") == 0);
}

/* arg: the path of the policy that is being built. */
static int load(const char *name, char **text, size_t *len, void *arg, struct cs_err *e)
{
	const char *path = arg, *slash = strrchr(path, '/');
	struct cs_buf file = {0}, content = {0};
	int rc;

	cs_buf_printf(&file, "%.*s%s.json", slash ? (int)(slash - path + 1) : 0, path, name);
	rc = read_file(cs_buf_str(&file), &content, e);
	if (rc < 0 && e->code == CS_NOTFOUND) {
		cs_buf_clear(&file);
		cs_buf_printf(&file, "%s/%s.json", cs_policy_folder(), name);
		rc = read_file(cs_buf_str(&file), &content, e);
	}
	*len = content.len;
	cs_buf_puts(&content, "");
	*text = rc == 0 ? cs_buf_take(&content) : NULL;
	cs_buf_free(&content);
	cs_buf_free(&file);
	return rc;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void list_folder(const char *path, struct cs_arena *a, struct cs_ids *out, size_t *size)
{
	DIR *d = opendir(path);
	const struct dirent *f;

	while (d && (f = readdir(d))) {
		size_t len = strlen(f->d_name);

		if (len <= 5 || strcmp(f->d_name + len - 5, ".json") != 0)
			continue;
		out->id = cs_arena_grow(a, out->id, out->count, size, sizeof *out->id);
		out->id[out->count++] = cs_arena_strndup(a, f->d_name, len - 5);
	}
	if (d)
		closedir(d);
}

/* arg as above. */
static void list(const char *folder, struct cs_arena *a, struct cs_ids *out, void *arg)
{
	const char *path = arg, *slash = strrchr(path, '/');
	size_t size = 0, n = 0;

	list_folder(cs_arena_printf(a, "%.*s%s", slash ? (int)(slash - path + 1) : 0, path, folder), a, out, &size);
	list_folder(cs_arena_printf(a, "%s/%s", cs_policy_folder(), folder), a, out, &size);
	if (out->count)
		qsort(out->id, out->count, sizeof *out->id, by_name);
	for (size_t i = 0; i < out->count; i++)
		if (n == 0 || strcmp(out->id[n - 1], out->id[i]) != 0)
			out->id[n++] = out->id[i];
	out->count = n;
}

int cs_policy_file_build(const char *name, struct cs_faults *faults, struct cs_buf *edition,
			 struct cs_policy **out, struct cs_err *e)
{
	struct cs_buf path = {0}, text = {0};
	struct cs_policy_loader loader = {.load = load, .list = list};
	int rc;

	*out = NULL;
	if (is_path(name))
		cs_buf_puts(&path, name);
	else
		cs_buf_printf(&path, "%s/%s.json", cs_policy_folder(), name);
	loader.arg = path.data;
	rc = read_file(cs_buf_str(&path), &text, e);
	if (rc < 0 && e->code == CS_NOTFOUND && !is_path(name))
		cs_fail(e, CS_NOTFOUND,
			"no policy '%s' is shipped (looked for %s); write a path for a file of "
			"your own",
			name, cs_buf_str(&path));
	if (rc == 0)
		rc = cs_policy_build(name, cs_buf_str(&text), text.len, &loader, faults, edition,
				     out, e);
	cs_buf_free(&text);
	cs_buf_free(&path);
	return rc;
}

void cs_policy_file_complain(const struct cs_faults *faults)
{
	for (size_t i = 0; i < faults->count; i++)
		cs_msg("%s", faults->item[i]);
}
