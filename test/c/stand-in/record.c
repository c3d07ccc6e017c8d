// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * Runs a register function and prints what it hands over, an object of JSON a line; the last line is what it returns.
 * The first argument is the number of the call, from 1, that is to fail with -EINVAL.
 */
#include <stdio.h>
#include <stdlib.h>
#include <linux/btf.h>
#include <linux/btf_ids.h>
#include <linux/module.h>

int registered(void);

struct module stand_in_module;

static int calls_until_failure;

static int result(void)
{
	return --calls_until_failure == 0 ? -22 : 0;
}

static const char *name_of(const struct module *owner)
{
	return !owner ? "vmlinux" : owner == &stand_in_module ? "module" : "unknown";
}

#ifdef STAND_IN_FIVE_SETS
static void print_member(const char *name, const struct btf_id_set *set)
{
	if (!set)
		return;
	printf(",\"%s\":[", name);
	for (u32 i = 0; i < set->cnt; i++)
		printf("%s[%u]", i ? "," : "", set->ids[i]);
	printf("]");
}
#else
static void print_member(const char *name, const struct btf_id_set8 *set)
{
	printf(",\"marked\":%s,\"%s\":[", set->flags == 1 ? "true" : "false", name);
	for (u32 i = 0; i < set->cnt; i++)
		printf("%s[%u,%u]", i ? "," : "", set->pairs[i].id, set->pairs[i].flags);
	printf("]");
}
#define STAND_IN_MEMBERS(each) each(set)
#endif

int register_btf_kfunc_id_set(enum bpf_prog_type type, const struct btf_kfunc_id_set *set)
{
	printf("{\"progType\":%d,\"owner\":\"%s\"", (int)type, name_of(set->owner));
#define PRINT(member) print_member(#member, set->member);
	STAND_IN_MEMBERS(PRINT)
	printf("}\n");
	return result();
}

#ifdef STAND_IN_DTORS
int register_btf_id_dtor_kfuncs(const struct btf_id_dtor_kfunc *pairs, u32 count, struct module *owner)
{
	printf("{\"owner\":\"%s\",\"dtors\":[", name_of(owner));
	for (u32 i = 0; i < count; i++)
		printf("%s[%u,%u]", i ? "," : "", pairs[i].btf_id, pairs[i].kfunc_btf_id);
	printf("]}\n");
	return result();
}
#endif

int main(int argc, char **argv)
{
	calls_until_failure = argc > 1 ? atoi(argv[1]) : 0;
	printf("{\"returned\":%d}\n", registered());
	return 0;
}
